import Basics

/// The language as pages for people: one for each section, in Markdown.
package struct ReferencePage: Sendable {
    /// `system`, or `blueprint` for what stands above the sections.
    package var name: String
    package var text: String

    package static var all: [ReferencePage] {
        let sections = Language.shape.keys.filter { ReferencePage.isSection($0.kind) && $0.name != "metadata" }
        let heading = Language.shape.keys.filter { key in !sections.contains { $0.name == key.name } }
        return [overview(heading, sections.map(\.name))] + sections.map { page($0) }
    }

    private static func isSection(_ kind: Shape.Kind) -> Bool { kind.shape != nil }

    private static func overview(_ keys: [Shape.Key], _ sections: [String]) -> ReferencePage {
        var text = "# Blueprint\n\nWhat stands above the sections.\n\n"
        text += table(keys, below: "")
        for key in keys { text += details(key.kind, key.name) }
        text += "\n## Sections\n\n"
        for name in sections {
            text += "- [`\(name)`](Reference-\(name).md): \(LanguageWords.all[name]?.meaning ?? "")\n"
        }
        text += """

            ## Layers

            `extends` names other blueprints, relative to the folder of the file that names them; so are `source:`, `file:`, `key:` and `file:` sources. Each
            layer is read once, below everything that stands on it, and a later one wins over an earlier one; the file itself wins over all.

            - A mapping is merged key by key.
            - A list is merged thing by thing, or replaced whole: the table of each section says which, and by what its things are told apart.
            - Any other value is replaced.
            - `!remove` takes a key or a thing out, `!replace` puts a value in the place of the one below without merging.
            - A package's bare name over `{name: …, state: absent}` wants it there again.

            ```yaml
            extends: [base/ubuntu-22.04.yaml, base/nvidia-hopper.yaml]
            system:
              packages: [{name: chrony, version: ">= 4"}, !remove apport, jq]
              users: [!remove guest]
              kernel: {sysctl: {vm.swappiness: !remove }}
              limits: !replace [{domain: "*", item: memlock, value: unlimited}]
            ```

            `millwright show` prints what comes of it; `show --origin` says for each value which file and line it is from, and what it replaced.

            ## Values of parameters

            A parameter has, in this order: what `--set NAME=VALUE` gives (a list is written `a,b`), what the last `--values FILE` that names it gives (YAML,
            `NAME: VALUE` a line), what its `environment` variable holds, what its `file` holds, its `default`. A secret is never given with `--set`. `validate`,
            `lock` and `bundle build` need no secrets; what looks at a node does.

            ## Facts

            `${facts.x}` is a fact of the node, where one is looked at: \(FactNames.all.map { "`\($0)`" }.joined(separator: ", ")), and
            `drivers.NAME` for the version of a driver. One that the node does not tell is an error there. What a lock is made of (packages, artifacts, models)
            cannot hold facts, since a bundle is built where no node is.

            ## Values

            - Values keep their spelling: `version: 1.10` is `1.10`, and `0644` is a mode. Only `true` and `false` are truth values.
            - A quantity has a unit: `80 GiB`, `400 Gb/s`, `1500 MHz`, `700 W`, `85 C`, `80 %`, `30d`. `GB` is 1000³ bytes, `GiB` 1024³.
            - A constraint is `= x`, `!= x`, `< x`, `<= x`, `> x`, `>= x` or `a..b`; several are joined by `,` and all must hold. A bare value means `=`.
            - A version is compared as Debian compares them.
            - A pattern has `*` for any text and `?` for any character.
            - `${parameters.x}`, `${metadata.x}` and `${facts.x}` are filled in; `$${` stands for `${`.
            - `after` and the like name resources as `KIND:NAME`: `package:chrony`, `file:/etc/motd`, `service:app.service`.

            """
        return ReferencePage(name: "blueprint", text: text)
    }

    private static func page(_ key: Shape.Key) -> ReferencePage {
        let entry = LanguageWords.all[key.name]
        var text = "# \(key.name)\n\n\(entry?.meaning ?? "")\n\n"
        if let example = entry?.example { text += "```yaml\n\(key.name): \(example)\n```\n\n" }
        if let shape = key.kind.shape {
            text += table(shape.keys, below: key.name)
            text += restLine(shape, key.name)
            for inner in shape.keys { text += details(inner.kind, "\(key.name).\(inner.name)") }
            if let rest = shape.rest { text += details(rest, "\(key.name).*") }
        }
        return ReferencePage(name: key.name, text: text)
    }

    private static func details(_ kind: Shape.Kind, _ path: String) -> String {
        guard let shape = kind.shape else { return "" }
        var text = "\n## \(path)\n\n\(LanguageWords.all[path]?.meaning ?? "")\n\n"
        if let example = LanguageWords.all[path]?.example {
            text += "```yaml\n\(path.split(separator: ".").last ?? ""): \(example)\n```\n\n"
        }
        text += table(shape.keys, below: path) + restLine(shape, path)
        for inner in shape.keys { text += details(inner.kind, "\(path).\(inner.name)") }
        if let rest = shape.rest, rest.shape != nil { text += details(rest, "\(path).*") }
        return text
    }

    private static func restLine(_ shape: Shape, _ path: String) -> String {
        guard let rest = shape.rest else { return "" }
        guard rest.shape == nil else { return "Any key, each with a mapping as below.\n" }
        let meaning = LanguageWords.all[path + ".*"].map { " \($0.meaning)" } ?? ""
        return "Any key, each with \(words(rest)).\(meaning)\n"
    }

    private static func table(_ keys: [Shape.Key], below path: String) -> String {
        guard !keys.isEmpty else { return "" }
        var text = "| key | takes | meaning | default | example |\n| --- | --- | --- | --- | --- |\n"
        for key in keys {
            let own = path.isEmpty ? key.name : "\(path).\(key.name)"
            let entry = LanguageWords.all[own]
            let fallback = key.isRequired ? "required" : entry?.fallback ?? "–"
            let example = key.kind.shape == nil ? entry?.example.map { "`\($0)`" } ?? "" : ""
            let rule = NaturalKey.rule(key.kind)
            let takes = words(key.kind) + (rule.isEmpty ? "" : "; in layers \(rule)")
            text += "| `\(key.name)` | \(takes) | \(entry?.meaning ?? "") | \(fallback) | \(example) |\n"
        }
        return text
    }

    /// A kind in words.
    static func words(_ kind: Shape.Kind) -> String {
        switch kind {
        case .text: "a text"
        case .form(_, let form): form
        case .boolean: "`true` or `false`"
        case .integer(let bounds):
            bounds.upperBound >= 1 << 30
                ? "a whole number from \(bounds.lowerBound)"
                : "a whole number, \(bounds.lowerBound) to \(bounds.upperBound)"
        case .mode: "a file mode"
        case .quantity(let dimension): "a quantity, `\(dimension.example)`"
        case .constraint(let dimension):
            dimension == .count ? "a number or a constraint" : "a constraint, `>= \(dimension.example)`"
        case .version: "a version or a constraint"
        case .glob: "a pattern"
        case .path: "an absolute path"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .list(let kind): kind.shape != nil ? "a list of mappings" : "a list: \(words(kind))"
        case .mapping: "a mapping"
        case .map(let kind): "a mapping of \(words(kind))"
        case .either(let kinds): kinds.map { words($0) }.joined(separator: ", or ")
        case .anything: "any value"
        }
    }
}
