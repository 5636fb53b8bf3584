import Basics
import Blueprints

/// One constraint of a group of devices.
struct DeviceDemand<Device> {
    /// As the blueprint spells it: `pcie.generation`.
    var name: String
    var expectation: String
    var origin: SourceRange
    /// The fact that it is judged by, as the catalogue names it: `gpus.link.generation`.
    var fact: String?
    var test: (Device) -> Outcome

    init<Value: CustomStringConvertible>(
        _ name: String,
        _ declared: Sourced<Value>,
        by fact: String? = nil,
        _ test: @escaping (Device, Value) -> Outcome
    ) {
        self.name = name
        expectation = declared.value.description
        origin = declared.range
        self.fact = fact
        self.test = { test($0, declared.value) }
    }
}

/// A group of the bill of materials: so many devices that are such.
struct DeviceRequest<Device> {
    /// `hardware.gpus[0]`, and `gpus` for people.
    var id: String
    var subject: String
    /// What one device is called: `GPU`.
    var noun: String
    var count: Sourced<QuantityConstraint>?
    var demands: [DeviceDemand<Device>]
    var weight: Severity
    var origin: SourceRange
    /// The fact that tells that such devices are there.
    var existence: String?
    /// Why devices of this group may be missing from the facts; nil where the facts are whole.
    var blindSpot: String?

    /// The least that must be there: where the constraint begins to hold.
    func least(_ available: Int) -> Int {
        guard let count = count?.value else { return 1 }
        var least = 0.0
        for clause in count.clauses {
            switch clause.comparison {
            case .equal, .greaterOrEqual: least = max(least, clause.operand.value.rounded(.up))
            case .greater: least = max(least, clause.operand.value.rounded(.down) + 1)
            default: break
            }
        }
        // One more than there is stands for every larger number.
        return Int(min(max(least, 0), Double(available + 1)))
    }

    /// The most that the group takes, where it may take more than the least.
    func most(_ available: Int) -> Int {
        guard let count = count?.value, count.plainNumber == nil else { return least(available) }
        var most = Double(available)
        for clause in count.clauses {
            switch clause.comparison {
            case .equal, .lessOrEqual: most = min(most, clause.operand.value.rounded(.down))
            case .less: most = min(most, clause.operand.value.rounded(.up) - 1)
            default: break
            }
        }
        return Int(max(most, 0))
    }

    /// Whether devices that serve the group beyond its number are no mistake.
    var allowsMore: Bool {
        guard let number = count.map({ $0.value.plainNumber }) ?? 1 else { return false }
        return number != 0
    }

    func expectation(without apart: Set<Int>) -> String {
        let told = demands.enumerated().filter { !apart.contains($0.offset) }
            .map { "\($0.element.name) \($0.element.expectation)" }
        let number = count?.value.spelling ?? "1"
        return "\(number) × \(noun)" + (told.isEmpty ? "" : " with \(told.joined(separator: ", "))")
    }
}
