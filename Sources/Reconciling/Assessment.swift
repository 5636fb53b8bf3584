package import Basics
import NodeAccess
import Signing

/// What one look at a resource gives.
package struct Assessment: Sendable {
    package enum Verdict: Sendable {
        case asDeclared
        case differs(Plan.Action, [Plan.Change])
        case unobservable(Diagnostic)
    }

    package var verdict: Verdict
    package var observed: (any ResourceState)?
    package var notes: [Plan.Note]
    /// What is as declared only because something is not there yet: a package may bring it, and with it another answer.
    package var provisional: [Plan.Change] = []
    /// What the fingerprint must not be made of: whoever can try out what is short would find it.
    var secrets = Secrets()

    /// What was observed, in short.
    package var fingerprint: Digest {
        guard let observed else { return Digest(of: "absent") }
        var hasher = Hasher256()
        for attribute in observed.attributes where attribute.notApplicable == nil {
            hasher.update(Array(attribute.name.utf8) + [0] + Array(secrets.redact(attribute.value).utf8) + [0])
        }
        return hasher.finish()
    }

    package var changes: [Plan.Change] {
        guard case .differs(_, let changes) = verdict else { return [] }
        return changes
    }
}

extension Resource {
    /// Observes and compares.
    package func assess(_ view: NodeView) async -> Assessment {
        let observed: State?
        do {
            observed = try await observe(view)
        } catch {
            return Assessment(verdict: .unobservable(error.diagnostic), notes: [])
        }
        guard let desired else {
            guard let observed else { return Assessment(verdict: .asDeclared, notes: []) }
            let changes = observed.attributes.filter { $0.notApplicable == nil }.map {
                Plan.Change($0.name, old: $0.value, new: nil)
            }
            return Assessment(
                verdict: .differs(.remove, changes),
                observed: observed,
                notes: [],
                secrets: view.node.secrets
            )
        }
        return compare(desired, observed, view)
    }

    private func compare(_ desired: State, _ observed: State?, _ view: NodeView) -> Assessment {
        let present = observed?.attributes ?? []
        // Where a secret is declared, what was there before may have been one too.
        let secrets = view.node.secrets
        var changes: [Plan.Change] = []
        var notes: [Plan.Note] = []
        var provisional: [Plan.Change] = []
        for wanted in desired.attributes {
            let found = present.first { $0.name == wanted.name }
            if let reason = wanted.notApplicable ?? found?.notApplicable {
                notes.append(Plan.Note(resource: id, attribute: wanted.name, reason: reason))
                continue
            }
            if let found, isMet(wanted, by: found) {
                if isProvisional(found) {
                    provisional.append(Plan.Change(wanted.name, old: found.value, new: wanted.value))
                }
                continue
            }
            var wanted = wanted
            if wanted.text == nil { wanted.text = longText(of: wanted.name) }
            let isSecret = secrets.occur(in: Array((wanted.text ?? wanted.value).utf8))
            changes.append(
                Plan.Change(
                    wanted.name,
                    old: isSecret ? found.map { _ in StateAttribute.hidden } : found?.value,
                    new: isSecret && wanted.text != nil ? StateAttribute.hidden : wanted.value,
                    diff: isSecret ? nil : UnifiedDiff.between(found, wanted, name: id.name)
                )
            )
        }
        let verdict: Assessment.Verdict =
            changes.isEmpty && observed != nil
            ? .asDeclared : .differs(observed == nil ? .create : .update, changes)
        return Assessment(
            verdict: verdict,
            observed: observed,
            notes: notes,
            provisional: provisional,
            secrets: view.node.secrets
        )
    }
}

/// Brings resources of one type and group where they are to be.
/// - Returns: what failed, member by member.
func convergeTogether<Member: Resource>(
    _ first: Member,
    _ members: [(resource: any Resource, observed: (any ResourceState)?)],
    _ view: NodeView
) async -> [ResourceError?] {
    let typed = members.compactMap { member in
        (member.resource as? Member).map { Convergence($0, from: member.observed as? Member.State) }
    }
    if typed.count == 1, let only = typed.first {
        do {
            try await only.resource.converge(view, from: only.observed)
            return [nil]
        } catch {
            return [error]
        }
    }
    return await Member.convergeTogether(typed, view)
}

/// The former content of a resource whose type is not known.
func formerContent<Member: Resource>(
    _ resource: Member,
    _ observed: (any ResourceState)?,
    _ view: NodeView
) throws(ResourceError) -> [UInt8]? {
    try resource.formerContent(view, observed: observed as? Member.State)
}
