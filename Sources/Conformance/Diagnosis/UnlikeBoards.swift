import Basics
import Inventory

enum UnlikeBoards: DiagnosisRule {
    static func diagnose(_ facts: Facts) -> Diagnosis? {
        let told = facts.nvidiaGPUs.filter { $0.health?.board != nil }
        let byModel = Dictionary(grouping: told) { $0.identity ?? "" }
        var places: [String] = []
        for (_, gpus) in byModel.sorted(by: { $0.key < $1.key }) {
            let boards = Dictionary(grouping: gpus) { $0.health?.board ?? "" }
            guard boards.count > 1, let usual = boards.max(by: { $0.value.count < $1.value.count })?.key else {
                continue
            }
            places += gpus.filter { $0.health?.board != usual }.map {
                "\($0.place): \($0.health?.board ?? ""), the others \(usual)"
            }
        }
        guard !places.isEmpty else { return nil }
        return Diagnosis(
            "unlike-boards",
            "equal GPUs stand on unlike boards",
            at: places,
            cause: "one was swapped for a board of another revision",
            remedy: "ask who delivered it; firmware and limits of the two may differ",
            source: "NVML, nvmlDeviceGetBoardPartNumber"
        )
    }
}
