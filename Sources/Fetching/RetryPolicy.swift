/// How patiently a location is tried.
package struct RetryPolicy: Sendable {
    /// Tries of one location, the first included.
    package var attempts = 4
    /// Seconds before the second try; doubled for each further one, with up to half of it added by chance.
    package var firstDelay = 0.5
    package var longestDelay = 30.0
    package var connectTimeout = 15
    /// Slower than this many bytes a second …
    package var stallSpeed = 64
    /// … for this many seconds is a stall.
    package var stallSeconds = 30

    package init() {}

    /// Seconds to wait before try `next` (2 is the second); what the server asks for counts if it is reasonable.
    func delay(before next: Int, retryAfter: Double?) -> Double {
        let doubled = firstDelay * Double(1 << min(max(next - 2, 0), 16))
        let wanted = min(doubled, longestDelay)
        let spread = wanted * Double.random(in: 1...1.5)
        guard let retryAfter, retryAfter > 0 else { return spread }
        return min(max(retryAfter, spread), longestDelay)
    }
}
