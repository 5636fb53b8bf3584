import CNode
import Glibc

/// What time it is.
package struct NodeClock: Sendable {
    /// Milliseconds since 1970, UTC.
    package var now: @Sendable () -> Int64
    /// Nanoseconds of a clock that never goes back, for durations.
    package var monotonic: @Sendable () -> Int64

    package init(now: @escaping @Sendable () -> Int64, monotonic: @escaping @Sendable () -> Int64) {
        self.now = now
        self.monotonic = monotonic
    }

    package static let system = NodeClock(
        now: { read(CLOCK_REALTIME) / 1_000_000 },
        monotonic: { read(CLOCK_MONOTONIC) }
    )

    /// Always the same moment, for tests and for output that must not differ.
    package static func fixed(_ milliseconds: Int64) -> NodeClock {
        NodeClock(now: { milliseconds }, monotonic: { milliseconds * 1_000_000 })
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        unsafe _ = clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// `2026-11-24T09:30:00.123Z`.
    package static func iso8601(_ milliseconds: Int64) -> String {
        var seconds = time_t(milliseconds / 1000)
        var parts = unsafe tm()
        unsafe _ = gmtime_r(&seconds, &parts)
        func pad(_ number: Int32, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return unsafe pad(parts.tm_year + 1900, 4) + "-" + pad(parts.tm_mon + 1, 2) + "-" + pad(parts.tm_mday, 2) + "T"
            + pad(parts.tm_hour, 2) + ":" + pad(parts.tm_min, 2) + ":" + pad(parts.tm_sec, 2) + "."
            + pad(Int32(milliseconds % 1000), 3) + "Z"
    }
}
