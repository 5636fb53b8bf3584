import NodeAccess

/// Switches between the GPUs of a board (NVSwitch).
struct NVSwitchProbe: Probe {
    let name = "nvswitches"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        guard let functions = source.functions else { return }
        let folder: NodePath = "/proc/driver/nvidia-nvswitch/devices"
        facts.nvswitches = functions.filter { Self.isSwitch($0) }.map { function in
            var device = DeviceFacts(function, source)
            let file = folder.appending(function.address.text).appending("information")
            let told = source.tree.lines(file).map { GPUProbe.values($0) } ?? [:]
            device.firmware = told["BIOS Version"].flatMap { $0.contains("?") ? nil : $0 }
            device.uuid = told["UUID"].flatMap { $0.contains("?") ? nil : $0 }
            return device
        }
    }

    /// NVIDIA's other bridges are those of its consumer and embedded boards.
    static func isSwitch(_ function: PCIFunction) -> Bool {
        function.vendor == PCINames.nvidia && function.baseAndSubclass == 0x0680
    }
}
