/// A mounted file system on a device, or a network's.
package struct FileSystemFacts: Codable, Equatable, Sendable {
    package var path: String
    package var device: String
    package var type: String
    package var options: [String]?
    /// Bytes; told of the running machine only.
    package var size: Int64?
    /// Bytes that everyone may still write.
    package var available: Int64?

    package init(path: String, device: String, type: String, options: [String]?) {
        self.path = path
        self.device = device
        self.type = type
        self.options = options
    }
}
