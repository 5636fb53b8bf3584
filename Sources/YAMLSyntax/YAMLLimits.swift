/// What a document may cost. The defaults are far above any blueprint and far below what hurts.
package struct YAMLLimits: Sendable {
    /// Bytes of text.
    package var size = 32 << 20
    package var depth = 64
    /// Nodes after aliases are expanded.
    package var nodes = 2_000_000
    /// Nodes that aliases add.
    package var aliasedNodes = 100_000

    package init() {}
}
