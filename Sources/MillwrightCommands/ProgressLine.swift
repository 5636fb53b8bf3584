import Basics
package import Bundling
import NodeAccess
import Synchronization

/// Long work on standard error: one line that renews itself on a terminal, a plain line every few seconds elsewhere.
package final class ProgressLine: Sendable {
    private struct State {
        var shownAt: Int64 = 0
        var startedAt: Int64 = 0
        var startedWith: Int64 = 0
        var key = ""
        var isDirty = false
    }

    private let state = Mutex(State())
    private let isTerminal: Bool
    private let isQuiet: Bool
    private let clock = NodeClock.system

    package init(_ console: Console) {
        isTerminal = HostProcess.isTerminal(.errors)
        isQuiet = console.isQuiet
    }

    package var listener: BundleProgress.Listener {
        { [self] progress in show(progress) }
    }

    private func show(_ progress: BundleProgress) {
        guard !isQuiet else { return }
        let now = clock.monotonic() / 1_000_000
        let line: String? = state.withLock { state in
            let key = "\(progress.stage) \(progress.name)"
            if key != state.key {
                state.key = key
                (state.startedAt, state.startedWith) = (now, progress.done)
                // A new piece of work is told at once on a terminal; elsewhere only if it takes long.
                if !isTerminal { state.shownAt = max(state.shownAt, now - 3500) }
            }
            guard now - state.shownAt >= (isTerminal ? 100 : 5000) else { return nil }
            state.shownAt = now
            state.isDirty = true
            return text(progress, milliseconds: now - state.startedAt, from: state.startedWith)
        }
        guard let line else { return }
        let width = HostProcess.terminalColumns - 1
        HostProcess.write(isTerminal ? "\r\u{1B}[2K" + line.prefix(width) : line + "\n", to: .errors)
    }

    /// Clears the line, so that what follows begins on a clean one.
    package func end() {
        let wasDirty = state.withLock { state in
            defer { state.isDirty = false }
            return state.isDirty
        }
        if isTerminal, wasDirty { HostProcess.write("\r\u{1B}[2K", to: .errors) }
    }

    private func text(_ progress: BundleProgress, milliseconds: Int64, from: Int64) -> String {
        var text = "\(progress.stage.rawValue) \(progress.name)"
        guard progress.done > 0 else { return text }
        func size(_ bytes: Int64) -> String { Quantity(Double(bytes), .bytes).spelling }
        if let total = progress.total, total > 0 {
            text += "  \(progress.done * 100 / total) % of \(size(total))"
        } else {
            text += "  \(size(progress.done))"
        }
        let rate = milliseconds > 200 ? Double(progress.done - from) / Double(milliseconds) * 1000 : 0
        guard rate > 1 else { return text }
        text += ", \(size(Int64(rate)))/s"
        if let total = progress.total, total > progress.done {
            text += ", \(Int64(Double(total - progress.done) / rate)) s left"
        }
        return text
    }
}
