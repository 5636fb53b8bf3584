import NodeAccess

/// What NVIDIA's management library tells of each GPU, added to what the kernel tells. A recorded tree has no library, and a
/// machine without a driver neither: all of it stays unknown then.
struct NVMLProbe: Probe {
    let name = "gpus"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        guard let library = source.gpuLibrary, facts.gpus?.contains(where: { $0.vendor == "NVIDIA" }) ?? false else {
            return
        }
        func note(_ text: String) { facts.notes = (facts.notes ?? []) + [text] }
        let reading: GPULibrary.Reading
        do {
            reading = try library.read()
        } catch {
            note("NVIDIA's management library `\(library.name)` tells nothing: \(error.reason)")
            return
        }
        facts.drivers["nvidia"] = facts.drivers["nvidia"] ?? reading.driver
        facts.drivers["cuda"] = reading.cuda
        for (index, code) in reading.silent.sorted(by: { $0.key < $1.key }) {
            note("GPU number \(index) of the management library tells nothing: \(GPULibrary.words(code))")
        }
        var gpus = facts.gpus ?? []
        var unmatched = 0
        for told in reading.devices {
            guard let index = gpus.firstIndex(where: { $0.address == told.address }) else {
                unmatched += 1
                continue
            }
            gpus[index].add(told)
        }
        facts.gpus = gpus
        if unmatched > 0 {
            note("the management library tells of \(unmatched) GPUs that the PCI bus does not show")
        }
        let nvidia = gpus.filter { $0.vendor == "NVIDIA" && $0.physicalFunction == nil }.count
        if reading.devices.count + reading.silent.count < nvidia {
            note(
                "the PCI bus shows \(nvidia) GPUs of NVIDIA's, the management library \(reading.devices.count + reading.silent.count)"
            )
        }
    }

    /// NVML's bits of what slows a GPU down; idle and a limit that somebody set are none.
    static let slowdowns: [(bit: UInt64, name: String)] = [
        (0x8, "hardware slowdown"), (0x20, "software thermal slowdown"), (0x40, "hardware thermal slowdown"),
        (0x80, "power brake"),
    ]
}

extension DeviceFacts {
    /// The library knows the very device better than any table, and never less than the kernel.
    fileprivate mutating func add(_ told: GPULibrary.Device) {
        if let name = told.name {
            model = name
            modelNamedBy = .driver
        }
        uuid = told.uuid ?? uuid
        firmware = firmware ?? told.firmware
        memory = told.memory ?? memory
        var health = GPUHealthFacts()
        health.serial = told.serial
        health.board = told.board
        health.ecc = told.ecc
        health.eccPending = told.eccPending
        health.uncorrectedErrors = told.uncorrectedErrors
        health.uncorrectedErrorsEver = told.uncorrectedErrorsEver
        health.remappedRows = told.remappedRows
        health.remapPending = told.remapPending
        health.remapFailure = told.remapFailure
        health.mig = told.mig
        health.persistence = told.persistence
        health.powerLimit = told.powerLimit
        health.enforcedPowerLimit = told.enforcedPowerLimit
        health.powerUse = told.powerUse
        health.temperature = told.temperature
        health.thermalMargin = told.thermalMargin
        health.clock = told.clock
        health.maximumClock = told.maximumClock
        health.maximumMemoryClock = told.maximumMemoryClock
        health.supportedClocks = told.supportedClocks
        health.slowdowns = told.clockReasons.map { bits in
            NVMLProbe.slowdowns.filter { bits & $0.bit != 0 }.map(\.name)
        }
        health.activeLinks = told.activeLinks
        health.fabric = told.fabricState.flatMap { state in
            [
                0: "not supported", 1: "not started", 2: "in progress",
                3: told.fabricStatus ?? 0 == 0 ? "completed" : "failed",
            ][state]
        }
        self.health = health
    }
}
