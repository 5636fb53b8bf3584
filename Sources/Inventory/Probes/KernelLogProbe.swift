import Basics
import NodeAccess

/// Trouble that the kernel wrote to its log since it started: of a running machine from the kernel itself, of a tree from the
/// files of its log, of which only the lines after the last start count.
struct KernelLogProbe: Probe {
    let name = "kernel"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        if let machine = source.machine {
            facts.kernel.events = machine.kernelLog().map { KernelLog.events($0) }
            return
        }
        // The last one has the messages of the start alone where a daemon writes the others.
        for path in ["/var/log/kern.log", "/var/log/messages", "/var/log/dmesg"] as [NodePath] {
            guard let bytes = source.tree.text(path) else { continue }
            facts.kernel.events = KernelLog.events(bytes.lossyText)
            return
        }
    }
}
