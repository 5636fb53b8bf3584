package import Basics
import CNode
import Glibc

/// What a machine that runs can be asked beyond its files. Each answer is nil where it cannot be had.
package struct RunningMachine: Sendable {
    /// NVIDIA's management library.
    package var gpuLibrary: GPULibrary?
    package var driveLogs: DriveLogs
    /// The firmware of a network interface, as its driver tells it.
    package var interfaceFirmware: @Sendable (_ name: String) -> String?
    package var clockState: @Sendable () -> ClockState?
    /// The kernel's log since it started, as much as its buffer holds.
    package var kernelLog: @Sendable () -> String?
    /// Whether all of it may be asked: the kernel's log, drives' logs, the firmware's table.
    package var isRoot: Bool
    package var space: @Sendable (_ path: String) -> FileSystemSpace?

    /// Knows nothing: for tests to fill in.
    package static let silent = RunningMachine(
        gpuLibrary: nil,
        driveLogs: DriveLogs { _, _ in nil },
        interfaceFirmware: { _ in nil },
        clockState: { nil },
        kernelLog: { nil },
        isRoot: true,
        space: { _ in nil }
    )

    /// The machine that we run on.
    package static let here = RunningMachine(
        gpuLibrary: .system,
        driveLogs: .here,
        interfaceFirmware: { firmware($0) },
        clockState: { state() },
        kernelLog: { log() },
        isRoot: geteuid() == 0,
        space: { FileSystemSpace(of: $0) }
    )

    private static func firmware(_ name: String) -> String? {
        var text = [CChar](repeating: 0, count: 64)
        let code = unsafe text.withUnsafeMutableBufferPointer { buffer in
            unsafe mw_interface_firmware(name, buffer.baseAddress, UInt32(buffer.count))
        }
        guard code == 0 else { return nil }
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let words = bytes.lossyText.trimmingBlanks()
        return words.isEmpty || words == "N/A" ? nil : words
    }

    private static func state() -> ClockState? {
        var isSynchronised: Int32 = 0
        var (offset, error): (Int64, Int64) = (0, 0)
        guard unsafe mw_clock_state(&isSynchronised, &offset, &error) == 0 else { return nil }
        return ClockState(
            isSynchronised: isSynchronised != 0,
            offset: Double(offset) / 1e6,
            maximumError: Double(error) / 1e6
        )
    }

    private static func log() -> String? {
        let size = mw_kernel_log_size()
        guard size > 0, size <= 64 << 20 else { return nil }
        var failed = false
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
            let text = unsafe UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
            let got = unsafe mw_kernel_log(text, size)
            failed = got < 0
            count = max(Int(got), 0)
        }
        return failed ? nil : bytes.lossyText
    }
}
