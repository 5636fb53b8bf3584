import Inventory

/// Errors that NVIDIA's driver wrote to the kernel's log. Those that a program causes by itself say nothing of the node.
enum XidErrors: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let events = (facts.kernel.events ?? []).filter { event in
            event.kind == .sxid && event.severity == "fatal"
                || event.kind == .xid && event.code.map { meanings[$0] != nil } ?? false
        }
        guard !events.isEmpty else { return nil }
        let remedies = events.compactMap { $0.kind == .xid ? $0.code : nil }.compactMap { meanings[$0]?.remedy }
        var seen: Set<String> = []
        let distinct = remedies.filter { seen.insert($0).inserted }
        return Diagnosis(
            "xid",
            "NVIDIA's driver reported errors of the hardware since the kernel started",
            at: events.map { event in
                let what =
                    event.kind == .sxid
                    ? "SXid \(event.code ?? 0): an NVSwitch"
                    : "Xid \(event.code ?? 0): \(meanings[event.code ?? 0]?.what ?? "")"
                return "\(event.device ?? "a GPU"): \(what), \(event.count == 1 ? "once" : "\(event.count) times")"
            },
            cause: "see each code: memory cells, NVLink, the PCI Express link, or the GPU's own processors",
            remedy: distinct.isEmpty
                ? "look the codes up; NVSwitch errors that repeat go to the vendor" : distinct.joined(separator: "; "),
            source: "NVIDIA, Xid errors"
        )
    }

    private static let meanings: [Int: (what: String, remedy: String)] = [
        48: ("an uncorrectable memory error", "drain the node and reset the GPU; replace it if it comes back"),
        62: ("a processor of the GPU halted", "reset the GPU; update the driver; replace it if it comes back"),
        63: ("a memory row was set aside", "drain the node and reset the GPU, so that the row is remapped"),
        64: ("a memory row could not be set aside", "replace the GPU"),
        74: (
            "an NVLink error", "reset the GPUs of the node; if it comes back, the board or its bridge must be looked at"
        ),
        79: ("the GPU has fallen off the bus", "switch the node's power off and on; reseat the GPU, then replace it"),
        92: ("many corrected memory errors", "watch it; drain and reset the GPU when the job is done"),
        94: ("a memory error that one program alone felt", "restart that program; reset the GPU when the node is idle"),
        95: ("a memory error that every program felt", "drain the node and reset the GPU"),
        119: (
            "the GPU's system processor does not answer", "reset the GPU; update driver and firmware if it comes back"
        ),
        120: ("the GPU's system processor failed", "reset the GPU; update driver and firmware if it comes back"),
        140: ("memory errors that could not be told apart", "drain the node and reset the GPU"),
    ]
}
