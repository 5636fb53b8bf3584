package import ArgumentParser
import Basics
import Inventory
import NodeAccess

/// Where a command takes a node's facts from.
package struct FactsOptions: ParsableArguments {
    @Option(name: .long, help: "The node's root.", completion: .directory)
    package var root: String = "/"

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Take these files instead of the node: facts that `millwright facts --format json` saved, or what nvidia-smi, lspci and other tools printed (`millwright facts import --help` lists them). May be repeated."
        ),
        completion: .file()
    )
    package var facts: [String] = []

    @Option(name: .long, help: "Add such a file to what the node itself tells. May be repeated.", completion: .file())
    package var with: [String] = []

    package init() {}

    package func validate() throws {
        guard !facts.isEmpty else { return }
        if root != "/" {
            throw ValidationError("`--facts` and `--root` are two nodes: give one, or `--root` and `--with`")
        }
        if !with.isEmpty {
            throw ValidationError("`--with` adds to the node's own facts: beside `--facts` repeat `--facts`")
        }
    }

    var inputs: [String?] { facts + with }

    /// The same, and says beside the report what kept the sources from telling more.
    func read(_ console: Console) async throws -> Facts {
        let facts = try await read()
        for note in facts.notes ?? [] {
            console.complain([Diagnostic(DiagnosticCode(6006), note, severity: .note)])
        }
        return facts
    }

    /// Surveys the node, or reads the files.
    func read() async throws -> Facts {
        let base = facts.isEmpty ? await Survey.run(try Node.live(root: root)) : nil
        guard !(facts + with).isEmpty else { return base ?? Facts() }
        do throws(DiagnosticError) {
            var files: [(name: String, bytes: [UInt8])] = []
            for file in facts + with { files.append((file, try MachineFiles.recording(file))) }
            return try FactImports.merge(base, files)
        } catch {
            throw CommandFailure(.badInput, error)
        }
    }
}
