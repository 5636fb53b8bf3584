package import Basics
import YAMLSyntax

/// A model and what is done with it, for which settings are worked out and checked.
package struct Workload: Sendable {
    package enum Task: String, Sendable, CaseIterable {
        case pretrain, finetune, lora, inference
    }

    package enum Precision: String, Sendable, CaseIterable {
        case fp32, bf16, fp16, int8, int4

        package var bytes: Double {
            switch self {
            case .fp32: 4
            case .bf16, .fp16: 2
            case .int8: 1
            case .int4: 0.5
            }
        }
    }

    package var model: Sourced<String>
    package var task: Sourced<Task>?
    /// Where the settings are written.
    package var write: Sourced<String>?
    /// Parameters of the model, where it is none that we know.
    package var parameters: Sourced<Double>?
    package var gpus: Sourced<Int>?
    package var precision: Sourced<Precision>?
    package var tensorParallel: Sourced<Int>?
    package var pipelineParallel: Sourced<Int>?
    package var dataParallel: Sourced<Int>?
    package var zeroStage: Sourced<Int>?
    package var microBatch: Sourced<Int>?
    package var gradientAccumulation: Sourced<Int>?
    package var globalBatch: Sourced<Int>?
    /// Keys and values of DeepSpeed's own settings, each path joined by dots.
    package var deepspeed: [(key: Sourced<String>, value: Sourced<String>)]
    package var range: SourceRange

    static func read(_ fields: Fields) -> Workload? {
        let model = fields.requiredText("model", example: "llama-2-7b")
        let task = fields.choice("task", Task.self)
        if !fields.has("task") { fields.missing("task", example: "finetune") }
        let workload = Workload(
            model: model ?? Sourced("", at: fields.range),
            task: task,
            write: fields.path("write"),
            parameters: fields.parameterCount("parameters"),
            gpus: fields.integer("gpus", in: 1...100_000),
            precision: fields.choice("precision", Precision.self),
            tensorParallel: fields.integer("tensorParallel", in: 1...4096),
            pipelineParallel: fields.integer("pipelineParallel", in: 1...4096),
            dataParallel: fields.integer("dataParallel", in: 1...100_000),
            zeroStage: fields.integer("zeroStage", in: 0...3),
            microBatch: fields.integer("microBatch", in: 1...1_000_000),
            gradientAccumulation: fields.integer("gradientAccumulation", in: 1...1_000_000),
            globalBatch: fields.integer("globalBatch", in: 1...100_000_000),
            deepspeed: fields.section("deepspeed") { $0.leaves() } ?? [],
            range: fields.range
        )
        return model == nil ? nil : workload
    }
}

extension Fields {
    /// `7B`, `176e9`, `6738415616`.
    fileprivate func parameterCount(_ key: String) -> Sourced<Double>? {
        guard let text = text(key, .form(pattern: "^[0-9.]+(e[0-9]+|[KMBT])?$", "a number, or such as `7B`")) else {
            return nil
        }
        let factors: [Character: Double] = ["K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12]
        let factor = text.value.last.flatMap { factors[$0] }
        let number = Double(factor == nil ? text.value[...] : text.value.dropLast())
        guard let number, number > 0, number * (factor ?? 1) <= 1e15 else {
            complaints.report(
                1202,
                "`\(key)` must be a number of parameters such as `7B`, found `\(text.value)`",
                at: text.range
            )
            return nil
        }
        return Sourced(number * (factor ?? 1), at: text.range)
    }

    /// All scalars below, by their paths joined with dots; each is placed at its key.
    func leaves() -> [(key: Sourced<String>, value: Sourced<String>)] {
        var found: [(key: Sourced<String>, value: Sourced<String>)] = []
        func walk(_ name: Sourced<String>, _ node: YAMLNode) {
            if let pairs = node.mapping {
                for pair in pairs {
                    guard let key = pair.key.scalar?.text else { continue }
                    walk(Sourced("\(name.value).\(key)", at: pair.key.range), pair.value)
                }
            } else {
                found.append((name, Sourced(node.scalar?.text ?? node.kindName, at: node.range)))
            }
        }
        for (name, node) in nodes(.anything) { walk(name, node) }
        return found
    }
}
