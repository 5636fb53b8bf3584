package import Basics
package import NodeAccess

/// Something on a node with a declared state, an observed state, and a way from one to the other.
///
/// `observe` reads only. `converge` may be repeated after a crash at any point of it and then arrives all the same.
package protocol Resource<State>: Sendable {
    associatedtype State: ResourceState

    var id: ResourceID { get }
    /// Where it is declared.
    var origin: SourceRange { get }
    /// nil: it must not be there.
    var desired: State? { get }

    /// What must be done before, as declared with `after`.
    var prerequisites: Set<ResourceID> { get }
    /// Who is told when this has changed.
    var notifies: [ResourceID] { get }
    /// Paths that are this resource's alone. What stands below one of them comes after it.
    var claims: [NodePath] { get }
    /// What others may wait for by name, such as a user that owns files.
    var provides: [Trait] { get }
    /// What it waits for, where some resource provides it.
    var requires: [Trait] { get }
    /// Its place in the order where nothing else decides.
    var tier: Tier { get }
    /// Set where several converge in one go.
    var convergenceGroup: ConvergenceGroup? { get }
    /// Directories where it makes temporary names.
    var workplaces: [NodePath] { get }

    func observe(_ view: NodeView) async throws(ResourceError) -> State?
    /// Whether what was observed satisfies what is declared: equality, unless the kind knows better.
    func isMet(_ desired: StateAttribute, by observed: StateAttribute) -> Bool
    /// The text that an attribute of the declared state stands for, where the state does not carry it: asked for
    /// where it differs.
    func longText(of attribute: String) -> String?
    /// Whether what was observed holds only as long as something else has not come: no such unit, before its package.
    func isProvisional(_ observed: StateAttribute) -> Bool
    /// Whether these changes count only after a reboot.
    func needsReboot(for changes: [Plan.Change]) -> Bool
    /// The bytes that converging would destroy, for the journal to keep; nil where there are none or too many.
    func formerContent(_ view: NodeView, observed: State?) throws(ResourceError) -> [UInt8]?

    func converge(_ view: NodeView, from observed: State?) async throws(ResourceError)
    /// Converges the ready members of a group.
    /// - Returns: what failed, member by member.
    static func convergeTogether(_ members: [Convergence<Self>], _ view: NodeView) async -> [ResourceError?]
}

/// A resource with the state that it is to be brought from.
package struct Convergence<Member: Resource>: Sendable {
    package var resource: Member
    package var observed: Member.State?

    package init(_ resource: Member, from observed: Member.State?) {
        self.resource = resource
        self.observed = observed
    }
}

/// Something that a resource gives and others need: `user` `operator`.
package struct Trait: Hashable, Sendable, Codable, CustomStringConvertible {
    package var kind: String
    package var name: String

    package init(_ kind: String, _ name: String) {
        self.kind = kind
        self.name = name
    }

    package var description: String { "\(kind) \(name)" }
}

/// The order between resources that do not name each other. It orders only: a failure in one tier does not stop the next.
package enum Tier: Int, Sendable, Codable, Comparable {
    /// What packages need before they come: keys, sources.
    case sources = 10
    case packages = 20
    /// Accounts, files, modules: most things.
    case things = 30
    /// What needs the things in place: live kernel settings.
    case settings = 40
    case services = 50

    package static func < (left: Tier, right: Tier) -> Bool { left.rawValue < right.rawValue }
}

/// Resources with the same group name converge in one call.
package struct ConvergenceGroup: Hashable, Sendable {
    package var name: String
    /// Whether the group waits until nothing else of its tier is ready, so that it is one transaction.
    package var gathersAll: Bool

    package init(_ name: String, gathersAll: Bool = false) {
        self.name = name
        self.gathersAll = gathersAll
    }
}

/// A resource that can be told that something it depends on has changed.
package protocol NotifiableResource: Resource {
    /// Whether being told means anything on this node.
    func listens(on node: Node) -> Bool
    /// Whether converging these changes has already done what the notification asks for.
    func answers(with changes: [Plan.Change]) -> Bool
    func receiveNotification(_ view: NodeView) async throws(ResourceError)
}

extension Resource {
    package var prerequisites: Set<ResourceID> { [] }
    package var notifies: [ResourceID] { [] }
    package var claims: [NodePath] { [] }
    package var provides: [Trait] { [] }
    package var requires: [Trait] { [] }
    package var tier: Tier { .things }
    package var convergenceGroup: ConvergenceGroup? { nil }
    package var workplaces: [NodePath] { [] }

    package func isMet(_ desired: StateAttribute, by observed: StateAttribute) -> Bool {
        desired.value == observed.value
    }

    package func longText(of attribute: String) -> String? { nil }

    package func isProvisional(_ observed: StateAttribute) -> Bool { false }

    package func needsReboot(for changes: [Plan.Change]) -> Bool { false }

    package func formerContent(_ view: NodeView, observed: State?) throws(ResourceError) -> [UInt8]? { nil }

    package static func convergeTogether(
        _ members: [Convergence<Self>],
        _ view: NodeView
    ) async -> [ResourceError?] {
        var failures: [ResourceError?] = []
        for member in members {
            do {
                try await member.resource.converge(view, from: member.observed)
                failures.append(nil)
            } catch {
                failures.append(error)
            }
        }
        return failures
    }
}
