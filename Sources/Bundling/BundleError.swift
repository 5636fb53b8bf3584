package import Basics
import NodeAccess

/// What goes wrong with locks and bundles.
package enum BundleError: DiagnosableError {
    /// A lock that cannot be used: unreadable, of another schema, or not of this blueprint.
    case lock(Diagnostic)
    /// A source, package or wheel that cannot be resolved.
    case resolution(Diagnostic)
    /// Something is neither a bundle's folder nor its tar.
    case notABundle(String, why: String)
    /// The bundle's own documents contradict each other or cannot be read.
    case damaged(String, why: String)
    case missingBlob(Digest, bundle: String)
    /// Content that is not what its digest says.
    case wrongContent(String, expected: Digest, found: Digest)
    case noSpace(needed: Int64, available: Int64, path: String)
    case outputExists(String)
    /// What a lower floor said.
    case cause(Diagnostic)
    /// Several at once, each for itself.
    case several([BundleError])

    package var diagnostic: Diagnostic {
        switch self {
        case .lock(let diagnostic), .resolution(let diagnostic), .cause(let diagnostic):
            diagnostic
        case .several(let errors):
            errors.first?.diagnostic ?? Diagnostic(DiagnosticCode(4020), "several sources failed")
        case .notABundle(let path, let why):
            Diagnostic(
                DiagnosticCode(4010),
                "`\(path)` is no bundle: \(why)",
                hints: ["a bundle is a folder or a tar made by `millwright bundle build`"]
            )
        case .damaged(let path, let why):
            Diagnostic(
                DiagnosticCode(4011),
                "the bundle `\(path)` is damaged: \(why)",
                hints: ["copy it again from where it was built, or build it anew"]
            )
        case .missingBlob(let digest, let bundle):
            Diagnostic(
                DiagnosticCode(4012),
                "`\(bundle)` lacks the blob `\(digest)`",
                hints: ["the copy is incomplete: copy it again; `millwright bundle verify` tells what else is missing"]
            )
        case .wrongContent(let name, let expected, let found):
            Diagnostic(
                DiagnosticCode(4013),
                "`\(name)` has other content than stated: expected `\(expected)`, found `\(found)`",
                hints: ["it was changed or damaged on its way: get it again, or correct the digest that is stated"]
            )
        case .noSpace(let needed, let available, let path):
            Diagnostic(
                DiagnosticCode(4014),
                "`\(path)` needs \(Quantity.bytes(needed)), but its file system has \(Quantity.bytes(available)) free",
                hints: ["make room there, or name a place on another disk"]
            )
        case .outputExists(let path):
            Diagnostic(
                DiagnosticCode(4015),
                "`\(path)` is already there",
                hints: ["remove it, or name another output"]
            )
        }
    }

    /// Each thing that is wrong, in order.
    package var diagnostics: [Diagnostic] {
        guard case .several(let errors) = self else { return [diagnostic] }
        return errors.flatMap(\.diagnostics)
    }

    /// Whether the blueprint's author, rather than the disk or the network, must do something.
    package var isInputWrong: Bool {
        switch self {
        case .lock: true
        case .several(let errors): errors.allSatisfy(\.isInputWrong)
        default: false
        }
    }

    init(_ error: any DiagnosableError) {
        self = (error as? BundleError) ?? .cause(error.diagnostic)
    }

    static func lock(_ code: Int, _ message: String, hints: [String] = []) -> BundleError {
        .lock(Diagnostic(DiagnosticCode(code), message, hints: hints))
    }

    static func resolution(_ code: Int, _ message: String, hints: [String] = []) -> BundleError {
        .resolution(Diagnostic(DiagnosticCode(code), message, hints: hints))
    }

    /// Runs something of a lower floor and says its failure as one of ours.
    static func wrap<Value, Failure: DiagnosableError>(
        _ body: () throws(Failure) -> Value
    ) throws(BundleError) -> Value {
        do {
            return try body()
        } catch {
            throw BundleError(error)
        }
    }
}

extension Quantity {
    /// A count of bytes as people read it.
    static func bytes(_ count: Int64) -> String { Quantity(Double(count), .bytes).spelling }
}
