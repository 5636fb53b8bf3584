/// A tree as text that reads back as the same tree: block style, texts quoted where their plain form would be something else.
package enum YAMLWriter {
    package static func text(_ node: YAMLNode) -> String {
        var text = ""
        write(node, indent: 0, into: &text)
        return text
    }

    private static func write(_ node: YAMLNode, indent: Int, into text: inout String) {
        let margin = String(repeating: "  ", count: indent)
        switch node.content {
        case .scalar(let scalar): text += margin + spell(scalar) + "\n"
        case .sequence(let items):
            for item in items { write(item, after: margin + "-", indent: indent + 1, into: &text) }
        case .mapping(let pairs):
            for pair in pairs {
                let key = pair.key.scalar.map { spell($0) } ?? ""
                write(pair.value, after: margin + key + ":", indent: indent + 1, into: &text)
            }
        }
    }

    /// Behind a key or a dash: on its line where that can be, else below.
    private static func write(_ node: YAMLNode, after head: String, indent: Int, into text: inout String) {
        if let scalar = node.scalar {
            text += scalar.isNull ? "\(head)\n" : "\(head) \(spell(scalar))\n"
        } else if node.mapping?.isEmpty == true {
            text += "\(head) {}\n"
        } else if node.sequence?.isEmpty == true {
            text += "\(head) []\n"
        } else if head.hasSuffix("-"), node.mapping != nil {
            // The first key stands behind the dash.
            var below = ""
            write(node, indent: indent, into: &below)
            text += head + " " + below.drop { $0 == " " }
        } else {
            text += head + "\n"
            write(node, indent: indent, into: &text)
        }
    }

    private static func spell(_ scalar: YAMLScalar) -> String {
        (scalar.style == .plain && isOneLine(scalar.text)) || isPlain(scalar.text) ? scalar.text : quoted(scalar.text)
    }

    /// What was written plain reads back plain, unless it was folded from several lines or holds what ends a line elsewhere.
    private static func isOneLine(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar.value >= 32 && !(0x7F...0x9F).contains(scalar.value)
                && !["\u{2028}", "\u{2029}", "\u{FEFF}"].contains(scalar)
        }
    }

    /// Whether it is the same text without quotes, in any version of YAML.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        let isWord = { (byte: UInt8) in
            (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || byte == UInt8(ascii: "/")
        }
        let words: Set = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        return isWord(first) && last != UInt8(ascii: ":") && !words.contains(text.lowercased())
            && text.utf8.allSatisfy { isWord($0) || (0x30...0x39).contains($0) || "-._+".utf8.contains($0) }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.value < 32 || (0x7F...0x9F).contains(scalar.value):
                let hex = String(scalar.value, radix: 16)
                result += "\\x" + (hex.count < 2 ? "0" : "") + hex
            case "\u{2028}", "\u{2029}", "\u{FEFF}":
                result += "\\u" + String(scalar.value, radix: 16).uppercased()
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
