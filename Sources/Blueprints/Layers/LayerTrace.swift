package import Basics

/// What layers did to each other: for each value that won, what it replaced.
package struct LayerTrace: Sendable {
    package struct Replaced: Sendable, Codable, Equatable {
        /// As it was written; a list or a mapping in words.
        package var spelling: String
        package var range: SourceRange
    }

    /// The files of the blueprint, lowest layer first; the last is the one that was asked for.
    package internal(set) var files: [String]
    private var replaced: [SourceRange: [Replaced]] = [:]

    package init(files: [String] = []) {
        self.files = files
    }

    /// What a value replaced, the latest first.
    package subscript(range: SourceRange) -> [Replaced] { replaced[range] ?? [] }

    mutating func note(_ winner: SourceRange, replaces range: SourceRange, spelling: String) {
        replaced[winner] = [Replaced(spelling: spelling, range: range)] + (replaced[range] ?? [])
    }
}

/// A value of the blueprint as it ended up, with where it comes from.
package struct ResolvedValue: Sendable {
    /// `system.packages[chrony].version`.
    package var path: String
    /// References filled in, secrets hidden.
    package var value: String
    /// Where it is written: the file that won.
    package var range: SourceRange
    /// As it is written there, where it refers to something.
    package var written: String?
    package var replaced: [LayerTrace.Replaced]

    /// Where it comes from, as people read it: what the command line or the environment gave stands in no file.
    package var origin: String { range.isOutside ? range.file : range.description }
}
