import Basics
package import Bundling

/// Bundles for people: what is in one, every detail of it, and whether it is whole.
package enum BundleText {
    /// One line a component.
    package static func list(_ inspection: BundleInspection) -> String {
        var table = TextTable(["COMPONENT", "KIND", "ITEMS", "SIZE"])
        for component in inspection.components {
            table.add([
                component.name, component.kind.rawValue, String(component.items.count), bytes(component.size),
            ])
        }
        return heading(inspection) + "\n" + table.render(indent: 0)
    }

    /// One line a file, below what it belongs to.
    package static func inspect(_ inspection: BundleInspection) -> String {
        let blueprint = inspection.blueprint
        var text = heading(inspection)
        text += "blueprint  \(TextTable.clean(blueprint.file)), \(blueprint.digest)\n"
        text += "on a node  \(bytes(inspection.sizes.unpacked)) once placed, unpacked and installed\n"
        for component in inspection.components {
            text +=
                "\n\(TextTable.clean(component.name)) (\(component.kind.rawValue)), manifest \(component.manifest)\n"
            // As sha256sum(1) prints: what is of one width first, names unshortened.
            let sizes = component.items.map { bytes($0.size) }
            let width = sizes.map(TextTable.width).max() ?? 0
            for (item, size) in zip(component.items, sizes) {
                text += "  \(item.digest)  \(TextTable.blanks(width - TextTable.width(size)))\(size)  "
                text += TextTable.clean(item.name) + "\n"
            }
        }
        return text
    }

    /// What was checked, and everything that is wrong.
    package static func verification(_ verification: BundleVerification, style: TextStyle = .plain) -> String {
        let rate =
            verification.seconds > 0.01
            ? ", \(bytes(Int64(Double(verification.bytes) / verification.seconds)))/s" : ""
        let checked =
            "\(Spoken.count(verification.blobs, "blob")), \(bytes(verification.bytes)) hashed in "
            + Spoken.duration(milliseconds: Int64(verification.seconds * 1000)) + rate
        guard !verification.isWhole else {
            let digest = verification.digest.map { " \($0)" } ?? ""
            return style("whole", .green) + "  \(TextTable.clean(verification.bundle))\(digest)\n       \(checked)\n"
        }
        let problems = verification.problems.map { problem in
            style("wrong", .red) + "  \(problem.message) [\(problem.code)]\n"
                + problem.hints.map { "       hint: \($0)\n" }.joined()
        }
        return problems.joined()
            + "\(Spoken.count(verification.problems.count, "problem")) in \(TextTable.clean(verification.bundle)); \(checked)\n"
    }

    /// What was built.
    package static func summary(_ summary: BundleSummary) -> String {
        var table = TextTable(["COMPONENT", "KIND", "ITEMS", "SIZE"])
        for component in summary.components {
            table.add([
                component.name, component.kind.rawValue, String(component.items.count), bytes(component.size),
            ])
        }
        return table.render(indent: 0)
            + "\nbuilt \(TextTable.clean(summary.path)) (\(summary.form.rawValue)): "
            + "\(Spoken.count(summary.blobs, "blob")), \(bytes(summary.size))\n\(summary.digest)\n"
    }

    private static func heading(_ inspection: BundleInspection) -> String {
        """
        bundle     \(TextTable.clean(inspection.reference)), for \(TextTable.clean(inspection.target.description))
        digest     \(inspection.digest)
        content    \(bytes(inspection.sizes.content))

        """
    }

    private static func bytes(_ count: Int64) -> String { Quantity(Double(count), .bytes).spelling }
}
