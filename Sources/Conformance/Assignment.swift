/// Which device serves which group: a maximum flow from groups with capacities to devices of capacity one.
///
/// It grows by augmenting paths: a device may be taken from a group only when that group gets another one, so what is
/// filled stays filled, and no assignment fills more places.
package struct Assignment: Equatable {
    /// The group of each device, nil where it serves none.
    package private(set) var groupOfDevice: [Int?]
    /// How many devices each group has.
    package private(set) var filled: [Int]

    package init(groups: Int, devices: Int) {
        groupOfDevice = Array(repeating: nil, count: devices)
        filled = Array(repeating: 0, count: groups)
    }

    /// Gives `group` devices until it has `capacity` or no more can be had; `candidates` are, for each group, the devices
    /// that may serve it.
    package mutating func fill(_ group: Int, upTo capacity: Int, candidates: [[Int]]) {
        while filled[group] < capacity, augment(group, candidates) {}
    }

    private mutating func augment(_ start: Int, _ candidates: [[Int]]) -> Bool {
        // Breadth first: how each device and each group was reached.
        var viaGroup: [Int?] = Array(repeating: nil, count: groupOfDevice.count)
        var viaDevice: [Int?] = Array(repeating: nil, count: filled.count)
        var isReached = Array(repeating: false, count: filled.count)
        isReached[start] = true
        var queue = [start]
        var next = 0
        while next < queue.count {
            let group = queue[next]
            next += 1
            for device in candidates[group] where viaGroup[device] == nil {
                viaGroup[device] = group
                guard let holder = groupOfDevice[device] else {
                    take(device, start, viaGroup, viaDevice)
                    return true
                }
                if !isReached[holder] {
                    isReached[holder] = true
                    viaDevice[holder] = device
                    queue.append(holder)
                }
            }
        }
        return false
    }

    /// Walks the path back: each group on it takes the device that it reached and gives up the one it was reached by.
    private mutating func take(_ free: Int, _ start: Int, _ viaGroup: [Int?], _ viaDevice: [Int?]) {
        var device = free
        while let group = viaGroup[device] {
            groupOfDevice[device] = group
            guard group != start, let previous = viaDevice[group] else { break }
            device = previous
        }
        filled[start] += 1
    }
}
