package import Reconciling

/// A setting of the kernel that counts at every boot, and now where the node is running.
package struct PersistedSetting: ResourceState {
    /// In the file that is read at boot.
    package var persisted: String?
    /// In the running kernel.
    package var live: String?
    /// Why that cannot be told.
    package var liveReason: String?

    package init(persisted: String? = nil, live: String? = nil, liveReason: String? = nil) {
        self.persisted = persisted
        self.live = live
        self.liveReason = liveReason
    }

    package var attributes: [StateAttribute] {
        var list: [StateAttribute] = []
        if let persisted { list.append(StateAttribute("at boot", persisted)) }
        if let live { list.append(StateAttribute("now", live)) }
        if let liveReason { list.append(.notApplicable("now", because: liveReason)) }
        return list
    }
}
