package import Basics
package import NodeAccess
package import Reconciling

/// A systemd unit: whether it starts at boot, whether it may start at all, whether it runs.
package struct ServiceResource: NotifiableResource {
    package struct State: ResourceState {
        /// `yes`, `no`, `static`, or `no such unit`.
        package var enabled: String?
        package var masked: String?
        /// `yes`, `no`, or `failed`.
        package var running: String?
        package var runningReason: String?

        package var attributes: [StateAttribute] {
            var list: [StateAttribute] = []
            if let masked { list.append(StateAttribute("masked", masked)) }
            if let enabled { list.append(StateAttribute("enabled", enabled)) }
            if let running { list.append(StateAttribute("running", running)) }
            if let runningReason { list.append(.notApplicable("running", because: runningReason)) }
            return list
        }
    }

    /// The unit, with its suffix: `chrony.service`.
    package let unit: String
    package let declaration: Declaration
    package let desired: State?
    /// All units of the run, so that systemd is asked once.
    package let allUnits: [String]

    package init(
        _ unit: String,
        enabled: Bool?,
        running: Bool?,
        masked: Bool? = nil,
        among allUnits: [String],
        _ declaration: Declaration
    ) {
        self.unit = ServiceResource.fullName(unit)
        self.declaration = declaration
        self.allUnits = allUnits.map(ServiceResource.fullName)
        desired = State(
            enabled: enabled.map { $0 ? "yes" : "no" },
            // What is to run or to be enabled must not be masked.
            masked: masked.map { $0 ? "yes" : "no" } ?? (enabled == true || running == true ? "no" : nil),
            running: running.map { $0 ? "yes" : "no" }
        )
    }

    package var id: ResourceID { ResourceID("service", unit) }
    package var origin: SourceRange { declaration.origin }
    package var prerequisites: Set<ResourceID> { declaration.after }
    package var notifies: [ResourceID] { declaration.notifies }
    package var tier: Tier { .services }
    package var convergenceGroup: ConvergenceGroup? { ConvergenceGroup("services") }

    package static func fullName(_ unit: String) -> String {
        unit.contains(".") ? unit : unit + ".service"
    }

    // MARK: Observing

    package func observe(_ view: NodeView) async throws(ResourceError) -> State? {
        let units = try UnitFiles.of(view)
        var state = try ResourceError.files { () throws(FileError) in
            State(
                enabled: try units.enablement(unit, view.files).rawValue,
                masked: try units.isMasked(unit, view.files) ? "yes" : "no"
            )
        }
        // Whether a unit that is static is enabled is for others to say.
        if state.enabled == UnitFiles.Enablement.isStatic.rawValue, desired?.enabled == "no" { state.enabled = "no" }
        guard view.node.isRunning else {
            state.runningReason = "the tree is not running"
            return state
        }
        if desired?.running != nil {
            state.running = try await activity(view)[unit] ?? "no"
        }
        return state
    }

    private func activity(_ view: NodeView) async throws(ResourceError) -> [String: String] {
        let (commands, names) = (view.node.commands, allUnits)
        return try await view.shared.once("unit activity") { () async throws(ResourceError) in
            let result = try await ResourceError.commands { () throws(CommandError) in
                try await commands.run(
                    Command("systemctl", ["show", "--property=Id,Names,ActiveState", "--"] + names, timeout: 60)
                )
            }
            guard result.succeeded else {
                throw .refused(
                    5058,
                    "systemd does not answer: \(result.complaint)",
                    hints: ["is systemd the node's init? In a container without it leave `running` out"]
                )
            }
            return ServiceResource.parseActivity(result.output.lossyText)
        }
    }

    /// `systemctl show` prints `name=value` lines, an empty line between units.
    static func parseActivity(_ text: String) -> [String: String] {
        var activity: [String: String] = [:]
        var names: [String] = []
        var state = ""
        func close() {
            for name in names { activity[name] = state }
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty {
                close()
                names = []
                state = ""
            } else if line.hasPrefix("Id=") {
                names.append(String(line.dropFirst(3)))
            } else if line.hasPrefix("Names=") {
                names += line.dropFirst(6).split(separator: " ").map(String.init)
            } else if line.hasPrefix("ActiveState=") {
                switch line.dropFirst(12) {
                case "active", "reloading", "activating": state = "yes"
                case "failed": state = "failed"
                default: state = "no"
                }
            }
        }
        close()
        return activity
    }

    package func isMet(_ desired: StateAttribute, by observed: StateAttribute) -> Bool {
        // A unit that failed does not run, which is all that `running: false` asks for.
        if desired.name == "running", desired.value == "no" { return observed.value != "yes" }
        // What is not there does not start.
        if desired.name == "enabled", desired.value == "no" {
            return observed.value == "no" || observed.value == UnitFiles.Enablement.isMissing.rawValue
        }
        return desired.value == observed.value
    }

    package func isProvisional(_ observed: StateAttribute) -> Bool {
        observed.name == "enabled" && observed.value == UnitFiles.Enablement.isMissing.rawValue
    }

    // MARK: Converging

    package func converge(_ view: NodeView, from observed: State?) async throws(ResourceError) {
        guard let desired, let observed else { return }
        if observed.enabled == UnitFiles.Enablement.isMissing.rawValue,
            desired.enabled == "yes" || desired.running == "yes"
        {
            throw .refused(
                5059,
                "the node has no unit `\(unit)`",
                hints: ["declare the package or the file that brings it, or check the name"]
            )
        }
        if observed.enabled == UnitFiles.Enablement.isStatic.rawValue, desired.enabled == "yes" {
            throw .refused(
                5059,
                "`\(unit)` has no `[Install]` section, so it cannot be enabled",
                hints: ["leave `enabled` out: other units pull it in"]
            )
        }
        if view.node.isRunning { try await systemctl(["daemon-reload"], view) }
        if desired.masked == "no", observed.masked == "yes" { try await systemctl(["unmask", unit], view) }
        if let enabled = desired.enabled, enabled != observed.enabled {
            try await systemctl([enabled == "yes" ? "enable" : "disable", unit], view)
        }
        if view.node.isRunning, let running = desired.running, running != observed.running {
            try await systemctl([running == "yes" ? "start" : "stop", unit], view)
        }
        if desired.masked == "yes", observed.masked != "yes" { try await systemctl(["mask", unit], view) }
    }

    private func systemctl(_ arguments: [String], _ view: NodeView) async throws(ResourceError) {
        var command = Command("systemctl", ["--quiet", "--no-ask-password"] + arguments, timeout: 300)
        // Without it systemctl guesses from /proc whether it is in a chroot.
        if !view.node.isRunning { command.environment["SYSTEMD_OFFLINE"] = "1" }
        do {
            try await view.node.commands.check(command)
        } catch {
            guard case .failed(_, let result) = error else { throw .command(error) }
            throw .refused(
                5060,
                "`systemctl \(arguments.joined(separator: " "))` failed: \(result.complaint)",
                hints: view.node.isRunning ? ["`journalctl -u \(unit)` says more"] : []
            )
        }
    }

    // MARK: Being told

    package func listens(on node: Node) -> Bool { node.isRunning }

    package func answers(with changes: [Plan.Change]) -> Bool {
        changes.contains { $0.attribute == "running" && $0.new == "yes" }
    }

    package func receiveNotification(_ view: NodeView) async throws(ResourceError) {
        try await systemctl(["daemon-reload"], view)
        // A unit that is not declared to run is restarted only if it does.
        try await systemctl([desired?.running == "yes" ? "restart" : "try-restart", unit], view)
    }
}
