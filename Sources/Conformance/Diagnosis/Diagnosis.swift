package import Inventory

/// A symptom that facts show, its likely cause, and what to do about it.
package struct Diagnosis: Codable, Hashable, Sendable {
    /// Stable, for machines: `power-brake`.
    package var rule: String
    /// What is seen.
    package var symptom: String
    /// Where: bus addresses, ports, so that someone can walk to the machine.
    package var places: [String]
    package var cause: String
    /// What to do; what only shows more is named as such.
    package var remedy: String
    /// Where this is known from.
    package var source: String

    package init(
        _ rule: String,
        _ symptom: String,
        at places: [String],
        cause: String,
        remedy: String,
        source: String
    ) {
        self.rule = rule
        self.symptom = symptom
        self.places = places
        self.cause = cause
        self.remedy = remedy
        self.source = source
    }
}

/// Finds one kind of trouble. What is unknown is no trouble.
protocol DiagnosisRule: SendableMetatype {
    static func diagnose(_ facts: Facts) -> Diagnosis?
}

/// What ails a node, by its facts alone: no blueprint is needed.
package enum Diagnoses {
    /// In the order of the report. A new rule is one line here.
    private static let rules: [any DiagnosisRule.Type] = [
        LostGPU.self, DriverMismatch.self, NouveauBound.self, NoDriver.self, ExcludedGPUs.self, XidErrors.self,
        PowerBrake.self, ThermalSlowdown.self, MemoryErrors.self, FabricIncomplete.self, FabricManagerMismatch.self,
        NoFabricManager.self, UnlikeBoards.self, NarrowLink.self, UnevenLinks.self, BusErrors.self, PortDown.self,
        FlappingLinks.self, UnevenPorts.self, NoPeerMemory.self, UnregisteredPeerMemory.self, TranslatedTransfers.self,
        RedirectingPorts.self, AcceleratorAlarm.self, DriveNotLive.self, AgedDrives.self, MachineChecks.self,
        ClockDrift.self,
    ]

    /// How many rules there are.
    package static var count: Int { rules.count }

    package static func of(_ facts: Facts) -> [Diagnosis] { rules.compactMap { $0.diagnose(facts) } }
}

extension Facts {
    /// GPUs of NVIDIA's that are no slices of others.
    var nvidiaGPUs: [DeviceFacts] { (gpus ?? []).filter { $0.vendor == "NVIDIA" && $0.physicalFunction == nil } }
}
