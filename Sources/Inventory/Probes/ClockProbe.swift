import NodeAccess

/// How true the clock is: the kernel's own account.
struct ClockProbe: Probe {
    let name = "timekeeping"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        facts.timekeeping = source.machine?.clockState()
    }
}
