import Basics
import NodeAccess

/// What NVIDIA's management library tells of each GPU, added to what the kernel tells. A recorded tree has no library, and a
/// machine without a driver neither: all of it stays unknown then.
struct NVMLProbe: Probe {
    let name = "gpus"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        guard let library = source.machine?.gpuLibrary, facts.gpus?.contains(where: { $0.vendor == "NVIDIA" }) ?? false
        else {
            return
        }
        let reading: GPULibrary.Reading
        do {
            reading = try library.read()
        } catch {
            if case .refused(let code) = error { facts.gpuLibrary = GPULibraryFacts(refusal: code) }
            facts.note("NVIDIA's management library `\(library.name)` tells nothing: \(error.reason)")
            return
        }
        facts.drivers["nvidia"] = facts.drivers["nvidia"] ?? reading.driver
        facts.drivers["cuda"] = reading.cuda
        if !reading.silent.isEmpty { facts.gpuLibrary = GPULibraryFacts(silent: reading.silent) }
        for (index, code) in reading.silent.sorted(by: { $0.key < $1.key }) {
            facts.note("GPU number \(index) of the management library tells nothing: \(GPULibrary.words(code))")
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
            facts.note("the management library tells of \(unmatched) GPUs that the PCI bus does not show")
        }
        let nvidia = gpus.filter { $0.vendor == "NVIDIA" && $0.physicalFunction == nil }.count
        if reading.devices.count + reading.silent.count < nvidia {
            facts.note(
                "the PCI bus shows \(nvidia) GPUs of NVIDIA's, the management library \(reading.devices.count + reading.silent.count)"
            )
        }
    }
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
        health = told.health
    }
}
