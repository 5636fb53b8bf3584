import Basics
import Blueprints
import Inventory

/// A device of any kind, as far as where it stands matters.
struct LocatedDevice {
    /// As people find it.
    var name: String
    var address: String?
    var numaNode: Int?
    /// Whether it is what was asked for, as far as all of that is known.
    var isCertain: Bool

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
            devices.map { device, isCertain in
                LocatedDevice(
                    name: device.place,
                    address: device.address,
                    numaNode: device.numaNode,
                    isCertain: isCertain
                )
            }
        }
    }

    private static func ports(_ groups: [NetworkGroup], _ facts: Facts) -> [LocatedDevice]? {
        guard facts.interfaces != nil || facts.rdmaPorts != nil else { return nil }
        return asked(NetworkPort.all(facts), NetworkRule.requests(groups, facts)).map { ports in
            ports.map { port, isCertain in
                LocatedDevice(name: port.place, address: port.address, numaNode: port.numaNode, isCertain: isCertain)
            }
        }
    }

    private static func drives(_ groups: [DriveGroup], _ facts: Facts) -> [LocatedDevice]? {
        asked(facts.nvme?.filter(\.isLocal), DriveRule.requests(groups, facts)).map { drives in
            drives.map { drive, isCertain in
                LocatedDevice(
                    name: DriveRule.name(drive),
                    address: drive.controllers.first?.address,
                    numaNode: drive.controllers.first?.numaNode,
                    isCertain: isCertain
                )
            }
        }
    }

    /// What a device is, not how it fares: one whose link is slow or down still stands where it stands.
    private static let identifying: Set<String> = [
        "vendor", "model", "pci", "subsystem", "board", "psid", "link", "capacity",
    ]

    /// Those that are, or may be, what at least one request asks for. Where enough devices meet all of a request, a spare one
    /// that meets a part of it is none of them.
    private static func asked<Device>(_ devices: [Device]?, _ requests: [DeviceRequest<Device>]) -> [(Device, Bool)]? {
        guard let devices, !requests.isEmpty else { return devices?.map { ($0, true) } }
        var certainty: [Int: Bool] = [:]
        for request in requests {
            let outcomes = devices.map { device in request.demands.map { ($0.name, $0.test(device)) } }
            let serving = devices.indices.filter { outcomes[$0].allSatisfy { $0.1 == .holds } }
            let isServed = !serving.isEmpty && serving.count >= request.least(devices.count)
            for index in devices.indices {
                let told = isServed ? outcomes[index] : outcomes[index].filter { identifying.contains($0.0) }
                if told.allSatisfy({ $0.1 == .holds }) {
                    certainty[index] = true
                } else if !told.contains(where: { $0.1.isFailure }), certainty[index] == nil {
                    certainty[index] = false
                }
            }
        }
        return devices.indices.compactMap { index in certainty[index].map { (devices[index], $0) } }
    }
}
