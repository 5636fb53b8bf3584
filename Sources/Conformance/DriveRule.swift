import Basics
import Blueprints
import Inventory

/// NVMe drives, not controllers.
struct DriveRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let groups = blueprint.hardware?.nvme else { return [] }
        let requests = groups.enumerated().map { index, group in
            DeviceRequest<DriveFacts>(
                id: "hardware.nvme[\(index)]",
                subject: groups.count > 1 ? "nvme[\(index)]" : "nvme",
                noun: "drive",
                count: group.count,
                demands: demands(of: group),
                isOptional: group.isOptional,
                origin: group.range
            )
        }
        guard let drives = facts.nvme else {
            return GroupJudge.blind(
                requests,
                "`/sys/class/nvme` is missing: drives cannot be seen without their driver"
            )
        }
        let local = drives.filter { drive in
            drive.controllers.contains { $0.transport.map { $0 == "pcie" } ?? true }
        }
        return GroupJudge(
            requests: requests,
            devices: local,
            name: { drive in drive.serial.map { "\(drive.name) (serial \($0))" } ?? drive.name },
            traits: { [("firmware of \($0.model ?? "drives")", $0.firmware)] }
        ).judge()
    }

    /// What sysfs calls a controller that does no input and output.
    private static let ailing: Set<String> = [
        "new", "resetting", "connecting", "deleting", "deleting (no IO)", "dead",
    ]

    private func demands(of group: DriveGroup) -> [DeviceDemand<DriveFacts>] {
        let admin = "the kernel does not tell it; the drive's own log (NVMe admin commands) does"
        var demands: [DeviceDemand<DriveFacts>] = []
        if let model = group.model {
            demands.append(
                DeviceDemand("model", model) { drive, glob in
                    Measure.glob(glob, drive.model, unless: "\(drive.name) tells no model")
                }
            )
        }
        if let capacity = group.capacity {
            demands.append(
                DeviceDemand("capacity", capacity) { drive, constraint in
                    Measure.quantity(
                        constraint,
                        drive.capacity,
                        .bytes,
                        unless: "\(drive.name) shows no namespace with a size"
                    )
                }
            )
        }
        if let firmware = group.firmware {
            demands.append(
                DeviceDemand("firmware", firmware) { drive, constraint in
                    Measure.version(constraint, drive.firmware, unless: "\(drive.name) tells no firmware")
                }
            )
        }
        if let health = group.health {
            demands.append(
                DeviceDemand("health", health.map(\.rawValue)) { drive, _ in
                    // A controller that is not live is not healthy; one that is live may still have failing media.
                    let ailing = drive.controllers.first { $0.state.map { Self.ailing.contains($0) } ?? false }
                    return ailing.map { .fails(found: "\($0.name) is \($0.state ?? "unknown")") } ?? .unknown(admin)
                }
            )
        }
        if let wear = group.wear {
            demands.append(DeviceDemand("wear", wear) { _, _ in .unknown(admin) })
        }
        return demands
    }
}
