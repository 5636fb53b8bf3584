package import Basics
import YAMLSyntax

/// Fills in the references of a file that stands beside a blueprint.
package enum TemplateRenderer {
    /// - Returns: the text, and what it refers to in vain, with its place in the file.
    package static func render(_ text: String, scope: Scope, file: String) -> (text: String, diagnostics: [Diagnostic])
    {
        let complaints = Complaints()
        var result = ""
        // By scalars: a line end of Windows is one character, and is kept.
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            if number > 0 { result += "\n" }
            func place(_ span: Range<Int>) -> SourceRange {
                SourceRange(
                    file: file,
                    start: SourcePosition(line: number + 1, column: span.lowerBound + 1),
                    end: SourcePosition(line: number + 1, column: span.upperBound + 1)
                )
            }
            for piece in ReferenceScanner.pieces(of: String(line)) {
                switch piece {
                case .literal(let literal): result += literal
                case .unclosed(let span):
                    complaints.unclosedReference(at: place(span))
                case .reference(let name, let span):
                    switch scope.answer(name) {
                    case .value(.text(let value)): result += value
                    case .value(.node(let node)):
                        if let scalar = node.scalar {
                            result += scalar.text
                        } else if let items = node.sequence {
                            result += items.compactMap { $0.scalar?.text }.joined(separator: " ")
                        }
                    case .value(.pending(let value)): result += value
                    case .later: result += "${\(name)}"
                    case .unknown: complaints.unknownReference(name, scope, at: place(span))
                    }
                }
            }
        }
        return (result, complaints.diagnostics)
    }
}
