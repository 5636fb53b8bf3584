import NodeAccess

/// Where NVIDIA's management library would not tell of the GPUs.
package struct GPULibraryFacts: Codable, Equatable, Sendable {
    /// NVML's code where it refused to start.
    package var refusal: Int32?
    /// GPUs that it counts and tells nothing of: their numbers, with NVML's codes.
    package var silent: [Int: Int32]?

    package init(refusal: Int32? = nil, silent: [Int: Int32]? = nil) {
        self.refusal = refusal
        self.silent = silent
    }

    /// NVML's code for a GPU that has fallen off the bus.
    package static let lost = GPULibrary.lost

    /// The numbers of the GPUs that have fallen off the bus, sorted.
    package var lost: [Int] {
        (silent ?? [:]).filter { $0.value == GPULibrary.lost }.keys.sorted()
    }

    /// The library does not fit the loaded driver.
    package var mismatched: Bool { refusal == GPULibrary.mismatch }
}
