import Basics
import NodeAccess

/// Distribution, release, architecture and host name.
struct OperatingSystemProbe: Probe {
    let name = "os"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let tree = source.tree
        // os-release(5): the file in /etc counts, where it is missing the one in /usr/lib.
        if let lines = tree.lines("/etc/os-release") ?? tree.lines("/usr/lib/os-release") {
            let values = Self.assignments(lines)
            facts.os.distribution = values["ID"]
            facts.os.version = values["VERSION_ID"]
            facts.os.codename = values["VERSION_CODENAME"]
            facts.os.name = values["PRETTY_NAME"]
        }
        facts.os.architecture = architecture(tree)
        let (kernelName, declaredName) = (tree.line("/proc/sys/kernel/hostname"), tree.line("/etc/hostname"))
        // In a tree that is not running, a mounted /proc tells of the machine around it.
        facts.hostname = tree.isRunning ? kernelName ?? declaredName : declaredName ?? kernelName
    }

    /// Shell assignments with shell quotes, as os-release(5) has them.
    static func assignments(_ lines: [String]) -> [String: String] {
        var values: [String: String] = [:]
        for line in lines {
            let text = line.trimmingBlanks()
            guard !text.hasPrefix("#"), let equals = text.firstIndex(of: "=") else { continue }
            let value = unquoted(String(text[text.index(after: equals)...])).printableLine(limit: 256)
            if !value.isEmpty { values[String(text[..<equals])] = value }
        }
        return values
    }

    private static func unquoted(_ text: String) -> String {
        var result = ""
        var quote: Character?
        var isEscaped = false
        for character in text {
            if isEscaped {
                result.append(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if character == quote {
                quote = nil
            } else if quote == nil, character == "\"" || character == "'" {
                quote = character
            } else {
                result.append(character)
            }
        }
        return result
    }

    /// What the installed programs are built for, which is what packages must be built for; the kernel's word comes last.
    private func architecture(_ tree: KernelTree) -> String? {
        if let first = tree.line("/var/lib/dpkg/arch"), first.utf8.allSatisfy({ Self.isNameByte($0) }) { return first }
        for program in ["/usr/bin/dpkg", "/usr/bin/env", "/bin/busybox"] as [NodePath] {
            guard let head = (try? tree.files.readIfPresent(program, limit: 8 << 20))?.prefix(20) else { continue }
            if let name = Self.architecture(elf: Array(head)) { return name }
        }
        return tree.line("/proc/sys/kernel/arch").flatMap { Self.architecture(machine: $0) }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
    }

    /// ELF: byte 5 is the order of bytes, 18 and 19 the machine.
    static func architecture(elf head: [UInt8]) -> String? {
        guard head.count >= 20, head.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else { return nil }
        let isLittle = head[5] == 1
        let machine = isLittle ? UInt16(head[18]) | UInt16(head[19]) << 8 : UInt16(head[19]) | UInt16(head[18]) << 8
        switch machine {
        case 3: return "i386"
        case 21: return isLittle ? "ppc64el" : "ppc64"
        case 22: return "s390x"
        case 62: return "amd64"
        case 183: return "arm64"
        case 243: return "riscv64"
        case 258: return "loong64"
        default: return nil
        }
    }

    static func architecture(machine: String) -> String? {
        switch machine {
        case "x86_64": "amd64"
        case "aarch64": "arm64"
        case "ppc64le": "ppc64el"
        case "i686": "i386"
        case "riscv64", "s390x", "ppc64": machine
        case "loongarch64": "loong64"
        default: nil
        }
    }
}
