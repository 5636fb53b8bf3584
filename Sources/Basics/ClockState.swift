/// How true the kernel's clock is, by its own account (adjtimex(2)).
package struct ClockState: Codable, Equatable, Sendable {
    /// Whether somebody steers it.
    package var isSynchronised: Bool
    /// Seconds that it is still to be corrected by.
    package var offset: Double
    /// Seconds that it may be wrong by, at most.
    package var maximumError: Double

    package init(isSynchronised: Bool, offset: Double, maximumError: Double) {
        self.isSynchronised = isSynchronised
        self.offset = offset
        self.maximumError = maximumError
    }
}
