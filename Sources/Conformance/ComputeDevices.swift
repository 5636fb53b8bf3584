import Basics
import Blueprints
import Inventory

/// GPUs or other accelerators against their groups.
struct ComputeDevices {
    /// The key in the blueprint: `gpus`.
    let name: String
    let noun: String
    let groups: [DeviceGroup]
    let devices: [DeviceFacts]?

    func judge() -> [Finding] {
        let requests = groups.enumerated().map { index, group in
            DeviceRequest<DeviceFacts>(
                id: "hardware.\(name)[\(index)]",
                subject: groups.count > 1 ? "\(name)[\(index)]" : name,
                noun: noun,
                count: group.count,
                demands: demands(of: group),
                isOptional: group.isOptional,
                origin: group.range
            )
        }
        guard let devices else {
            return GroupJudge.blind(requests, "`/sys/bus/pci/devices` is missing: the PCI bus cannot be seen")
        }
        return GroupJudge(
            requests: requests,
            devices: devices.filter { $0.physicalFunction == nil },
            name: \.address,
            traits: { device in
                [
                    ("model", device.model), ("subsystem", device.subsystem),
                    ("firmware of \(device.identity)", device.firmware), ("board part number", device.health?.board),
                ]
            }
        ).judge()
    }

    private func demands(of group: DeviceGroup) -> [DeviceDemand<DeviceFacts>] {
        var demands: [DeviceDemand<DeviceFacts>] = []
        if let vendor = group.vendor {
            demands.append(
                DeviceDemand("vendor", vendor) { device, glob in
                    Measure.glob(glob, device.vendor, unless: "\(device.identity) is in no table of ours")
                }
            )
        }
        if let model = group.model {
            demands.append(DeviceDemand("model", model, Self.model))
        }
        if let pci = group.pci {
            demands.append(
                DeviceDemand("pci", pci) { device, expected in
                    device.identity == expected ? .holds : .fails(found: device.identity)
                }
            )
        }
        if let driver = group.driver {
            demands.append(
                DeviceDemand("driver", driver) { device, expected in
                    device.driver == expected ? .holds : .fails(found: device.driver ?? "none bound")
                }
            )
        }
        if let memory = group.memory {
            demands.append(
                DeviceDemand("memory", memory) { device, constraint in
                    Measure.quantity(constraint, device.memory, .bytes, unless: Self.library(device))
                }
            )
        }
        if let generation = group.linkGeneration {
            demands.append(DeviceDemand("pcie.generation", generation, Self.generation))
        }
        if let width = group.linkWidth {
            demands.append(DeviceDemand("pcie.width", width, Self.width))
        }
        return demands + untold(group)
    }

    /// What only the vendor's driver library tells.
    private func untold(_ group: DeviceGroup) -> [DeviceDemand<DeviceFacts>] {
        func mode(_ name: String, _ declared: Sourced<Toggle>?, _ told: @escaping @Sendable (GPUHealth) -> Bool?)
            -> DeviceDemand<DeviceFacts>?
        {
            declared?.map(\.rawValue).demand(name) { device, wanted in
                guard let isEnabled = device.health.flatMap(told) else { return .unknown(Self.library(device)) }
                let found = isEnabled ? "enabled" : "disabled"
                return found == wanted ? .holds : .fails(found: found)
            }
        }
        return [
            group.nvlinks?.demand("nvlink.links") { device, wanted in
                Measure.floor(wanted, device.health?.activeLinks, unless: Self.library(device))
            },
            mode("ecc", group.ecc) { $0.ecc },
            mode("mig", group.mig) { $0.mig },
            group.temperature?.demand("temperature") { device, wanted in
                Measure.quantity(
                    wanted,
                    device.health?.temperature.map { Int64($0) },
                    .temperature,
                    unless: Self.library(device)
                )
            },
        ].compactMap(\.self)
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
            return .unknown("the driver does not name it, and \(device.identity) is in no table of ours")
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

extension Sourced where Value: CustomStringConvertible & Sendable {
    fileprivate func demand(
        _ name: String,
        _ judge: @escaping @Sendable (DeviceFacts, Value) -> Outcome
    ) -> DeviceDemand<DeviceFacts> {
        DeviceDemand(name, self, judge)
    }
}
