/// Who runs a plan, for the journal.
package struct RunContext: Sendable {
    package var command: String
    package var toolVersion: String
    package var uid: UInt32
    /// Who called sudo.
    package var sudoUser: String?

    package init(command: String, toolVersion: String, uid: UInt32, sudoUser: String? = nil) {
        self.command = command
        self.toolVersion = toolVersion
        self.uid = uid
        self.sudoUser = sudoUser
    }
}
