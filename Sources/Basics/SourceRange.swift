/// A place in a text: line and column count from 1, columns in Unicode scalars; the offset counts bytes from 0.
package struct SourcePosition: Hashable, Sendable, Codable, Comparable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// A span of a file: from `start` up to, not including, `end`.
package struct SourceRange: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The file as the user named it.
    package var file: String
    package var start: SourcePosition
    package var end: SourcePosition

    package init(file: String, start: SourcePosition, end: SourcePosition) {
        self.file = file
        self.start = start
        self.end = end
    }

    /// `file:line:column`, as editors and compilers print it.
    package var description: String { "\(file):\(start.line):\(start.column)" }
}
