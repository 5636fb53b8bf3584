/// What is known to work together, as a page for people.
package enum CompatibilityPage {
    package static var text: String {
        var text = """
            # What works together

            `millwright validate` and `lock` hold a blueprint against this table and against the rules below. An error is MW1401, a warning MW1402; each names
            its row, the day when somebody last looked, and the source.

            A site adds rows of its own with `validate --compatibility FILE`, a line each:

            ```
            # name | date | level | when | needs | reason | source
            our-driver | 2026-11-01 | error | cuda >= 12 | driver >= 550 | 535 crashed on our boards | ticket 4711
            ```

            - `level` is `error` or `warning`. A row of a known name takes that one's place.
            - `when` holds conditions joined by `;`, all of which must be stated and hold; `public build` limits a row to wheels as they are published.
            - `needs` is one subject with a constraint; a `!` behind it says that it must be stated.
            - Subjects are \(CompatibilityRow.subjects.map { "`\($0)`" }.joined(separator: ", ")).

            ## Rows

            | row | date | level | when | needs | reason | source |
            | --- | --- | --- | --- | --- | --- | --- |

            """
        for line in CompatibilityTable.builtInText.split(separator: "\n") where !line.hasPrefix("#") {
            text += "| \(line) |\n"
        }
        text += """

            ## Rules

            - Fabric Manager is of the driver's version to the last digit; eight GPUs on a board need it, four have no NVSwitch for it.
            - More GPUs than a node has need network ports in the bill of materials.
            - A graphics clock is one that the GPU supports, a power limit and a number of NVLinks no more than it has.
            - A workload fits into the memory of its GPUs: 16 bytes a parameter to train with Adam in mixed precision, spread by ZeRO's stage; weights and a fifth to serve.
            - GPUs = copies × tensor × pipeline; global batch = micro batch × accumulation × copies; tensor parallelism divides the attention heads.
            - DeepSpeed's settings are ones that it knows, and agree with what is declared.
            - Local drives give 7.88 GB/s (PCIe 4.0) or 15.75 GB/s (5.0) each; none speaks RDMA; none has exactly 15 TB.
            - A check's command looks at what its name says, and needs no shell.

            ## GPUs that are known

            | PCI | kind | memory | clocks | power | NVLinks |
            | --- | --- | --- | --- | --- | --- |

            """
        for gpu in GPUModel.all {
            let clocks = gpu.clocks.map { "\($0.from) to \($0.to) MHz, step \($0.step)" } ?? "–"
            let power = gpu.power > 0 ? "\(gpu.power) W" : "–"
            text +=
                "| `\(gpu.pci)` | \(gpu.kind) | \(Int(gpu.memory)) MiB | \(clocks) | \(power) | \(gpu.links > 0 ? String(gpu.links) : "–") |\n"
        }
        text += """

            ## Models that are known

            | name | parameters | layers | heads |
            | --- | --- | --- | --- |

            """
        for model in KnownModel.all {
            text += "| `\(model.name)` | \(Int(model.parameters)) | \(model.layers) | \(model.heads) |\n"
        }
        return text
    }
}
