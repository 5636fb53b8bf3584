import Basics

/// The PCI bus as pciutils lists it: names, numbers or both, short or with all details.
enum LspciImport: FactImport {
    static let tool = "lspci"

    static func recognises(_ text: ImportText) -> Bool {
        text.begins(within: 20) { line in
            LspciFunction(header: line) != nil || LspciFunction(quoted: line) != nil || isSlotLine(line)
        }
    }

    static func read(_ text: ImportText) -> Facts {
        var facts = Facts()
        var functions: [PCIAddress: LspciFunction] = [:]
        let listing = LspciListing(text)
        for function in listing.functions {
            // Listings are pasted one after the other: what the first does not tell the second may.
            functions[function.address] = functions[function.address].map { $0.adding(function) } ?? function
        }
        for line in listing.messages.prefix(4) { facts.note(tool, "it says: \(line)") }
        // Numbers in brackets and a revision end a line of a short listing.
        let isCut = text.cutLine.map { !$0.hasSuffix("]") && !$0.hasSuffix(")") } ?? false
        if isCut { facts.noteCut(tool, text) }
        let tellsDrivers = listing.isUnfiltered && functions.values.contains { $0.driver != nil }
        let sorted = functions.values.sorted { $0.address < $1.address }.map { function in
            var function = function
            // A listing that tells drivers has no line for a function without one; only its end says that none follows.
            if tellsDrivers, function.hasDetails, function.isEnded, function.driver == nil { function.driver = "" }
            return function
        }
        guard let last = listing.functions.last else { return facts }
        facts.pci = placed(sorted).map(\.facts)
        // Where not even a host bridge is listed, somebody asked for some functions only; and details end with a blank line.
        let isWhole = !isCut && (last.isEnded || !last.isVerbose)
        let isAll = isWhole && sorted.contains { $0.baseAndSubclass == 0x0600 }
        func devices(_ matches: (LspciFunction) -> Bool) -> [DeviceFacts]? {
            let found = sorted.filter(matches).map(\.device)
            return found.isEmpty && !isAll ? nil : found
        }
        facts.gpus = devices(\.isGPU)
        facts.accelerators = devices { $0.baseAndSubclass == 0x1200 && !$0.isGPU }
        facts.nvswitches = devices { $0.baseAndSubclass == 0x0680 && $0.vendor == PCINames.nvidia }
        return facts
    }

    /// Each function with the bridges above it, where the listing tells which buses are below which bridge.
    private static func placed(_ functions: [LspciFunction]) -> [LspciFunction] {
        let bridges = functions.compactMap { bridge in bridge.buses.map { (bridge, $0) } }
        guard !bridges.isEmpty else { return functions }
        return functions.map { function in
            var function = function
            guard let bus = function.address.bus else { return function }
            let above = bridges.filter { $0.1.contains(bus) && $0.0.address.domain == function.address.domain }
            // A bridge nearer to the root has the lower first bus below it.
            function.parents = above.sorted { $0.1.lowerBound < $1.1.lowerBound }.map(\.0.address.text)
            return function
        }
    }

    /// The first line of a function of `lspci -vmm`.
    private static func isSlotLine(_ line: Substring) -> Bool {
        (line.hasPrefix("Slot:\t") || line.hasPrefix("Device:\t"))
            && PCIAddress(printed: String(line.dropFirst(line.hasPrefix("Slot") ? 5 : 7)).trimmingBlanks()) != nil
    }
}

/// The lines of a listing, gathered by function.
private struct LspciListing {
    private(set) var functions: [LspciFunction] = []
    /// What the tool says beside the listing.
    private(set) var messages: [String] = []
    /// `grep -A` puts such lines between what it found; then lines are missing that may have told something.
    private(set) var isUnfiltered = true

    init(_ text: ImportText) {
        for line in text.wholeLines {
            if line == "--" {
                isUnfiltered = false
            } else if line.allSatisfy({ $0 == " " || $0 == "\t" }) {
                end()
            } else if line.hasPrefix("\t") || line.hasPrefix(" ") {
                if let last = functions.last, !last.isEnded { functions[functions.count - 1].add(line) }
            } else if let function = LspciFunction(header: line) ?? LspciFunction(quoted: line) {
                end()
                functions.append(function)
            } else if let label = LabelledLine(line), label.label == "Slot" || isFirst(label),
                let address = PCIAddress(printed: label.value)
            {
                end()
                functions.append(LspciFunction(address))
            } else if let last = functions.last, !last.isEnded, last.isTagged, let label = LabelledLine(line) {
                functions[functions.count - 1].add(tagged: label)
            } else if line.hasPrefix("lspci:") || line.hasPrefix("pcilib:") {
                ImportedWord.text(line, limit: 200).map { messages.append($0) }
            }
        }
        // A short listing is often kept without its last line end.
        if let function = text.cutLine.flatMap({ LspciFunction(header: $0) }) {
            end()
            functions.append(function)
        }
    }

    /// `-vm` of old versions calls the address by the word that means the device everywhere else.
    private func isFirst(_ label: LabelledLine) -> Bool {
        label.label == "Device" && !(functions.last.map { !$0.isEnded && $0.isTagged } ?? false)
    }

    private mutating func end() {
        if !functions.isEmpty { functions[functions.count - 1].isEnded = true }
    }
}
