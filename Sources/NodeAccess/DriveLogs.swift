import CNode
import Glibc

/// Pages that an NVMe controller tells of itself when it is asked by an admin command. Root alone may ask.
package struct DriveLogs: Sendable {
    package enum Page: Sendable {
        /// Identify Controller: 4,096 bytes.
        case identification
        /// SMART and health information, log page 2: 512 bytes.
        case health
    }

    private let body: @Sendable (_ controller: String, Page) -> [UInt8]?

    package init(_ body: @escaping @Sendable (_ controller: String, Page) -> [UInt8]?) {
        self.body = body
    }

    /// `controller` is as the kernel names it: `nvme0`.
    /// nil where the drive or the kernel refused.
    package func read(_ controller: String, _ page: Page) -> [UInt8]? { body(controller, page) }

    /// Those of this machine's drives.
    static let here = DriveLogs { controller, page in
        let descriptor = unsafe open("/dev/\(controller)", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { _ = close(descriptor) }
        let size = page == .health ? 512 : 4096
        var code: Int32 = -1
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            unsafe UnsafeMutableRawBufferPointer(buffer).initializeMemory(as: UInt8.self, repeating: 0)
            code =
                switch page {
                // CNS 1.
                case .identification: unsafe mw_nvme_read(descriptor, 0x06, 0, 1, 0, buffer.baseAddress, UInt32(size))
                // The whole drive, page 2, and how many words less one.
                case .health:
                    unsafe mw_nvme_read(
                        descriptor,
                        0x02,
                        0xFFFF_FFFF,
                        0x02 | UInt32(size / 4 - 1) << 16,
                        0,
                        buffer.baseAddress,
                        UInt32(size)
                    )
                }
            count = size
        }
        return code == 0 ? bytes : nil
    }
}
