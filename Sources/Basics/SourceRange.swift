import Synchronization

/// A place in a text: line and column count from 1, columns in Unicode scalars.
///
/// Every value of a blueprint has two of them, so they are kept small: a file of four thousand million lines is none.
package struct SourcePosition: Hashable, Sendable, Comparable {
    private var lineNumber: UInt32
    private var columnNumber: UInt32

    package var line: Int {
        get { Int(lineNumber) }
        set { lineNumber = UInt32(clamping: newValue) }
    }

    package var column: Int {
        get { Int(columnNumber) }
        set { columnNumber = UInt32(clamping: newValue) }
    }

    package init(line: Int, column: Int) {
        lineNumber = UInt32(clamping: line)
        columnNumber = UInt32(clamping: column)
    }

    package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.lineNumber, left.columnNumber) < (right.lineNumber, right.columnNumber)
    }
}

extension SourcePosition: Codable {
    private enum Key: String, CodingKey {
        case line, column
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            line: try container.decode(Int.self, forKey: .line),
            column: try container.decode(Int.self, forKey: .column)
        )
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(line, forKey: .line)
        try container.encode(column, forKey: .column)
    }
}

/// A file by a small number: every value of a blueprint names its file, and there are few of them.
package struct SourceFile: Hashable, Sendable {
    private let number: UInt32

    private struct Names {
        var all: [String] = []
        var numbers: [String: UInt32] = [:]
    }

    private static let names = Mutex(Names())

    /// - Parameter name: the file as the user named it.
    package init(_ name: String) {
        number = SourceFile.names.withLock { names in
            if let known = names.numbers[name] { return known }
            let next = UInt32(clamping: names.all.count)
            names.all.append(name)
            names.numbers[name] = next
            return next
        }
    }

    package var name: String { SourceFile.names.withLock { $0.all[Int(number)] } }
}

/// A span of a file: from `start` up to, not including, `end`.
package struct SourceRange: Hashable, Sendable, CustomStringConvertible {
    package var source: SourceFile
    package var start: SourcePosition
    package var end: SourcePosition

    package init(source: SourceFile, start: SourcePosition, end: SourcePosition) {
        self.source = source
        self.start = start
        self.end = end
    }

    package init(file: String, start: SourcePosition, end: SourcePosition) {
        self.init(source: SourceFile(file), start: start, end: end)
    }

    /// The file as the user named it.
    package var file: String {
        get { source.name }
        set { source = SourceFile(newValue) }
    }

    /// `file:line:column`, as editors and compilers print it.
    package var description: String { "\(file):\(start.line):\(start.column)" }
}

extension SourceRange: Codable {
    private enum Key: String, CodingKey {
        case file, start, end
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            file: try container.decode(String.self, forKey: .file),
            start: try container.decode(SourcePosition.self, forKey: .start),
            end: try container.decode(SourcePosition.self, forKey: .end)
        )
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(file, forKey: .file)
        try container.encode(start, forKey: .start)
        try container.encode(end, forKey: .end)
    }
}
