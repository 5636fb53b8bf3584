import Basics

/// An element of an XML text, with what stands in it.
struct XMLElement {
    let name: String
    let attributes: [String: String]
    /// What stands directly in it, without what its children hold.
    fileprivate(set) var text = ""
    fileprivate(set) var children: [XMLElement] = []
    /// Its end was seen. Before that its text may be cut off and children may be missing.
    fileprivate(set) var isWhole = false

    fileprivate init(name: String, attributes: [String: String]) {
        self.name = name
        self.attributes = attributes
    }

    /// The first child of each name in turn.
    func child(_ path: String...) -> XMLElement? { child(path) }

    func child(_ path: [String]) -> XMLElement? {
        path.reduce(XMLElement?.some(self)) { element, name in element?.children.first { $0.name == name } }
    }
}

/// The tree of an XML text whose writer did not always come to an end. No entity is defined by the text itself, nothing is
/// fetched, and nothing nests deeper than a bound: it may come from anyone.
struct XMLElements {
    /// nil where there is no such element.
    private(set) var root: XMLElement?
    /// The text ends, or goes wrong, before the root does.
    private(set) var breaksOff = false
    /// What stands before and after the root: messages of the tool.
    private(set) var outside: [String] = []

    private static let deepest = 32

    /// Reads from the first element of that name on.
    init(_ text: String, root name: String) {
        var reader = XMLReader(text)
        var open: [XMLElement] = []
        var tooDeep = 0
        while let event = reader.next() {
            switch event {
            case .start(let element, let attributes, let isEmpty):
                guard !open.isEmpty || (root == nil && element == name) else { continue }
                guard open.count < Self.deepest, tooDeep == 0 else {
                    if !isEmpty { tooDeep += 1 }
                    continue
                }
                open.append(XMLElement(name: element, attributes: attributes))
                if isEmpty { close(&open, isWhole: true) }
            case .end(let element):
                if tooDeep > 0 {
                    tooDeep -= 1
                    continue
                }
                // An end that fits nothing is passed over; one that fits something further out ends all within it.
                guard let last = open.lastIndex(where: { $0.name == element }) else { continue }
                while open.count > last + 1 { close(&open, isWhole: false) }
                close(&open, isWhole: true)
            case .text(let text):
                if open.isEmpty {
                    let words = text.trimmingBlanks()
                    if !words.isEmpty { outside.append(words) }
                } else if tooDeep == 0 {
                    open[open.count - 1].text += text
                }
            }
        }
        breaksOff = !open.isEmpty || (root == nil && reader.breaksOff)
        while !open.isEmpty { close(&open, isWhole: false) }
    }

    private mutating func close(_ open: inout [XMLElement], isWhole: Bool) {
        guard var element = open.popLast() else { return }
        element.isWhole = isWhole
        if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
    }
}

/// Takes an XML text apart, piece by piece.
struct XMLReader {
    enum Event {
        case start(String, [String: String], isEmpty: Bool)
        case end(String)
        case text(String)
    }

    private let bytes: [UInt8]
    private var position = 0
    /// The text ended within markup.
    private(set) var breaksOff = false

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// nil at the end.
    mutating func next() -> Event? {
        while position < bytes.count {
            guard isMarkup(at: position) else { return .text(takeText()) }
            if skip("<!--", to: "-->") || skip("<?", to: "?>") { continue }
            if starts("<![CDATA[") {
                position += 9
                return .text(take(to: "]]>"))
            }
            if starts("<!") {
                skipDeclaration()
                continue
            }
            if starts("</") {
                position += 2
                let name = takeName()
                _ = take(to: ">")
                return breaksOff ? nil : .end(name)
            }
            position += 1
            return takeStart()
        }
        return nil
    }

    /// A `<` that a tag, comment or declaration begins with; tools write a bare one into names as well.
    private func isMarkup(at index: Int) -> Bool {
        guard bytes[index] == UInt8(ascii: "<"), index + 1 < bytes.count else {
            return bytes[index] == UInt8(ascii: "<")
        }
        let next = bytes[index + 1]
        return Self.isName(next, first: true)
            || [UInt8(ascii: "/"), UInt8(ascii: "!"), UInt8(ascii: "?")].contains(next)
    }

    private static func isName(_ byte: UInt8, first: Bool) -> Bool {
        switch byte {
        case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: ":"), 0x80...: true
        case 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "."): !first
        default: false
        }
    }

    private func starts(_ prefix: String, at index: Int? = nil) -> Bool {
        bytes[(index ?? position)...].starts(with: prefix.utf8)
    }

    private mutating func skip(_ opening: String, to closing: String) -> Bool {
        guard starts(opening) else { return false }
        position += opening.utf8.count
        _ = take(to: closing)
        return true
    }

    /// What stands before `closing`, and goes past it.
    private mutating func take(to closing: String) -> String {
        let wanted = Array(closing.utf8)
        let start = position
        while position < bytes.count {
            if bytes[position] == wanted[0], bytes[position...].starts(with: wanted) {
                defer { position += wanted.count }
                return String(decoding: bytes[start..<position], as: UTF8.self)
            }
            position += 1
        }
        breaksOff = true
        return String(decoding: bytes[start...], as: UTF8.self)
    }

    /// `<!DOCTYPE …>`, which may hold declarations in brackets.
    private mutating func skipDeclaration() {
        var brackets = 0
        var quote: UInt8?
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "[") {
                brackets += 1
            } else if byte == UInt8(ascii: "]") {
                brackets -= 1
            } else if byte == UInt8(ascii: ">"), brackets <= 0 {
                return
            }
        }
        breaksOff = true
    }

    private mutating func takeName() -> String {
        let start = position
        while position < bytes.count, Self.isName(bytes[position], first: position == start) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func takeStart() -> Event? {
        let name = takeName()
        var attributes: [String: String] = [:]
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: ">") {
                position += 1
                return .start(name, attributes, isEmpty: false)
            }
            if starts("/>") {
                position += 2
                return .start(name, attributes, isEmpty: true)
            }
            guard Self.isName(byte, first: true) else {
                position += 1
                continue
            }
            let key = takeName()
            guard starts("=\"") || starts("='") else { continue }
            let quote = bytes[position + 1]
            position += 2
            let value = take(to: quote == UInt8(ascii: "'") ? "'" : "\"")
            if attributes.count < 32 { attributes[key] = Self.plain(value) }
        }
        breaksOff = true
        return nil
    }

    private mutating func takeText() -> String {
        let start = position
        position += 1
        while position < bytes.count, !isMarkup(at: position) { position += 1 }
        return Self.plain(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private static let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]

    /// The five entities of XML and numbers of characters; anything else stays as it stands.
    private static func plain(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "&") {
            result += rest[..<start]
            rest = rest[rest.index(after: start)...]
            guard let end = rest.prefix(12).firstIndex(of: ";"), let character = character(rest[..<end]) else {
                result += "&"
                continue
            }
            result += character
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func character(_ name: Substring) -> String? {
        guard name.hasPrefix("#") else { return entities[String(name)] }
        let isHex = name.hasPrefix("#x")
        guard let number = UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10), number > 0 else { return nil }
        return Unicode.Scalar(number).map { String(Character($0)) }
    }
}
