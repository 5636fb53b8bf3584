/// A mode that is on or off.
package enum Toggle: String, Sendable, CaseIterable {
    case enabled, disabled
}
