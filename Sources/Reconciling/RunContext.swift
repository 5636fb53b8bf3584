/// Who runs a plan, for the journal.
package struct RunContext: Sendable {
    package var command: String
    package var toolVersion: String
    package var uid: UInt32
    /// Who called sudo.
    package var sudoUser: String?

    /// Whether somebody asked the run to end: what has begun is brought to its end, nothing more is begun.
    package var isInterrupted: @Sendable () -> Bool

    package init(
        command: String,
        toolVersion: String,
        uid: UInt32,
        sudoUser: String? = nil,
        isInterrupted: @escaping @Sendable () -> Bool = { false }
    ) {
        self.isInterrupted = isInterrupted
        self.command = command
        self.toolVersion = toolVersion
        self.uid = uid
        self.sudoUser = sudoUser
    }
}
