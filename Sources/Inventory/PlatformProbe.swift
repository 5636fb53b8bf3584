import NodeAccess

/// What the firmware says of the machine.
struct PlatformProbe: Probe {
    let name = "platform"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let dmi: NodePath = "/sys/class/dmi/id"
        facts.platform.vendor = source.tree.line(dmi.appending("sys_vendor"))
        facts.platform.product = source.tree.line(dmi.appending("product_name"))
        facts.platform.board = source.tree.line(dmi.appending("board_name"))
        facts.platform.biosVersion = source.tree.line(dmi.appending("bios_version"))
        facts.platform.biosDate = source.tree.line(dmi.appending("bios_date"))
    }
}
