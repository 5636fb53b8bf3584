/// The running kernel and how it was told to behave.
package struct KernelFacts: Codable, Equatable, Sendable {
    /// The whole of `uname -r`: `5.15.0-91-generic`.
    package var release: String?
    /// Its numbers: `5.15.0`.
    package var version: String?
    /// The words of the kernel's command line.
    package var commandLine: [String]?
    /// Loaded modules, sorted; built-in ones are not among them.
    package var modules: [String]?
    /// Versions of loaded or built-in modules that tell one.
    package var moduleVersions: [String: String]?
    /// Settings that matter to this trade, by their names in sysctl(8).
    package var sysctl: [String: String]?
    /// The word in brackets of `/sys/kernel/mm/transparent_hugepage/enabled`.
    package var transparentHugePages: String?
    /// What its log says of trouble; nil where the log cannot be read.
    package var events: [KernelEventFacts]?

    package init() {}
}
