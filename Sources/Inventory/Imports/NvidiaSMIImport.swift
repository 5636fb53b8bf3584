import Basics
import NodeAccess

/// NVIDIA's own report as XML. The tags differ from driver to driver and from GPU to GPU, whatever the number of the document
/// type says: each is looked for by all its names.
enum NvidiaSMIImport: FactImport {
    static let tool = "nvidia-smi -q -x"

    private static let root = "nvidia_smi_log"

    static func recognises(_ text: ImportText) -> Bool {
        text.begins(within: 20) { line in
            line.utf8.starts(with: "<nvidia_smi_log".utf8)
                || line.utf8.starts(with: "<!DOCTYPE nvidia_smi_log".utf8) || refusal(line) != nil
        }
    }

    static func read(_ text: ImportText) -> Facts {
        var facts = Facts()
        let document = XMLElements(text.text, root: root)
        for line in document.outside.flatMap({ $0.split(whereSeparator: \.isNewline) }).prefix(8) {
            if let refusal = refusal(line) { facts.gpuLibrary = GPULibraryFacts(refusal: refusal) }
            ImportedWord.text(line, limit: 200).map { facts.note(tool, "it says: \($0)") }
        }
        guard let log = document.root else {
            if document.breaksOff { facts.note(tool, "the text breaks off before anything is told") }
            return facts
        }
        if document.breaksOff {
            facts.note(tool, "the text breaks off; what is whole was read")
            facts.markPartial("gpus")
        }
        facts.drivers["nvidia"] = NvidiaSMIDevice.word(log, "driver_version")
        facts.drivers["cuda"] = NvidiaSMIDevice.word(log, "cuda_version")
        let listed = log.children.filter { $0.name == "gpu" }
        let attached = NvidiaSMIDevice.word(log, "attached_gpus").flatMap { ImportedWord.whole($0) }
        if let attached, attached != listed.count {
            facts.markPartial("gpus")
            facts.note(tool, "GPUs that are attached by its count: \(attached), that it lists: \(listed.count)")
        }
        // An empty list would say that there are none.
        if !listed.isEmpty || attached == 0 { read(listed, into: &facts) }
        return facts
    }

    private static func read(_ listed: [XMLElement], into facts: inout Facts) {
        var gpus: [(address: PCIAddress, facts: DeviceFacts)] = []
        var silent: [Int: Int32] = [:]
        for (number, element) in listed.enumerated() {
            let device = NvidiaSMIDevice(element)
            guard let address = device.address else {
                facts.markPartial("gpus")
                facts.note(tool, "the GPU number \(number) tells no PCI address and was left out")
                continue
            }
            if device.isLost {
                silent[number] = GPULibrary.lost
                facts.note(tool, "GPU \(address.text) is lost: it has fallen off the bus")
            }
            if let demand = device.demand {
                facts.note(tool, "the driver asks for a remedy of GPU \(address.text): \(demand)")
            }
            gpus.append((address, device.facts(at: address)))
        }
        if !silent.isEmpty { facts.gpuLibrary = GPULibraryFacts(refusal: facts.gpuLibrary?.refusal, silent: silent) }
        if !gpus.isEmpty || listed.isEmpty { facts.gpus = gpus.sorted { $0.address < $1.address }.map(\.facts) }
    }

    /// NVML's code behind a message that stands in place of the report.
    private static func refusal(_ line: Substring) -> Int32? {
        if line.hasPrefix("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver") { return 9 }
        guard line.hasPrefix("Failed to initialize NVML: ") else { return nil }
        switch line.dropFirst("Failed to initialize NVML: ".count) {
        case "Driver/library version mismatch": return GPULibrary.mismatch
        case "Driver Not Loaded": return 9
        case "Insufficient Permissions": return 4
        case "GPU is lost": return GPULibrary.lost
        default: return 999
        }
    }
}
