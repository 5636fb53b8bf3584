package import Basics

/// The layer between hardware and frameworks. Nothing of it is special to the engine: it expands into packages, modules,
/// services and files.
package struct Drivers: Sendable {
    package var nvidia: NVIDIADriver?
    package var cuda: Sourced<String>?
    package var nccl: Sourced<String>?
    package var rdma: RDMAStack?
    package var ascend: AscendDriver?

    static func read(_ fields: Fields) -> Drivers? {
        Drivers(
            nvidia: fields.section("nvidia") { NVIDIADriver.read($0) },
            cuda: fields.release("cuda"),
            nccl: fields.release("nccl"),
            rdma: fields.section("rdma") { RDMAStack.read($0) },
            ascend: fields.section("ascend") { AscendDriver.read($0) }
        )
    }
}

package struct NVIDIADriver: Sendable {
    package enum Modules: String, Sendable, CaseIterable {
        case open, proprietary
    }

    /// To the last digit: `535.129.03`. Fabric Manager must be of the same.
    package var version: Sourced<String>?
    package var modules: Sourced<Modules>?
    package var fabricManager: Sourced<Bool>?
    /// Another than the driver's own, where somebody insists.
    package var fabricManagerVersion: Sourced<String>?
    /// The persistence daemon.
    package var persistence: Sourced<Bool>?
    /// nvidia_peermem, for GPUDirect RDMA.
    package var peermem: Sourced<Bool>?
    /// nvidia_fs, for GPUDirect Storage.
    package var gds: Sourced<Bool>?
    package var range: SourceRange

    /// `535` of `535.129.03`.
    package var branch: String? { version?.value.split(separator: ".").first.map(String.init) }

    static func read(_ fields: Fields) -> NVIDIADriver? {
        var version = fields.release("version")
        if let text = version, !text.value.contains(".") {
            fields.complaints.report(
                1237,
                "`\(text.value)` is a branch of the driver, not a release",
                at: text.range,
                hints: ["write it to the last digit, as `nvidia-smi` prints it: `535.129.03`"]
            )
            version = nil
        }
        if !fields.has("version") { fields.missing("version", example: "\"535.129.03\"") }
        var fabric: Sourced<Bool>?
        var fabricVersion: Sourced<String>?
        let form = Shape.Kind.form(pattern: "^(true|false|[0-9]+(\\.[0-9]+){1,2})$", "`true`, `false` or a version")
        if let text = fields.text("fabricManager", .either([.boolean, form])) {
            switch text.value {
            case "true": fabric = Sourced(true, at: text.range)
            case "false": fabric = Sourced(false, at: text.range)
            default:
                if Words.isRelease(text.value) {
                    fabric = Sourced(true, at: text.range)
                    fabricVersion = text
                } else {
                    fields.complaints.report(
                        1201,
                        "`fabricManager` must be true, false or a version, found `\(text.value)`",
                        at: text.range
                    )
                }
            }
        }
        return NVIDIADriver(
            version: version,
            modules: fields.choice("modules", Modules.self),
            fabricManager: fabric,
            fabricManagerVersion: fabricVersion,
            persistence: fields.bool("persistence"),
            peermem: fields.bool("peermem"),
            gds: fields.bool("gds"),
            range: fields.range
        )
    }
}

package struct RDMAStack: Sendable {
    package enum Stack: String, Sendable, CaseIterable {
        /// What the kernel and the distribution bring.
        case inbox
        case mlnxOFED = "mlnx-ofed"
        case doca
    }

    package var stack: Sourced<Stack>?
    package var version: Sourced<String>?
    package var range: SourceRange

    static func read(_ fields: Fields) -> RDMAStack? {
        let stack = fields.choice("stack", Stack.self)
        if !fields.has("stack") { fields.missing("stack", example: "inbox") }
        let version = fields.text("version")
        if let stack, stack.value != .inbox, version == nil {
            fields.complaints.report(1316, "the stack `\(stack.value.rawValue)` needs a `version`", at: stack.range)
        } else if stack?.value == .inbox, let version {
            fields.complaints.report(1316, "the inbox stack has the distribution's version", at: version.range)
        }
        return RDMAStack(stack: stack, version: version, range: fields.range)
    }
}

package struct AscendDriver: Sendable {
    /// Of the driver package: `25.2.0`.
    package var driver: Sourced<String>?
    package var firmware: Sourced<String>?
    /// The toolkit.
    package var cann: Sourced<String>?
    package var range: SourceRange

    static func read(_ fields: Fields) -> AscendDriver? {
        let driver = fields.text("driver")
        if !fields.has("driver") { fields.missing("driver", example: "\"25.2.0\"") }
        return AscendDriver(
            driver: driver,
            firmware: fields.text("firmware"),
            cann: fields.text("cann"),
            range: fields.range
        )
    }
}

extension Fields {
    /// Numbers joined by dots: `12.1`, `535.129.03`.
    func release(_ key: String) -> Sourced<String>? {
        let form = Shape.Kind.form(pattern: "^[0-9]+(\\.[0-9]+){0,3}$", "numbers joined by dots")
        guard let text = text(key, form) else { return nil }
        guard Words.isRelease(text.value) else {
            complaints.report(
                1237,
                "`\(key)` must be a release such as `12.1`, found `\(text.value)`",
                at: text.range,
                hints: ["one release, not a constraint: what is installed must be known beforehand"]
            )
            return nil
        }
        return text
    }
}

extension Words {
    static func isRelease(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return (1...4).contains(parts.count)
            && parts.allSatisfy {
                !$0.isEmpty && $0.utf8.count <= 8 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) }
            }
    }
}
