import Basics
import NodeAccess

/// Packages, container engines, the RDMA stack and Fabric Manager.
struct SoftwareProbe: Probe {
    let name = "software"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let tree = source.tree
        let packages = tree.text("/var/lib/dpkg/status").map { Self.installed($0) }
        facts.software.packages = packages
        facts.software.containerEngines = Self.engines(tree, packages)
        facts.software.containerToolkit = packages?["nvidia-container-toolkit"]
        let described = ["/etc/cdi", "/var/run/cdi"].flatMap { folder in
            tree.names(NodePath(stringLiteral: folder)).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }
                .map { "\(folder)/\($0.printableLine(limit: 128))" }
        }
        facts.software.deviceDescriptions = described.isEmpty ? nil : described
        // The kernel's own driver has no version file.
        facts.software.ofed = tree.line("/sys/module/mlx5_core/version")
        // In a recording the folder may merely be missing.
        if source.machine != nil || tree.isDirectory("/sys/kernel/mm/memory_peers") {
            facts.software.isPeerMemoryRegistered = tree.exists("/sys/kernel/mm/memory_peers/nv_mem/version")
        }
        facts.software.gpuDirectStorage =
            tree.line("/sys/module/nvidia_fs/version")
            ?? tree.line("/proc/driver/nvidia-fs/version").flatMap { Self.lastNumber($0) }
        if let packages {
            let versions = packages.filter { name, _ in
                name == "nvidia-fabricmanager"
                    || name.hasPrefix("nvidia-fabricmanager-")
                        && name.dropFirst("nvidia-fabricmanager-".count).allSatisfy(\.isNumber)
            }.values
            // Of two it is not known which one runs.
            facts.software.fabricManager = Set(versions).count == 1 ? versions.first : nil
        }
        facts.software.isFabricManagerRunning = Self.runs("nvidia-fabricmanager.service", tree)
        facts.software.driverParameters = tree.lines("/proc/driver/nvidia/params").map { lines in
            GPUProbe.values(lines).filter { $0.value != "\"\"" }
        }
    }

    /// A service that runs has a control group with processes; nil where control groups cannot be seen.
    private static func runs(_ unit: String, _ tree: KernelTree) -> Bool? {
        for slice in ["/sys/fs/cgroup/system.slice", "/sys/fs/cgroup/systemd/system.slice"] as [NodePath]
        where tree.isDirectory(slice) {
            return !(tree.lines(slice.appending(unit).appending("cgroup.procs")) ?? []).isEmpty
        }
        return nil
    }

    private static func engines(_ tree: KernelTree, _ packages: [String: String]?) -> [String: String]? {
        let known = [
            ("docker", ["docker-ce", "docker.io"], "/usr/bin/dockerd"),
            ("containerd", ["containerd.io", "containerd"], "/usr/bin/containerd"),
            ("podman", ["podman"], "/usr/bin/podman"), ("cri-o", ["cri-o"], "/usr/bin/crio"),
        ]
        var found: [String: String] = [:]
        for (engine, names, program) in known {
            if let version = names.lazy.compactMap({ packages?[$0] }).first {
                found[engine] = version
            } else if tree.exists(NodePath(stringLiteral: program)) {
                found[engine] = "?"
            }
        }
        return found.isEmpty && packages == nil ? nil : found
    }

    /// Name and version of what dpkg's status says is installed and whole.
    static func installed(_ status: [UInt8]) -> [String: String] {
        var packages: [String: String] = [:]
        var (name, version, isInstalled) = ("", "", false)
        func end() {
            if isInstalled, !name.isEmpty, !version.isEmpty { packages[name] = version }
            (name, version, isInstalled) = ("", "", false)
        }
        // Bytes, not characters: the file has megabytes on a real machine.
        for line in status.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.isEmpty {
                end()
            } else if let value = line.value(of: "Package: ") {
                name = value
            } else if let value = line.value(of: "Version: ") {
                version = value
            } else if let value = line.value(of: "Status: ") {
                isInstalled = value.hasSuffix(" installed")
            }
        }
        end()
        return packages
    }

    /// The last word of a line such as `GDS Version: 1.7.0.149`, if it is a version.
    private static func lastNumber(_ line: String) -> String? {
        line.split { $0.isWhitespace }.last.flatMap { $0.first?.isNumber == true ? String($0) : nil }
    }
}

extension ArraySlice<UInt8> {
    /// What follows a field's name; nil where the line begins otherwise.
    fileprivate func value(of field: StaticString) -> String? {
        let length = field.utf8CodeUnitCount
        guard count > length, first == field.description.utf8.first, starts(with: field.description.utf8) else {
            return nil
        }
        return String(decoding: dropFirst(length), as: UTF8.self).trimmingBlanks().printableLine(limit: 128)
    }
}
