import Basics

/// One paragraph of Debian control data (deb822(5)): field names in any case, values with their continuation lines.
struct ControlStanza {
    private var values: [String: String] = [:]

    subscript(_ field: String) -> String? { values[field.lowercased()] }

    var isEmpty: Bool { values.isEmpty }

    static func read(_ text: String) -> [ControlStanza] {
        var stanzas: [ControlStanza] = []
        var stanza = ControlStanza()
        var field: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("#") { continue }
            if line.allSatisfy({ $0 == " " || $0 == "\t" || $0 == "\r" }) {
                if !stanza.isEmpty { stanzas.append(stanza) }
                stanza = ControlStanza()
                field = nil
            } else if line.hasPrefix(" ") || line.hasPrefix("\t") {
                // As it stands: in a key given inline the blank and the lone dot matter.
                if let field { stanza.values[field, default: ""] += "\n" + line }
            } else if let colon = line.firstIndex(of: ":") {
                let name = String(line[..<colon]).lowercased()
                stanza.values[name] = String(line[line.index(after: colon)...]).trimmingBlanks()
                field = name
            }
        }
        if !stanza.isEmpty { stanzas.append(stanza) }
        return stanzas
    }
}
