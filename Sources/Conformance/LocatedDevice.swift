import Basics
import Blueprints
import Inventory

/// A device of any kind, as far as where it stands matters.
struct LocatedDevice {
    /// As people find it.
    var name: String
    var address: String?
    var numaNode: Int?

    /// The devices that a word of `topology` means: those that a group of that name asks for; of a kind all that one of its
    /// groups asks for, or where it has no group, all there are.
    /// - Returns: nil where devices of that kind cannot be seen.
    static func all(_ word: String, _ hardware: Hardware, _ facts: Facts) -> [LocatedDevice]? {
        switch word {
        case "gpus": return computing("gpus", hardware.gpus, facts.gpus, facts)
        case "accelerators": return computing("accelerators", hardware.accelerators, facts.accelerators, facts)
        case "nics": return ports(hardware.nics, facts)
        case "nvme": return drives(hardware.nvme, facts)
        default: break
        }
        if let group = hardware.gpus.first(where: { $0.name?.value == word }) {
            return computing("gpus", [group], facts.gpus, facts)
        }
        if let group = hardware.accelerators.first(where: { $0.name?.value == word }) {
            return computing("accelerators", [group], facts.accelerators, facts)
        }
        if let group = hardware.nics.first(where: { $0.name?.value == word }) { return ports([group], facts) }
        if let group = hardware.nvme.first(where: { $0.name?.value == word }) { return drives([group], facts) }
        return []
    }

    private static func computing(_ kind: String, _ groups: [DeviceGroup], _ devices: [DeviceFacts]?, _ facts: Facts)
        -> [LocatedDevice]?
    {
        let requests = ComputeDevices(name: kind, noun: "", groups: groups, devices: devices, facts: facts).requests
        return asked(devices?.filter { $0.physicalFunction == nil }, requests).map { devices in
            devices.map { device in
                LocatedDevice(
                    name: device.place,
                    address: device.address,
                    numaNode: device.numaNode
                )
            }
        }
    }

    private static func ports(_ groups: [NetworkGroup], _ facts: Facts) -> [LocatedDevice]? {
        guard facts.interfaces != nil || facts.rdmaPorts != nil else { return nil }
        return asked(NetworkPort.all(facts), NetworkRule.requests(groups, facts)).map { ports in
            ports.map { LocatedDevice(name: $0.place, address: $0.address, numaNode: $0.numaNode) }
        }
    }

    private static func drives(_ groups: [DriveGroup], _ facts: Facts) -> [LocatedDevice]? {
        asked(facts.nvme.map { DriveRule.local($0) }, DriveRule.requests(groups)).map { drives in
            drives.map { drive in
                LocatedDevice(
                    name: DriveRule.name(drive),
                    address: drive.controllers.first?.address,
                    numaNode: drive.controllers.first?.numaNode
                )
            }
        }
    }

    /// What a device is, not how it fares: one whose link is slow or down still stands where it stands.
    private static let identifying: Set<String> = [
        "vendor", "model", "pci", "subsystem", "board", "psid", "link", "capacity",
    ]

    /// Those that are what at least one request asks for.
    private static func asked<Device>(_ devices: [Device]?, _ requests: [DeviceRequest<Device>]) -> [Device]? {
        guard !requests.isEmpty else { return devices }
        return devices?.filter { device in
            requests.contains { request in
                request.demands.allSatisfy { !identifying.contains($0.name) || !$0.test(device).isFailure }
            }
        }
    }
}
