package import Basics

/// Who keeps the node's clock, and by whose.
package struct TimeDeclaration: Sendable {
    package enum Daemon: String, Sendable, CaseIterable {
        case chrony
        case timesyncd = "systemd-timesyncd"
    }

    package var daemon: Daemon
    package var servers: [Sourced<String>]
    package var range: SourceRange

    static func read(_ fields: Fields) -> TimeDeclaration? {
        let daemon = fields.choice("daemon", Daemon.self)?.value ?? .chrony
        let servers = fields.texts("servers", .form(pattern: "^[A-Za-z0-9._:-]+$", "a host name or an address"))
        for server in servers where !server.value.utf8.allSatisfy({ Words.isNameByte($0) || $0 == UInt8(ascii: ":") }) {
            fields.complaints.report(1232, "`\(server.value)` is no host name or address", at: server.range)
        }
        if servers.isEmpty { fields.missing("servers", example: "[ntp.example.org]") }
        return TimeDeclaration(daemon: daemon, servers: servers, range: fields.range)
    }
}
