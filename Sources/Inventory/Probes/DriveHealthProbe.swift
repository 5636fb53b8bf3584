import Basics
import NodeAccess

/// What each NVMe drive's own log tells. Only a running machine's drives can be asked, and by root alone.
struct DriveHealthProbe: Probe {
    let name = "nvme"

    func observe(_ source: FactSource, into facts: inout Facts) async {
        guard let logs = source.machine?.driveLogs, let drives = facts.nvme else { return }
        facts.nvme = drives.map { drive in
            var drive = drive
            // Any controller of a drive tells of all of it.
            for controller in drive.controllers
            where (controller.transport ?? "pcie") == "pcie" && (controller.state ?? "live") == "live" {
                guard let page = logs.read(controller.name, .health), var health = DrivePages.health(page) else {
                    continue
                }
                health.capacity = logs.read(controller.name, .identification).flatMap { DrivePages.capacity($0) }
                drive.health = health
                break
            }
            return drive
        }
    }
}
