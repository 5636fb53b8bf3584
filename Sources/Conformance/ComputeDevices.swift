import Basics
import Blueprints
import Inventory

/// GPUs or other accelerators against their groups.
struct ComputeDevices {
    /// The key in the blueprint and in the facts: `gpus`.
    let name: String
    let noun: String
    let groups: [DeviceGroup]
    let devices: [DeviceFacts]?
    let facts: Facts

    func judge() -> [Finding] {
        guard let devices else {
            return GroupJudge.blind(
                requests,
                "no PCI bus was seen: `/sys/bus/pci/devices` is missing, and no file tells of one"
            )
        }
        return GroupJudge(
            requests: requests,
            devices: devices.filter { $0.physicalFunction == nil },
            facts: facts,
            // A name of our table follows from the identity, and is no word of the driver's.
            source: { device, fact in
                let isTabled = fact.hasSuffix(".model") && device.modelNamedBy == .pciTable
                return EvidenceOfDevice(
                    fact: isTabled ? "\(name).identity" : fact,
                    key: device.address,
                    vendor: device.vendor
                )
            },
            name: \.place,
            traits: { device in
                [
                    ("model", device.model), ("subsystem", device.subsystem),
                    ("firmware of \(device.identity ?? "devices")", device.firmware),
                    ("board part number", device.health?.board),
                ]
            }
        ).judge()
    }

    var requests: [DeviceRequest<DeviceFacts>] {
        groups.enumerated().map { index, group in
            DeviceRequest<DeviceFacts>(
                id: "hardware.\(name)[\(index)]",
                subject: groups.count > 1 ? "\(name)[\(index)]" : name,
                noun: noun,
                count: group.count,
                demands: demands(of: group),
                weight: group.severity,
                origin: group.range,
                existence: "\(name).address",
                blindSpot: facts.isPartial(name) ? "what was read lists not all of them, as its notes say" : nil
            )
        }
    }

    private func demands(of group: DeviceGroup) -> [DeviceDemand<DeviceFacts>] {
        ([
            demand("vendor", group.vendor, "vendor") { device, glob in
                Measure.glob(glob, device.vendor, unless: "\(device.identity ?? device.address) is in no table of ours")
            },
            demand("model", group.model, "model", Self.model),
            demand("pci", group.pci, "identity") { device, expected in
                Measure.text(expected, device.identity, unless: "what was read names it without numbers")
            },
            demand("subsystem", group.subsystem, "subsystem") { device, expected in
                Measure.text(expected, device.subsystem, unless: "its subsystem is not told")
            },
            demand("driver", group.driver, "driver") { device, expected in
                guard let driver = device.driver else { return .unknown("the driver that is bound was not recorded") }
                return driver == expected ? .holds : .fails(found: driver.isEmpty ? "none bound" : driver)
            },
            demand("memory", group.memory, "memory") { device, constraint in
                Measure.quantity(constraint, device.memory, .bytes, unless: Self.library(device))
            },
            demand("pcie.generation", group.linkGeneration, "link.generation", Self.generation),
            demand("pcie.width", group.linkWidth, "link.width", Self.width),
            demand("firmware", group.firmware, "firmware") { device, constraint in
                Measure.version(constraint, device.firmware, unless: "nothing that was read tells it; its driver does")
            },
        ] as [DeviceDemand<DeviceFacts>?]).compactMap(\.self) + untold(group)
    }

    private func demand<Value: CustomStringConvertible>(
        _ label: String,
        _ declared: Sourced<Value>?,
        _ fact: String,
        _ test: @escaping (DeviceFacts, Value) -> Outcome
    ) -> DeviceDemand<DeviceFacts>? {
        declared.map { DeviceDemand(label, $0, by: "\(name).\(fact)", test) }
    }

    /// What only the vendor's driver library tells.
    private func untold(_ group: DeviceGroup) -> [DeviceDemand<DeviceFacts>] {
        func mode(_ label: String, _ declared: Sourced<Toggle>?, _ told: @escaping (GPUHealth) -> Bool?)
            -> DeviceDemand<DeviceFacts>?
        {
            demand(label, declared?.map(\.rawValue), "health.\(label)") { device, wanted in
                guard let isEnabled = device.health.flatMap(told) else { return .unknown(Self.library(device)) }
                let found = isEnabled ? "enabled" : "disabled"
                return found == wanted ? .holds : .fails(found: found)
            }
        }
        func number(
            _ label: String,
            _ declared: Sourced<QuantityConstraint>?,
            _ fact: String,
            _ dimension: Dimension,
            _ told: @escaping (GPUHealth) -> Double?
        ) -> DeviceDemand<DeviceFacts>? {
            demand(label, declared, "health.\(fact)") { device, wanted in
                let value = device.health.flatMap(told).map { Quantity($0, dimension) }
                return Measure.quantity(wanted, value, unless: Self.library(device))
            }
        }
        let errors = group.errors
        return
            ([
                demand("nvlink.links", group.nvlinks, "health.activeLinks") { device, wanted in
                    Measure.floor(wanted, device.health?.activeLinks, unless: Self.library(device))
                },
                mode("ecc", group.ecc) { $0.ecc },
                mode("mig", group.mig) { $0.mig },
                mode("persistence", group.persistence) { $0.persistence },
                demand("board", group.board, "health.board") { device, glob in
                    Measure.glob(glob, device.health?.board, unless: Self.library(device))
                },
                number("temperature", group.temperature, "temperature", .temperature) {
                    $0.temperature.map { Double($0) }
                },
                number("thermalMargin", group.thermalMargin, "thermalMargin", .temperature) {
                    $0.thermalMargin.map { Double($0) }
                },
                number("powerLimit", group.powerLimit, "enforcedPowerLimit", .power) {
                    $0.enforcedPowerLimit ?? $0.powerLimit
                },
                number("errors.corrected", errors?.corrected, "correctedErrors", .count) {
                    $0.correctedErrors.map { Double($0) }
                },
                number("errors.uncorrected", errors?.uncorrected, "uncorrectedErrors", .count) {
                    $0.uncorrectedErrors.map { Double($0) }
                },
                number("errors.remappedRows", errors?.remappedRows, "remappedRows", .count) {
                    $0.remappedRows.map { Double($0) }
                },
                number("errors.retiredPages", errors?.retiredPages, "retiredPages", .count) {
                    $0.retiredPages.map { Double($0) }
                },
                number("errors.replays", errors?.replays, "replays", .count) { $0.replays.map { Double($0) } },
            ] as [DeviceDemand<DeviceFacts>?]).compactMap(\.self)
    }

    private static func library(_ device: DeviceFacts) -> String {
        if device.health != nil { return "the driver's library does not tell it of this device" }
        return switch device.vendor {
        case "NVIDIA": "the kernel does not tell it; NVIDIA's driver library does"
        case let vendor?: "the kernel does not tell it; \(vendor)'s driver library does"
        case nil: "the kernel does not tell it; the vendor's driver library does"
        }
    }

    private static func model(_ device: DeviceFacts, _ glob: Glob) -> Outcome {
        guard let model = device.model else {
            return .unknown("the driver does not name it, and \(device.identity ?? "it") is in no table of ours")
        }
        if glob.matches(model) { return .holds }
        return .fails(found: model, note: device.modelNamedBy == .pciTable ? "named by its PCI identity" : nil)
    }

    private static func generation(_ device: DeviceFacts, _ constraint: QuantityConstraint) -> Outcome {
        let outcome = Measure.floor(constraint, device.link.generation, unless: "its link tells no speed")
        guard case .fails(let found, _) = outcome else { return outcome }
        let link = device.link
        var note: String?
        if let port = link.limitingPort, let limit = link.limitingGeneration, limit == link.generation,
            limit < link.maximumGeneration ?? 0
        {
            note = "the port \(port) above it goes no higher"
        } else if let most = link.maximumGeneration, Measure.floor(constraint, most, unless: "") == .holds {
            note = "it could do \(most): an idle device may lower its speed, a loaded one that stays there is degraded"
        }
        return .fails(found: found, note: note)
    }

    private static func width(_ device: DeviceFacts, _ constraint: QuantityConstraint) -> Outcome {
        let outcome = Measure.floor(constraint, device.link.width, unless: "its link tells no width")
        guard case .fails(let found, _) = outcome else { return outcome }
        let link = device.link
        if let port = link.limitingPort, let limit = link.limitingWidth, limit == link.width {
            return .fails(found: found, note: "the port \(port) above it has no more lanes")
        }
        return .fails(found: found, note: link.maximumWidth.map { "it could do \($0)" })
    }
}
