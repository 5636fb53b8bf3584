package import Basics
import YAMLSyntax

/// Reads blueprints through a function that is handed in: the language itself touches no file.
package struct BlueprintLoader: Sendable {
    /// Gives the bytes of a file, or throws; at most as many bytes as told, and it must not read a larger file whole.
    package typealias Reading = @Sendable (_ file: String, _ limit: Int) throws(DiagnosticError) -> [UInt8]

    /// The one name of a file that may be named by several paths, or by links.
    package typealias Identity = @Sendable (_ file: String) -> String

    private let reading: Reading
    private let identity: Identity

    package init(_ reading: @escaping Reading, identity: @escaping Identity = { $0 }) {
        self.reading = reading
        self.identity = identity
    }

    package func load(
        _ file: String,
        with reader: BlueprintReader
    ) -> BlueprintReader.Result {
        let bytes: [UInt8]
        do {
            bytes = try reading(file, YAMLLimits().size)
        } catch {
            return BlueprintReader.Result(
                blueprint: nil,
                diagnostics: [error.diagnostic],
                sources: [:],
                secrets: Secrets()
            )
        }
        return reader.read(bytes: bytes, file: file, reading: reading, identity: identity)
    }

    /// What a loader says of a file that is too large to be a blueprint.
    package static func tooLarge(_ file: String, size: Int64, limit: Int) -> DiagnosticError {
        DiagnosticError(YAMLParser.tooLarge(file: file, size: Int(size), limit: limit))
    }
}
