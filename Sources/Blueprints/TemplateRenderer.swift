package import Basics
import YAMLSyntax

/// Fills in the references of a file that stands beside a blueprint.
package enum TemplateRenderer {
    /// - Returns: the text, and what it refers to in vain, with its place in the file.
    package static func render(_ text: String, scope: Scope, file: String) -> (text: String, diagnostics: [Diagnostic])
    {
        let complaints = Complaints()
        var result = ""
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
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
                    complaints.report(
                        1320,
                        "`${` has no `}`",
                        at: place(span),
                        hints: ["write `$${` for a literal `${`"]
                    )
                case .reference(let name, let span):
                    switch scope.answer(name) {
                    case .value(.text(let value)): result += value
                    case .value(.node(let node)):
                        if let scalar = node.scalar {
                            result += scalar.text
                        } else if let items = node.sequence {
                            result += items.compactMap { $0.scalar?.text }.joined(separator: " ")
                        }
                    case .later: result += "${\(name)}"
                    case .unknown: complaints.unknownReference(name, scope, at: place(span))
                    }
                }
            }
        }
        return (result, complaints.diagnostics)
    }
}
