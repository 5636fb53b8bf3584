/// How far a long piece of work has come.
package struct BundleProgress: Sendable, Equatable {
    package enum Stage: String, Sendable {
        case resolving, fetching, unpacking, writing, verifying
    }

    package var stage: Stage
    /// What is worked on: a file, a package, `packages`.
    package var name: String
    /// Bytes.
    package var done: Int64
    /// nil where it is not known.
    package var total: Int64?

    package init(_ stage: Stage, _ name: String, done: Int64 = 0, total: Int64? = nil) {
        self.stage = stage
        self.name = name
        self.done = done
        self.total = total
    }

    /// Whoever wants to hear.
    package typealias Listener = @Sendable (BundleProgress) -> Void
}
