import Conformance
import Testing

struct AssignmentTests {
    @Test("where the first group could take the only device of the second")
    func overlap() {
        var assignment = Assignment(groups: 2, devices: 2)
        let candidates = [[0, 1], [0]]
        assignment.fill(0, upTo: 1, candidates: candidates)
        assignment.fill(1, upTo: 1, candidates: candidates)
        #expect(assignment.groupOfDevice == [1, 0])
        #expect(assignment.filled == [1, 1])
    }

    @Test("a chain of groups moves along by one")
    func chain() {
        let count = 200
        var assignment = Assignment(groups: count, devices: count)
        // Group i may have devices i and i + 1; the last group, device 0 alone: everyone must move.
        let candidates = (0..<count).map { $0 == count - 1 ? [0] : [$0, $0 + 1] }
        for group in 0..<count { assignment.fill(group, upTo: 1, candidates: candidates) }
        #expect(assignment.filled.allSatisfy { $0 == 1 })
        #expect(assignment.groupOfDevice[0] == count - 1)
    }

    @Test("no assignment fills more places, by trying all of them", arguments: 0..<300)
    func best(_ seed: Int) {
        var random = Seeded(UInt64(seed))
        let (groups, devices) = (Int.random(in: 1...4, using: &random), Int.random(in: 0...6, using: &random))
        let capacities = (0..<groups).map { _ in Int.random(in: 0...3, using: &random) }
        let candidates = (0..<groups).map { _ in (0..<devices).filter { _ in Bool.random(using: &random) } }
        var assignment = Assignment(groups: groups, devices: devices)
        for group in 0..<groups {
            let before = assignment.filled
            assignment.fill(group, upTo: capacities[group], candidates: candidates)
            #expect(zip(before, assignment.filled).allSatisfy { $0 <= $1 })
        }
        for (device, group) in assignment.groupOfDevice.enumerated() {
            if let group { #expect(candidates[group].contains(device)) }
        }
        for group in 0..<groups {
            #expect(assignment.groupOfDevice.count { $0 == group } == assignment.filled[group])
            #expect(assignment.filled[group] <= capacities[group])
        }
        #expect(assignment.filled.reduce(0, +) == most(capacities, candidates, devices))
    }

    private func most(_ capacities: [Int], _ candidates: [[Int]], _ devices: Int) -> Int {
        func from(_ device: Int, _ left: [Int]) -> Int {
            guard device < devices else { return 0 }
            var best = from(device + 1, left)
            for group in left.indices where left[group] > 0 && candidates[group].contains(device) {
                var rest = left
                rest[group] -= 1
                best = max(best, 1 + from(device + 1, rest))
            }
            return best
        }
        return from(0, capacities)
    }
}

/// The same numbers in every run.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
