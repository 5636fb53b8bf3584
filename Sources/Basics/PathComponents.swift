extension StringProtocol {
    /// The components of a path as the kernel sees them: split at the byte `/`.
    ///
    /// Not at the character: a `/` that a combining mark follows is one character with it, and still a slash to the kernel.
    package var pathComponents: [String] {
        utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether the kernel takes it as absolute.
    package var isAbsolutePath: Bool { utf8.first == UInt8(ascii: "/") }
}
