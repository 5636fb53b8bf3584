import Basics
import Blueprints
import TestSupport
import Testing

/// What `${…}` becomes.
struct ResolutionTests {
    private func content(_ text: String, _ extra: String = "", settings: [String: String] = [:]) throws -> String {
        let blueprint = try Reading.valid(
            extra + "\nsystem:\n  files: [{path: /a, content: \(text)}]\n",
            settings: settings,
            facts: ["hostname": "gpu-01", "gpus.count": "8"]
        )
        guard case .inline(let content)? = blueprint.system.files.first?.content else { return "" }
        return content.value
    }

    private let parameters = """
        parameters:
          word: {type: string, default: hello}
          number: {type: int, default: 007}
          flag: {type: bool, default: false}
          derived: {type: string, default: "${parameters.word} ${metadata.name}"}
          twice: {type: string, default: "${parameters.derived}/${parameters.derived}"}
        """

    @Test(
        "in any text",
        arguments: [
            ("\"${parameters.word}\"", "hello"), ("\"a ${parameters.word} b\"", "a hello b"),
            ("\"${ parameters.word }\"", "hello"),
            ("\"${parameters.number}\"", "007"), ("\"${parameters.flag}\"", "false"),
            ("'${metadata.version}'", "1.0.0"),
            ("\"${parameters.twice}\"", "hello node/hello node"),
            ("\"${facts.hostname}/${facts.gpus.count}\"", "gpu-01/8"),
            ("\"$${parameters.word}\"", "${parameters.word}"), ("\"$$${parameters.word}\"", "$${parameters.word}"),
            ("\"$HOME $5 $\"", "$HOME $5 $"), ("\"时间 ${parameters.word} 。\"", "时间 hello 。"),
            ("\"}${parameters.word}{\"", "}hello{"),
            ("\"\\u0024{parameters.word}\"", "hello"), ("plain ${parameters.word}", "plain hello"),
        ]
    )
    func texts(_ text: String, _ expected: String) throws {
        // In a flow mapping a plain scalar cannot hold braces, so that one is written in block style.
        guard text.hasPrefix("plain") else {
            #expect(try content(text, parameters) == expected)
            return
        }
        let blueprint = try Reading.valid(parameters + "\nsystem:\n  files:\n    - path: /a\n      content: \(text)\n")
        guard case .inline(let content)? = blueprint.system.files.first?.content else { return }
        #expect(content.value == expected)
    }

    @Test("what is set wins over the default, and is taken as it stands")
    func settings() throws {
        #expect(
            try content("\"${parameters.word}\"", parameters, settings: ["word": "set ${metadata.name} $${x}"])
                == "set ${metadata.name} $${x}"
        )
        #expect(try content("\"${parameters.derived}\"", parameters, settings: ["word": "set"]) == "set node")
        #expect(try content("\"${parameters.word}\"", parameters, settings: ["word": ""]) == "")
    }

    @Test("one whole reference keeps its type")
    func types() throws {
        let blueprint = try Reading.valid(
            """
            parameters:
              packages: {type: list, default: [one-a, "${parameters.other}"]}
              other: {type: string, default: two-b}
              on: {type: bool, default: true}
              cores: {type: int, default: 96}
            hardware: {cpu: {cores: "${parameters.cores}"}}
            system:
              packages: "${parameters.packages}"
              services: [{name: a.service, enabled: "${parameters.on}"}]
            """
        )
        #expect(blueprint.system.packages.map(\.name.value) == ["one-a", "two-b"])
        #expect(blueprint.system.services.first?.enabled?.value == true)
        #expect(blueprint.hardware?.cpu?.cores?.value.clauses.first?.operand.value == 96)
        #expect(blueprint.settings["packages"] == "one-a,two-b")
    }

    @Test("a list from the command line", arguments: [("a1,b2", ["a1", "b2"]), ("a1 , b2", ["a1", "b2"]), ("", [])])
    func lists(_ setting: String, _ expected: [String]) throws {
        let blueprint = try Reading.valid(
            "parameters: {p: {type: list, default: []}}\nsystem: {packages: \"${parameters.p}\"}\n",
            settings: ["p": setting]
        )
        #expect(blueprint.system.packages.map(\.name.value) == expected)
    }

    @Test(
        "wrong settings",
        arguments: [
            ("nubmer", "1", "MW1324", "did you mean `--set number=…`?"), ("number", "1.5", "MW1209", ""),
            ("flag", "yes", "MW1209", ""), ("colour", "green", "MW1209", ""),
        ]
    )
    func wrongSettings(_ name: String, _ value: String, _ code: String, _ hint: String) throws {
        let (blueprint, diagnostics) = Reading.read(
            parameters + "\n  colour: {type: string, default: red, allowed: [red, blue]}\n",
            settings: [name: value]
        )
        #expect(blueprint == nil)
        let first = try #require(diagnostics.first)
        #expect(diagnostics.count == 1)
        #expect(first.code.description == code)
        #expect(first.range == nil, "a setting stands in no file")
        #expect(first.message.contains(name))
        #expect(hint.isEmpty || first.hints == [hint])
        #expect(code == "MW1324" || first.related.first?.range.file == "test.yaml")
    }

    @Test("only those in a circle are told, and nothing that follows from it")
    func circles() {
        let (_, diagnostics) = Reading.read(
            """
            parameters:
              a: {type: int, default: "${parameters.b}"}
              b: {type: int, default: "${parameters.c}"}
              c: {type: int, default: "${parameters.a}"}
              self: {type: string, default: "x${parameters.self}"}
              leads: {type: int, default: "${parameters.a}"}
            hardware: {cpu: {cores: "${parameters.leads}"}, memory: "${parameters.a} GiB"}
            """
        )
        #expect(diagnostics.map(\.code.description) == ["MW1323", "MW1323", "MW1323", "MW1323"])
        #expect(diagnostics.map(\.range?.start.line) == [5, 6, 7, 8])
    }

    @Test("a long chain of parameters costs little")
    func chain() throws {
        var text = "parameters:\n  p0: {type: string, default: x}\n"
        for index in 1...3000 {
            text += "  p\(index): {type: string, default: \"${parameters.p\(index - 1)}\"}\n"
        }
        let took = try ContinuousClock().measure {
            let blueprint = try Reading.valid(text)
            #expect(blueprint.settings["p3000"] == "x")
        }
        #expect(took < .seconds(20))
    }

    @Test("facts without a node stay as they are, whatever type they will have")
    func laterFacts() throws {
        let text = """
            hardware: {cpu: {cores: "${facts.cpu.cores}"}, memory: ">= ${facts.memory.bytes} B"}
            system:
              packages: ["linux-headers-${facts.kernel.release}"]
              files:
                - {path: "/etc/${facts.hostname}.conf", mode: "${facts.drivers.mode}", content: "${facts.hostname}"}
                - {path: /b, source: b.tmpl, template: true}
            """
        let blueprint = try Reading.valid(text)
        // What no node ever tells is told without one.
        let strange = Reading.read("system: {hostname: \"${facts.hostnam}\"}").diagnostics
        #expect(strange.map(\.code.description) == ["MW1322"])
        #expect(strange.first?.hints == ["did you mean `${facts.hostname}`?"])
        #expect(blueprint.system.files.first?.path.value == "/etc/${facts.hostname}.conf")
        let (rendered, none) = TemplateRenderer.render("on ${facts.hostname}", scope: blueprint.scope, file: "b.tmpl")
        #expect(rendered == "on ${facts.hostname}")
        #expect(none.isEmpty)

        let facts = [
            "hostname": "gpu-01", "cpu.cores": "96", "memory.bytes": "1024", "kernel.release": "6.1.0-13-amd64",
        ]
        let (_, diagnostics) = Reading.read(text, facts: facts)
        #expect(diagnostics.map(\.code.description) == ["MW1322"], "`facts.drivers.mode` is known of no node")
        let known = try Reading.valid(text, facts: facts.merging(["drivers.mode": "0600"]) { $1 })
        #expect(known.system.packages.first?.name.value == "linux-headers-6.1.0-13-amd64")
        #expect(known.system.files.first?.ownership.mode?.value == 0o600)
        #expect(known.lockObstacles.isEmpty)
        #expect(known.hardware?.memory?.value.spelling == ">= 1024 B")
    }
}

struct TemplateTests {
    private func render(_ text: String) throws -> (text: String, diagnostics: [Diagnostic]) {
        let blueprint = try Reading.valid(
            "parameters: {port: {type: int, default: 9100}, servers: {type: list, default: [a, b]}}\n"
        )
        return TemplateRenderer.render(text, scope: blueprint.scope, file: "files/x.tmpl")
    }

    @Test(
        "references are filled in, all else is kept",
        arguments: [
            ("port=${parameters.port}\n", "port=9100\n"), ("${parameters.servers}", "a b"), ("", ""), ("\n\n", "\n\n"),
            ("a\r\n${metadata.name}\r\n", "a\r\nnode\r\n"), ("$${HOME} $HOME", "${HOME} $HOME"), ("no end", "no end"),
            ("时间 ${parameters.port}\n", "时间 9100\n"), ("e\u{301}${parameters.port}", "e\u{301}9100"),
        ]
    )
    func fills(_ text: String, _ expected: String) throws {
        let (rendered, diagnostics) = try render(text)
        #expect(Array(rendered.unicodeScalars) == Array(expected.unicodeScalars))
        #expect(diagnostics.isEmpty)
    }

    @Test("mistakes point into the template")
    func mistakes() throws {
        let text = "one\r\n时间 ${parameters.prot} and ${metadata.name\nthree ${gone}\n"
        let (_, diagnostics) = try render(text)
        #expect(diagnostics.map(\.code.description) == ["MW1322", "MW1320", "MW1322"])
        #expect(
            diagnostics.map { $0.range?.description } == ["files/x.tmpl:2:4", "files/x.tmpl:2:27", "files/x.tmpl:3:7"]
        )
        #expect(diagnostics.first?.hints == ["did you mean `${parameters.port}`?"])
    }
}
