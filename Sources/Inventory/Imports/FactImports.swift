package import Basics

/// Every file that can be read into facts: those that `facts` wrote, and what other tools print.
package enum FactImports {
    /// A new format is one line here.
    private static let formats: [any FactImport.Type] = [
        NvidiaSMIImport.self, LspciImport.self, IbstatImport.self, IbstatusImport.self, IbvDevinfoImport.self,
        LsblkImport.self, NVMeListImport.self, NVMeIdentityImport.self, NVMeHealthImport.self, SmartctlImport.self,
        DmidecodeImport.self,
        NpuSMIImport.self, HlSMIImport.self, RocmSMIImport.self,
    ]

    /// As people call them: `nvidia-smi -q -x`.
    package static let tools: [String] = formats.map { $0.tool }

    /// `name` is the file's, for messages and for where the facts come from.
    package static func read(_ bytes: [UInt8], name: String) throws(DiagnosticError) -> Facts {
        let text = ImportText(bytes)
        let matching = formats.filter { $0.recognises(text) }
        guard let format = matching.first else {
            guard text.json?["schema"]?.string?.hasPrefix("millwright/facts/") ?? false else {
                throw DiagnosticError(
                    DiagnosticCode(6004),
                    "the file `\(name)` is neither facts nor what a tool that we know printed",
                    hints: [
                        "what can be read: facts of `millwright facts --format json`, and the output of "
                            + tools.map { "`\($0)`" }.joined(separator: ", ")
                    ]
                )
            }
            return try Facts.read(bytes, what: "the facts `\(name)`")
        }
        var facts = format.read(text)
        if matching.count > 1 {
            let others = matching.dropFirst().map { "`\($0.tool)`" }.joined(separator: ", ")
            facts.note(
                "`\(name)` holds the output of \(others) too, which was left out: give each tool's a file of its own"
            )
        }
        return try FactsMerge.merge(Facts.nothing, with: facts, from: "\(format.tool) (\(name))")
    }

    /// Facts of several files, or of a node and files; where two know the same, the earlier one counts.
    package static func merge(
        _ base: Facts?,
        _ files: [(name: String, bytes: [UInt8])]
    ) throws(DiagnosticError) -> Facts {
        var result = base
        for file in files {
            let more = try read(file.bytes, name: file.name)
            guard let known = result else {
                result = more
                continue
            }
            result = try FactsMerge.join(known, more, file.name)
        }
        return result ?? Facts()
    }
}

extension Facts {
    /// Told by nobody, not even by the node itself.
    fileprivate static let nothing: Facts = {
        var facts = Facts()
        facts.importedFrom = [:]
        return facts
    }()
}
