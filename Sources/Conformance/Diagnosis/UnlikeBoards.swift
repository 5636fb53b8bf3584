import Basics
import Inventory

enum UnlikeBoards: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let byModel = Dictionary(grouping: facts.nvidiaGPUs.filter { $0.identity != nil }) { $0.identity ?? "" }
        let places = byModel.sorted { $0.key < $1.key }.flatMap { _, gpus in
            odd(gpus, "board") { $0.health?.board } + odd(gpus, "subsystem") { $0.subsystem }
                + odd(gpus, "video BIOS") { $0.firmware?.lowercased() }
        }
        guard !places.isEmpty else { return nil }
        return Diagnosis(
            "unlike-boards",
            "equal GPUs stand on unlike boards, or have unlike firmware",
            at: places,
            cause: "one was swapped for a board of another revision, or left out of an update",
            remedy: "ask who delivered it; bring all to one firmware: limits of power and clocks may differ",
            source: "NVML, nvmlDeviceGetBoardPartNumber and nvmlDeviceGetVbiosVersion"
        )
    }

    /// Those that differ from what most have.
    private static func odd(_ gpus: [DeviceFacts], _ name: String, _ value: (DeviceFacts) -> String?) -> [String] {
        let told = gpus.compactMap { gpu in value(gpu).map { (gpu, $0) } }
        let kinds = Dictionary(grouping: told, by: \.1)
        let usual = kinds.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
        // Without a majority there is no odd one: some boards carry two GPUs with unlike firmware.
        guard kinds.count > 1, let usual, (kinds[usual]?.count ?? 0) * 2 > told.count else { return [] }
        return told.filter { $0.1 != usual }.map { "\($0.0.place): \(name) \($0.1), the others \(usual)" }
    }
}
