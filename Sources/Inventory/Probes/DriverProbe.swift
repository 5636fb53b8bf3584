import Basics
import NodeAccess

/// Versions of drivers, where a driver tells one.
struct DriverProbe: Probe {
    let name = "drivers"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        let tree = source.tree
        let nvidia = tree.line("/proc/driver/nvidia/version").flatMap { Self.nvidiaVersion($0) }
        facts.drivers["nvidia"] = nvidia ?? tree.line("/sys/module/nvidia/version")
        // Only NVIDIA's own network drivers have a version file; the kernel's do not.
        facts.drivers["mlx5_core"] = tree.line("/sys/module/mlx5_core/version")
        facts.drivers["amdgpu"] = tree.line("/sys/module/amdgpu/version")
        facts.drivers["habanalabs"] = tree.line("/sys/module/habanalabs/version")
        facts.drivers["ascend"] = tree.lines("/usr/local/Ascend/driver/version.info").flatMap { lines in
            lines.first { $0.lowercased().hasPrefix("version=") }
                .map { String($0.dropFirst("version=".count)).trimmingBlanks().printableLine(limit: 80) }
        }
    }

    /// The first word of two or three numbers with dots between: the words around it differ from driver to driver.
    static func nvidiaVersion(_ line: String) -> String? {
        line.split { $0.isWhitespace }.first { word in
            let parts = word.split(separator: ".", omittingEmptySubsequences: false)
            return (2...3).contains(parts.count)
                && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        }.map(String.init)
    }
}
