package import Basics

/// Network ports that are alike.
package struct NetworkGroup: Sendable {
    package enum Link: String, Sendable, CaseIterable {
        case infiniband, ethernet
    }

    package enum State: String, Sendable, CaseIterable {
        case active, down
    }

    package var name: Sourced<String>?
    package var count: Sourced<QuantityConstraint>?
    package var model: Sourced<Glob>?
    package var pci: Sourced<String>?
    package var link: Sourced<Link>?
    package var rate: Sourced<QuantityConstraint>?
    package var state: Sourced<State>?
    package var firmware: Sourced<VersionConstraint>?
    /// NVIDIA's name of the adapter's board and configuration.
    package var psid: Sourced<Glob>?
    package var mtu: Sourced<QuantityConstraint>?
    package var errors: Errors?
    package var severity: Severity
    package var range: SourceRange

    /// Counters of errors and what they may be.
    package struct Errors: Sendable {
        package var linkDowned: Sourced<QuantityConstraint>?
        package var symbol: Sourced<QuantityConstraint>?
        package var received: Sourced<QuantityConstraint>?
        package var carrierChanges: Sourced<QuantityConstraint>?
    }

    static func read(_ fields: Fields) -> NetworkGroup? {
        NetworkGroup(
            name: fields.text("name"),
            count: fields.quantityConstraint("count", .count),
            model: fields.glob("model"),
            pci: fields.pciIdentity("pci"),
            link: fields.choice("link", Link.self),
            rate: fields.quantityConstraint("rate", .bitRate),
            state: fields.choice("state", State.self),
            firmware: fields.versionConstraint("firmware"),
            psid: fields.glob("psid"),
            mtu: fields.quantityConstraint("mtu", .count),
            errors: fields.section("errors") { inner in
                Errors(
                    linkDowned: inner.quantityConstraint("linkDowned", .count),
                    symbol: inner.quantityConstraint("symbol", .count),
                    received: inner.quantityConstraint("received", .count),
                    carrierChanges: inner.quantityConstraint("carrierChanges", .count)
                )
            },
            severity: fields.severity(),
            range: fields.range
        )
    }
}
