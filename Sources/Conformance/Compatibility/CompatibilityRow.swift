package import Basics

/// One thing that is known about what works together, with the day and the place that it is known from.
package struct CompatibilityRow: Sendable {
    package var name: String
    /// `YEAR-MONTH-DAY`: when somebody last looked.
    package var date: String
    package var source: String
    /// By subject; the row counts where all of them are stated and hold.
    package var when: [String: VersionConstraint]
    package var needs: (subject: String, constraint: VersionConstraint)
    /// Whether what is needed must be stated.
    package var mustBeStated: Bool
    /// Whether it counts for public wheels only, not for what somebody built for himself.
    package var ofPublicBuilds: Bool
    package var isError: Bool
    package var reason: String

    /// What rows can be about.
    package static let subjects = [
        "driver", "fabricManager", "cuda", "nccl", "torch", "tensorflow", "gpu", "kernel", "os", "python", "engine",
        "kubernetes", "containerToolkit", "cxl", "ascendDriver", "cann",
    ]
}
