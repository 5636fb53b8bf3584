import Basics

/// One `gpu` element of nvidia-smi's report.
struct NvidiaSMIDevice {
    private let element: XMLElement

    init(_ element: XMLElement) {
        self.element = element
    }

    /// The element's own name is written first and in every version.
    var address: PCIAddress? {
        element.attributes["id"].flatMap { PCIAddress(printed: $0) }
            ?? word("pci", "pci_bus_id").flatMap { PCIAddress(printed: $0) }
    }

    /// A GPU that has fallen off the bus answers so what is asked of itself; what the driver remembers is still told.
    var isLost: Bool {
        var open = [element]
        while let next = open.popLast() {
            if next.children.isEmpty, next.isWhole, Self.lost.contains(next.text.trimmingBlanks().lowercased()) {
                return true
            }
            open += next.children
        }
        return false
    }

    private static let lost: Set<String> = ["gpu is lost", "[gpu is lost]"]

    /// What the driver asks for before the GPU can go on, in its own word.
    var demand: String? {
        word("gpu_recovery_action") ?? (answer("gpu_reset_status", "reset_required") == true ? "Reset" : nil)
    }

    func facts(at address: PCIAddress) -> DeviceFacts {
        // A cloud may hide what the device is; then it is not one of NVIDIA's.
        let identity = self.identity("pci_device_id").flatMap { $0.hasPrefix("10de:") ? $0 : nil }
        var facts = DeviceFacts(address: address.text, identity: identity)
        facts.subsystem = identity.flatMap { _ in self.identity("pci_sub_system_id") }
        facts.vendor = "NVIDIA"
        facts.model = word("product_name")
        facts.modelNamedBy = facts.model.map { _ in .driver }
        facts.uuid = word("uuid")
        facts.firmware = word("vbios_version")
        facts.memory = mebibytes("fb_memory_usage", "total").flatMap { $0 > 0 ? $0 : nil }
        facts.link = link
        let health = self.health
        facts.health = health == GPUHealth() ? nil : health
        return facts
    }

    /// `233010DE`: the device before its vendor. Zeros are none.
    private func identity(_ name: String) -> String? {
        guard var digits = word("pci", name)?.lowercased() else { return nil }
        if digits.hasPrefix("0x") { digits.removeFirst(2) }
        guard digits.utf8.count == 8, let number = UInt32(digits, radix: 16), number > 0 else { return nil }
        return PCIFunction.hex(UInt16(number & 0xFFFF)) + ":" + PCIFunction.hex(UInt16(number >> 16))
    }

    private var link: PCILinkFacts {
        let generations = ["pci", "pci_gpu_link_info", "pcie_gen"]
        let widths = ["pci", "pci_gpu_link_info", "link_widths"]
        var link = PCILinkFacts()
        link.generation = generation(generations + ["current_link_gen"])
        link.maximumGeneration = generation(generations + ["max_device_link_gen"])
        link.width = width(widths + ["current_link_width"])
        link.maximumWidth = width(widths + ["max_link_width"])
        return link
    }

    private func generation(_ path: [String]) -> Int? {
        word(path).flatMap { Int($0) }.flatMap { (1...7).contains($0) ? $0 : nil }
    }

    /// `16x`.
    private func width(_ path: [String]) -> Int? {
        word(path).flatMap { $0.hasSuffix("x") ? PCILink.width(String($0.dropLast())) : nil }
    }

    private var health: GPUHealth {
        var health = GPUHealth()
        health.serial = word("serial").flatMap { $0.allSatisfy { $0 == "0" } ? nil : $0 }
        // Until driver 515 the board's number stood under the GPU's name.
        health.board =
            word("board_part_number")
            ?? word("gpu_part_number").flatMap { $0.hasPrefix("692-") || $0.hasPrefix("900-") ? $0 : nil }
        health.inforom = word("inforom_version", "img_version")
        health.systemFirmware = word("gsp_firmware_version")
        health.mig = flag("mig_mode", "current_mig")
        health.persistence = flag("persistence_mode")
        let generations = ["pci", "pci_gpu_link_info", "pcie_gen"]
        health.commonLinkGeneration = generation(generations + ["max_link_gen"])
        health.ownLinkGeneration = generation(generations + ["max_device_link_gen"])
        health.replays = word("pci", "replay_counter").flatMap { ImportedWord.whole($0) }
        health.memoryUsed = mebibytes("fb_memory_usage", "used")
        health.utilisation = whole("%", ["utilization", "gpu_util"])
        health.fabric = fabric
        addErrors(to: &health)
        addPower(to: &health)
        addTemperatures(to: &health)
        addClocks(to: &health)
        return health
    }

    private func addErrors(to health: inout GPUHealth) {
        health.ecc = flag("ecc_mode", "current_ecc")
        health.eccPending = flag("ecc_mode", "pending_ecc")
        health.uncorrectedErrors = errors("volatile", isCorrected: false)
        health.uncorrectedErrorsEver = errors("aggregate", isCorrected: false)
        health.correctedErrors = errors("volatile", isCorrected: true)
        health.remappedRows = count("remapped_rows", "remapped_row_unc")
        health.remapPending = answer("remapped_rows", "remapped_row_pending")
        health.remapFailure = answer("remapped_rows", "remapped_row_failure")
        if let single = count("retired_pages", "multiple_single_bit_retirement", "retired_count"),
            let double = count("retired_pages", "double_bit_retirement", "retired_count")
        {
            health.retiredPages = single + double
        }
        health.retirementPending =
            answer("retired_pages", "pending_retirement") ?? answer("retired_pages", "pending_blacklist")
    }

    /// All kinds of memory together. Before Ampere there is a total; since then on-chip and graphics memory are told apart,
    /// and since Hopper what found the on-chip errors. Where one is not told the sum is not known.
    private func errors(_ since: String, isCorrected: Bool) -> Int64? {
        guard let counts = element.child("ecc_errors", since), counts.isWhole else { return nil }
        func number(_ path: String...) -> Int64? { Self.word(counts, path).flatMap { ImportedWord.whole($0) } }
        let old = isCorrected ? "single_bit" : "double_bit"
        if counts.child(old) != nil { return number(old, "total") }
        let kind = isCorrected ? "correctable" : "uncorrectable"
        let parts: [Int64?]
        if counts.child("sram_\(kind)") == nil, !isCorrected {
            parts = [
                number("sram_uncorrectable_parity"), number("sram_uncorrectable_secded"), number("dram_uncorrectable"),
            ]
        } else {
            parts = [number("sram_\(kind)"), number("dram_\(kind)")]
        }
        var sum: Int64 = 0
        for part in parts {
            guard let part else { return nil }
            let (next, overflow) = sum.addingReportingOverflow(part)
            if overflow { return nil }
            sum = next
        }
        return sum
    }

    /// The readings of a module, of GPU and processor together, are others and stand in an element of their own.
    private func addPower(to health: inout GPUHealth) {
        func watts(_ names: String...) -> Double? {
            let groups = ["gpu_power_readings", "power_readings"]
            return names.lazy.flatMap { name in groups.map { [$0, name] } }
                .compactMap { word($0).flatMap { ImportedWord.number($0, unit: "W") } }.first { $0 >= 0 }
        }
        // The limit that somebody set was once called the limit and is now called requested; the one that holds when all
        // limits are taken together was once called enforced and is now called current.
        health.powerLimit = watts("power_limit", "requested_power_limit")
        health.enforcedPowerLimit = watts("enforced_power_limit", "current_power_limit")
        health.defaultPowerLimit = watts("default_power_limit")
        health.powerUse = watts("power_draw", "average_power_draw", "instant_power_draw")
    }

    /// Thresholds are no readings, and margins and absolute limits are never the same thing.
    private func addTemperatures(to health: inout GPUHealth) {
        health.temperature = degrees("temperature", "gpu_temp")
        // Zero is what a GPU without such a sensor answers.
        health.memoryTemperature = degrees("temperature", "memory_temp").flatMap { $0 > 0 ? $0 : nil }
        health.thermalMargin = degrees("temperature", "gpu_temp_tlimit")
    }

    private func addClocks(to health: inout GPUHealth) {
        health.clock = whole("MHz", ["clocks", "graphics_clock"])
        health.maximumClock = whole("MHz", ["max_clocks", "graphics_clock"])
        health.maximumMemoryClock = whole("MHz", ["max_clocks", "mem_clock"])
        health.supportedClocks = supportedClocks
        health.slowdowns = slowdowns
    }

    /// Those at the highest memory clock. Half a list would say that the other clocks cannot be set.
    private var supportedClocks: [Int]? {
        guard let list = element.child("supported_clocks"), list.isWhole else { return nil }
        let memories = list.children.filter { $0.name == "supported_mem_clock" }.compactMap { memory in
            Self.whole(memory, "MHz", ["value"]).map { (clock: $0, memory: memory) }
        }
        guard let highest = memories.max(by: { $0.clock < $1.clock }) else { return nil }
        let told = highest.memory.children.filter { $0.name == "supported_graphics_clock" }
        let clocks = told.compactMap { Self.whole($0, "MHz", []) }
        return clocks.isEmpty || clocks.count != told.count ? nil : clocks.sorted()
    }

    /// What holds its clocks down, in the words of ``GPULibrary``; idle and a limit that somebody set are none.
    private var slowdowns: [String]? {
        let reasons = [
            ("hw_slowdown", "hardware slowdown"), ("sw_thermal_slowdown", "software thermal slowdown"),
            ("hw_thermal_slowdown", "hardware thermal slowdown"), ("hw_power_brake_slowdown", "power brake"),
        ]
        for (group, prefix) in [
            ("clocks_event_reasons", "clocks_event_reason_"), ("clocks_throttle_reasons", "clocks_throttle_reason_"),
        ] {
            guard let told = element.child(group), told.isWhole else { continue }
            let answers = reasons.map { reason in
                (
                    name: reason.1,
                    isActive: ["Active": true, "Not Active": false][Self.word(told, prefix + reason.0) ?? ""]
                )
            }
            let active = answers.filter { $0.isActive == true }.map(\.name)
            // Nothing is a reason only where each of them was told.
            if active.isEmpty, answers.contains(where: { $0.isActive == nil }) { continue }
            return active
        }
        return nil
    }

    /// In the words of ``GPULibrary``.
    private var fabric: String? {
        switch word("fabric", "state") {
        case "Not Started": return "not started"
        case "In Progress": return "in progress"
        case "Completed":
            guard let status = word("fabric", "status") else {
                // The status stands after the state: without an end it may be missing.
                return element.child("fabric")?.isWhole == true ? "completed" : nil
            }
            return status == "Success" ? "completed" : "failed"
        default: return nil
        }
    }
}

extension NvidiaSMIDevice {
    /// The text of an element whose end was seen; nil where it says that nothing is known.
    static func word(_ element: XMLElement, _ path: String...) -> String? { word(element, path) }

    private static func word(_ element: XMLElement, _ path: [String]) -> String? {
        guard let found = element.child(path), found.isWhole, found.children.isEmpty else { return nil }
        return ImportedWord.text(found.text)
    }

    private func word(_ path: String...) -> String? { Self.word(element, path) }
    private func word(_ path: [String]) -> String? { Self.word(element, path) }

    private static func whole(_ element: XMLElement, _ unit: String, _ path: [String]) -> Int? {
        word(element, path).flatMap { ImportedWord.number($0, unit: unit) }.flatMap { Int(exactly: $0) }
    }

    private func whole(_ unit: String, _ path: [String]) -> Int? { Self.whole(element, unit, path) }

    private func degrees(_ path: String...) -> Int? { whole("C", path) }

    /// Anything larger is no count.
    private func count(_ path: String...) -> Int? {
        word(path).flatMap { ImportedWord.whole($0) }.flatMap { $0 <= Int64(Int32.max) ? Int($0) : nil }
    }

    private func mebibytes(_ path: String...) -> Int64? {
        whole("MiB", path).flatMap { ImportedWord.bytes(Int64($0), of: ImportedWord.mebibyte) }
    }

    private func flag(_ path: String...) -> Bool? { word(path).flatMap { ["Enabled": true, "Disabled": false][$0] } }

    private func answer(_ path: String...) -> Bool? { word(path).flatMap { ["Yes": true, "No": false][$0] } }
}
