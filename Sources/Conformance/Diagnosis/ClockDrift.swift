import Basics
import Inventory

enum ClockDrift: DiagnosisRule {
    /// Seconds: logs of several nodes can no longer be laid side by side, and tokens begin to be refused.
    private static let most = 0.5

    static func diagnose(_ facts: Facts) -> Diagnosis? {
        // A daemon may steer it without saying so to the kernel; then the kernel's bound of the error stays small.
        guard let state = facts.timekeeping,
            !state.isSynchronised && state.maximumError >= 15 || abs(state.offset) > most
        else { return nil }
        return Diagnosis(
            "clock-drift",
            state.isSynchronised ? "the clock is wrong" : "nobody steers the clock: it drifts by seconds a day",
            at: ["still to be corrected: \(state.offset) s", "wrong by at most: \(state.maximumError) s"],
            cause: state.isSynchronised
                ? "the clock was set wrong and is being moved slowly"
                : "no time daemon runs, or it reaches none of its servers",
            remedy: "declare `system: {time: {daemon: chrony, servers: […]}}`; `chronyc sources` shows what it reaches",
            source: "adjtimex(2): STA_UNSYNC, offset, maxerror"
        )
    }
}
