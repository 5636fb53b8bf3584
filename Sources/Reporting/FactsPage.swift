import Basics
import Inventory

/// The page of the documentation that says of each fact where it is from: made of the catalogue, so that it cannot lag behind.
package enum FactsPage {
    package static var text: String {
        var groups: [(name: String, rows: [FactCatalog.Entry])] = []
        for entry in FactCatalog.entries {
            let name = String(entry.path.prefix { $0 != "." })
            if groups.last?.name == name {
                groups[groups.count - 1].rows.append(entry)
            } else {
                groups.append((name, [entry]))
            }
        }
        var text = """
            # Facts: source, unit, and what unknown means

            Each fact of `millwright facts --format json` by its path. A fact that is unknown is left out of the document; it is \
            never 0 and never "not met". `ADDRESS`, `NAME` and the like stand for the device. Facts that were read from files of \
            other tools come from these tools instead, as `importedFrom` says by group. `accelerators` and `nvswitches` are told \
            of as `gpus` are. Real GPUs are not to be had where this is built: what NVML tells is tested against a stand-in that \
            answers by its header's structures and codes.

            """
        for group in groups {
            text += "\n## `\(group.name)`\n\n| fact | unit | source | unknown means |\n| --- | --- | --- | --- |\n"
            for row in group.rows {
                let cells = [
                    "`\(row.path)`", row.unit.isEmpty ? "–" : row.unit, row.source,
                    row.unknown.isEmpty ? "–" : row.unknown,
                ]
                text += "| " + cells.joined(separator: " | ") + " |\n"
            }
        }
        return text
    }
}
