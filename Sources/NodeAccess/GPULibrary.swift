package import Basics
import CNVML

/// NVIDIA's management library (NVML), asked by `dlopen`: what only the driver knows of a GPU.
package struct GPULibrary: Sendable {
    /// As the loader looks it up: a name, or a path.
    package let name: String

    package init(_ name: String) {
        self.name = name
    }

    /// The one that the driver brings.
    package static let system = GPULibrary("libnvidia-ml.so.1")

    /// NVML's code for a GPU that has fallen off the bus.
    package static let lost: Int32 = 15
    /// NVML's code for a library that the loaded driver does not fit.
    package static let mismatch: Int32 = 18

    /// Why nothing was told.
    package enum Failure: Error, Equatable {
        /// There is none on this machine.
        case missing(String)
        /// It is there, and refused: NVML's code.
        case refused(Int32)

        package var reason: String {
            switch self {
            case .missing(let why): why
            case .refused(let code): GPULibrary.words(code)
            }
        }
    }

    /// What it tells of the machine.
    package struct Reading: Sendable, Equatable {
        package var driver: String?
        /// `12.1`: the newest that the driver runs.
        package var cuda: String?
        package var devices: [Device] = []
        /// Devices that it counts and could not tell of: their numbers, with NVML's code.
        package var silent: [Int: Int32] = [:]
    }

    /// What it tells of one GPU. nil is unknown: not supported, not permitted, or asked of an older library.
    package struct Device: Sendable, Equatable {
        /// `0000:1b:00.0`, as the kernel writes it.
        package var address: String?
        package var name: String?
        package var uuid: String?
        package var firmware: String?
        /// Bytes, with what the driver keeps for itself.
        package var memory: Int64?
        package var health = GPUHealth()
    }

    /// Asks it for everything. It blocks as long as the driver takes.
    package func read() throws(Failure) -> Reading {
        var library: UnsafeMutableRawPointer?
        var reason = [CChar](repeating: 0, count: 512)
        let code = unsafe reason.withUnsafeMutableBufferPointer { buffer in
            unsafe mw_nvml_open(name, &library, buffer.baseAddress, UInt32(buffer.count))
        }
        guard code == 0, let library = unsafe library else {
            guard code > 0 else { throw .missing(GPULibrary.text(reason) ?? "it cannot be opened") }
            throw .refused(code)
        }
        defer { unsafe mw_nvml_close(library) }
        var system = mw_nvml_system()
        unsafe mw_nvml_read_system(library, &system)
        var reading = Reading()
        reading.driver = unsafe withUnsafeBytes(of: system.driver) {
            unsafe GPULibrary.text(Array($0.bindMemory(to: CChar.self)))
        }
        reading.cuda = GPULibrary.integer(system.cuda).map { "\($0 / 1000).\($0 % 1000 / 10)" }
        guard let count = GPULibrary.integer(system.devices), (0...256).contains(count) else {
            let refusal = system.devices.code
            throw .refused(refusal == 0 ? 999 : refusal)
        }
        for index in 0..<count {
            var device = mw_nvml_device()
            let code = unsafe mw_nvml_read_device(library, UInt32(index), &device)
            if code == 0 {
                reading.devices.append(GPULibrary.device(device))
            } else {
                reading.silent[index] = code
            }
        }
        return reading
    }

    /// NVML's codes in words; those of its own header.
    package static func words(_ code: Int32) -> String {
        switch code {
        case 1: "the library is not initialised"
        case 3: "not supported"
        case 4: "not permitted"
        case 6: "not found"
        case 9: "the NVIDIA driver is not loaded"
        case 10: "the driver did not answer in time"
        case 12: "the driver cannot be found"
        case 13: "this library does not have it"
        case lost: "the GPU is lost: it has fallen off the bus"
        case 16: "the GPU must be reset"
        case 17: "an operation of the operating system blocked it"
        case mismatch: "the library and the loaded driver are of different versions: reboot, or load the new driver"
        case 25: "the library does not know this version of the call"
        default: "NVML says \(code)"
        }
    }

    private static func integer(_ number: mw_nvml_number) -> Int? { number.code == 0 ? Int(number.value) : nil }

    private static func flag(_ number: mw_nvml_number) -> Bool? { number.code == 0 ? number.value != 0 : nil }

    private static func watts(_ number: mw_nvml_number) -> Double? {
        number.code == 0 ? Double(number.value) / 1000 : nil
    }

    /// nil where it is empty or no text.
    private static func text(_ characters: [CChar]) -> String? {
        let bytes = characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        guard !bytes.isEmpty, let text = String(validating: bytes, as: UTF8.self) else { return nil }
        let clean = text.trimmingBlanks().unicodeScalars.map(\.printable).joined()
        return clean.isEmpty || clean == "N/A" ? nil : clean
    }

    private static func device(_ raw: mw_nvml_device) -> Device {
        func words<Value>(_ field: Value) -> String? {
            unsafe withUnsafeBytes(of: field) { unsafe text(Array($0.bindMemory(to: CChar.self))) }
        }
        var device = Device()
        device.address = words(raw.bus).flatMap { address($0) }
        device.name = words(raw.name)
        device.uuid = words(raw.uuid)
        device.health.serial = words(raw.serial).flatMap { $0 == "0" ? nil : $0 }
        device.firmware = words(raw.firmware)
        device.health.board = words(raw.board)
        device.health.inforom = words(raw.inforom)
        device.health.systemFirmware = words(raw.system_firmware)
        device.memory = integer(raw.memory).map { Int64($0) }
        device.health.memoryUsed = integer(raw.memory_used).map { Int64($0) }
        device.health.commonLinkGeneration = integer(raw.maximum_link_generation)
        device.health.ownLinkGeneration = integer(raw.own_link_generation)
        device.health.replays = integer(raw.replays).map { Int64($0) }
        device.health.ecc = flag(raw.ecc)
        device.health.eccPending = flag(raw.ecc_pending)
        device.health.uncorrectedErrors = integer(raw.uncorrected_volatile).map { Int64($0) }
        device.health.uncorrectedErrorsEver = integer(raw.uncorrected_aggregate).map { Int64($0) }
        device.health.correctedErrors = integer(raw.corrected_volatile).map { Int64($0) }
        if let single = integer(raw.retired_single), let double = integer(raw.retired_double) {
            device.health.retiredPages = single + double
        }
        device.health.retirementPending = flag(raw.retirement_pending)
        device.health.remappedRows = integer(raw.remapped_uncorrectable)
        device.health.remapPending = flag(raw.remap_pending)
        device.health.remapFailure = flag(raw.remap_failure)
        device.health.mig = flag(raw.mig)
        device.health.persistence = flag(raw.persistence)
        device.health.powerLimit = watts(raw.power_limit)
        device.health.enforcedPowerLimit = watts(raw.enforced_power_limit)
        device.health.defaultPowerLimit = watts(raw.default_power_limit)
        device.health.powerUse = watts(raw.power_use)
        device.health.temperature = integer(raw.temperature)
        // Zero is what a GPU without such a sensor answers.
        device.health.memoryTemperature = integer(raw.memory_temperature).flatMap { $0 > 0 ? $0 : nil }
        device.health.utilisation = integer(raw.utilisation)
        device.health.thermalMargin = integer(raw.margin)
        device.health.clock = integer(raw.clock)
        device.health.maximumClock = integer(raw.maximum_clock)
        device.health.maximumMemoryClock = integer(raw.maximum_memory_clock)
        if raw.reasons.code == 0 {
            device.health.slowdowns = slowdowns.filter { raw.reasons.value & $0.bit != 0 }.map(\.name)
        }
        device.health.links = integer(raw.links)
        device.health.activeLinks = integer(raw.active_links)
        // Megabytes a second; an idle or absent link answers 0.
        device.health.linkRate = integer(raw.link_rate).flatMap { $0 > 0 ? Int64($0) * 8_000_000 : nil }
        device.health.fabric = integer(raw.fabric_state).flatMap { state in
            let joined = integer(raw.fabric_status) ?? 0 == 0 ? "completed" : "failed"
            return [0: "not supported", 1: "not started", 2: "in progress", 3: joined][state]
        }
        if let count = integer(raw.clocks), count > 0 {
            device.health.supportedClocks = unsafe withUnsafeBytes(of: raw.clock_list) { bytes in
                unsafe Array(bytes.bindMemory(to: UInt32.self).prefix(count)).map { Int($0) }.sorted()
            }
        }
        return device
    }

    /// NVML's bits of what slows a GPU down; idle and a limit that somebody set are none.
    private static let slowdowns: [(bit: Int64, name: String)] = [
        (0x8, "hardware slowdown"), (0x20, "software thermal slowdown"), (0x40, "hardware thermal slowdown"),
        (0x80, "power brake"),
    ]

    private static func hex(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// `00000000:1B:00.0` as the kernel writes it: a domain of four digits where that is enough.
    static func address(_ text: String) -> String? {
        let parts = text.lowercased().split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, let domain = UInt32(parts[0], radix: 16) else { return nil }
        return hex(Int(domain)) + ":" + parts[1]
    }
}
