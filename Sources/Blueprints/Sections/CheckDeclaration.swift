package import Basics

/// An assertion that is no resource: run by `verify` and `audit`, it changes nothing.
package struct CheckDeclaration: Sendable {
    package enum Probe: Sendable {
        /// Split into words as a shell splits them, run without one.
        case command(Sourced<String>, CommandExpectation)
        case http(Sourced<String>, HTTPExpectation)
        /// A file, directory or link that must be there.
        case path(Sourced<String>)
        /// InfiniBand ports.
        case port(PortExpectation)
    }

    package struct PortExpectation: Sendable {
        /// Devices such as `mlx5_0`; each that matches must be so, and there must be one.
        package var infiniband: Sourced<Glob>
        package var state: NetworkGroup.State

        static func read(_ fields: Fields) -> PortExpectation? {
            let device = fields.glob("infiniband")
            if !fields.has("infiniband") { fields.missing("infiniband", example: "\"*\"") }
            let state = fields.choice("state", NetworkGroup.State.self)?.value ?? .active
            return device.map { PortExpectation(infiniband: $0, state: state) }
        }
    }

    package struct CommandExpectation: Sendable {
        package var exit = 0
        /// Lines on standard output.
        package var lines: Sourced<QuantityConstraint>?
        /// What standard output must match.
        package var output: Sourced<String>?
    }

    package struct HTTPExpectation: Sendable {
        package var status = 200
        /// What the body must match.
        package var body: Sourced<String>?
    }

    package var name: Sourced<String>
    package var probe: Probe
    /// Seconds: a tenth to an hour.
    package var timeout: Double
    package var range: SourceRange

    static func read(_ fields: Fields) -> CheckDeclaration? {
        let name = fields.requiredText("name", example: "the exporter answers")
        let command = fields.text("command")
        let http = fields.text("http", .form(pattern: "^https?://", "an address"))
        let path = fields.path("path")
        let timeout = min(max(fields.quantity("timeout", .duration)?.value.value ?? 10, 0.1), 3600)
        let port = fields.section("port") { PortExpectation.read($0) }
        var ofCommand = CommandExpectation()
        var ofHTTP = HTTPExpectation()
        _ = fields.section("expect") { inner -> Bool? in
            ofCommand.exit = inner.integer("exit", in: 0...255)?.value ?? 0
            ofCommand.lines = inner.quantityConstraint("lines", .count)
            ofCommand.output = inner.text("output")
            ofHTTP.status = inner.integer("status", in: 100...599)?.value ?? 200
            ofHTTP.body = inner.text("body")
            let foreign = http != nil ? ["exit", "lines", "output"] : command != nil ? ["status", "body"] : []
            for key in foreign {
                guard let range = inner.keyRange(key) else { continue }
                let owner = http != nil ? "command" : "http"
                fields.complaints.report(1312, "`\(key)` belongs to a check with `\(owner)`", at: range)
            }
            return true
        }
        if let http, !http.value.hasPrefix("http://"), !http.value.hasPrefix("https://") {
            fields.complaints.report(1221, "`http` must be an `http://` or `https://` address", at: http.range)
        }
        if let command, ShellWords.split(command.value)?.isEmpty ?? true {
            fields.complaints.report(1222, "`command` is empty or has a quote that is not closed", at: command.range)
            return nil
        }
        let probes: [Probe] = [
            command.map { .command($0, ofCommand) }, http.map { .http($0, ofHTTP) }, path.map { .path($0) },
            port.map { .port($0) },
        ].compactMap { $0 }
        fields.describesOne(of: ["command", "http", "path", "port"])
        guard let probe = probes.first, probes.count == 1 else {
            fields.complaints.report(
                1311,
                "a check has one of `command`, `http`, `path` and `port`, found \(probes.isEmpty ? "none" : "several")",
                at: fields.range
            )
            return nil
        }
        return name.map { CheckDeclaration(name: $0, probe: probe, timeout: timeout, range: fields.range) }
    }
}

/// Words as a POSIX shell splits them, without expansions.
package enum ShellWords {
    /// - Returns: nil where a quote is not closed.
    package static func split(_ text: String) -> [String]? {
        var words: [String] = []
        var word = ""
        var started = false
        var quote: Character?
        var escaped = false
        for character in text {
            if escaped {
                word.append(character)
                escaped = false
            } else if let open = quote {
                if character == open {
                    quote = nil
                } else if character == "\\", open == "\"" {
                    escaped = true
                } else {
                    word.append(character)
                }
            } else if character == "'" || character == "\"" {
                quote = character
                started = true
            } else if character == "\\" {
                escaped = true
                started = true
            } else if character.isWhitespace {
                if started { words.append(word) }
                (word, started) = ("", false)
            } else {
                word.append(character)
                started = true
            }
        }
        guard quote == nil, !escaped else { return nil }
        if started { words.append(word) }
        return words
    }
}
