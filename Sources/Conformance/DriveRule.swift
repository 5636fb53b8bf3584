import Basics
import Blueprints
import Inventory

/// NVMe drives, not controllers.
struct DriveRule: Rule {
    func judge(_ blueprint: Blueprint, _ facts: Facts) -> [Finding] {
        guard let groups = blueprint.hardware?.nvme else { return [] }
        let requests = Self.requests(groups, facts)
        guard let drives = facts.nvme else {
            return GroupJudge.blind(
                requests,
                "`/sys/class/nvme` is missing: drives cannot be seen without their driver"
            )
        }
        return GroupJudge(
            requests: requests,
            devices: drives.filter(\.isLocal),
            facts: facts,
            source: { drive, fact in
                // The kernel's sensor tells the temperature where the drive's own log was not asked.
                let isSensed = fact == "nvme.health.temperature" && drive.health?.temperature == nil
                return EvidenceOfDevice(
                    fact: isSensed ? "nvme.controllers.temperature" : fact,
                    key: fact.hasPrefix("nvme.namespaces") ? drive.namespaces.first?.name : drive.name,
                    address: drive.controllers.first?.address
                )
            },
            name: { Self.name($0) },
            traits: { [("firmware of \($0.model ?? "drives")", $0.firmware)] }
        ).judge()
    }

    static func requests(_ groups: [DriveGroup], _ facts: Facts) -> [DeviceRequest<DriveFacts>] {
        groups.enumerated().map { index, group in
            DeviceRequest<DriveFacts>(
                id: "hardware.nvme[\(index)]",
                subject: groups.count > 1 ? "nvme[\(index)]" : "nvme",
                noun: "drive",
                count: group.count,
                demands: demands(of: group),
                weight: group.severity,
                origin: group.range,
                existence: "nvme.controllers.name",
                blindSpot: facts.isPartial("nvme") ? "what was read lists not all of them, as its notes say" : nil
            )
        }
    }

    static func name(_ drive: DriveFacts) -> String {
        let places = [
            drive.serial.map { "serial \($0)" }, drive.controllers.lazy.compactMap(\.slot).first.map { "slot \($0)" },
        ]
        .compactMap(\.self)
        return drive.name + (places.isEmpty ? "" : " (\(places.joined(separator: ", ")))")
    }

    /// What sysfs calls a controller that does no input and output.
    private static let ailing: Set<String> = [
        "new", "resetting", "connecting", "deleting", "deleting (no IO)", "dead",
    ]

    private static let admin = "the kernel does not tell it; the drive's own log (NVMe admin commands) does, to root"

    private static func demands(of group: DriveGroup) -> [DeviceDemand<DriveFacts>] {
        ([
            demand("model", group.model, "model") { drive, glob in
                Measure.glob(glob, drive.model, unless: "\(drive.name) tells no model")
            },
            demand("capacity", group.capacity, "namespaces.size") { drive, constraint in
                Measure.quantity(
                    constraint,
                    drive.capacity ?? drive.health?.capacity,
                    .bytes,
                    unless: "\(drive.name) shows no namespace with a size"
                )
            },
            demand("blockSize", group.blockSize, "namespaces.block") { drive, constraint in
                let blocks = drive.namespaces.map(\.block)
                // Every namespace has its own: the first that does not fit counts, and one that does not tell.
                let odd = blocks.first { $0.map { !constraint.holds(for: Quantity(Double($0), .bytes)) } ?? true }
                return Measure.quantity(
                    constraint,
                    (odd ?? blocks.first ?? nil).map { Int64($0) },
                    .bytes,
                    unless: "\(drive.name) shows no block size"
                )
            },
            demand("firmware", group.firmware, "firmware") { drive, constraint in
                Measure.version(constraint, drive.firmware, unless: "\(drive.name) tells no firmware")
            },
            demand("health", group.health?.map(\.rawValue), "health.warnings") { drive, _ in health(of: drive) },
            demand("wear", group.wear, "health.wear") { drive, constraint in
                Measure.quantity(constraint, drive.health?.wear.map { Int64($0) }, .percentage, unless: admin)
            },
            demand("temperature", group.temperature, "health.temperature") { drive, constraint in
                let hottest = drive.controllers.compactMap(\.temperature).max()
                let found = drive.health?.temperature.map { Double($0) } ?? hottest
                return Measure.quantity(constraint, found.map { Quantity($0, .temperature) }, unless: admin)
            },
            demand("mediaErrors", group.mediaErrors, "health.mediaErrors") { drive, constraint in
                Measure.quantity(constraint, drive.health?.mediaErrors, .count, unless: admin)
            },
        ] as [DeviceDemand<DriveFacts>?]).compactMap(\.self)
    }

    private static func demand<Value: CustomStringConvertible>(
        _ label: String,
        _ declared: Sourced<Value>?,
        _ fact: String,
        _ test: @escaping (DriveFacts, Value) -> Outcome
    ) -> DeviceDemand<DriveFacts>? {
        declared.map { DeviceDemand(label, $0, by: "nvme.\(fact)", test) }
    }

    /// A controller that is not live is not healthy; of one that is live the drive's own warnings decide.
    static func health(of drive: DriveFacts) -> Outcome {
        if let ailing = drive.controllers.first(where: { $0.state.map { ailing.contains($0) } ?? false }) {
            return .fails(found: "\(ailing.name) is \(ailing.state ?? "unknown")")
        }
        guard let health = drive.health, let warnings = health.warnings else { return .unknown(admin) }
        return warnings.isEmpty ? .holds : .fails(found: "a warning: \(warnings.joined(separator: ", "))")
    }
}
