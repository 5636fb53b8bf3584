import Basics
import Blueprints

extension QuantityConstraint {
    /// The one number that it asks for; nil where it leaves a choice.
    var exact: Int? {
        guard clauses.count == 1, let clause = clauses.first, clause.comparison == .equal else { return nil }
        return Int(exactly: clause.operand.value.rounded())
    }

    /// The fewest that it promises; 1 where it promises nothing.
    var least: Int {
        let promise = clauses.first { [.equal, .greater, .greaterOrEqual].contains($0.comparison) }
        return promise.flatMap { Int(exactly: $0.operand.value.rounded()) } ?? 1
    }
}

/// Whether a model fits on the GPUs that are given to it, and whether its numbers agree with each other.
enum WorkloadRules {
    /// What of a GPU's memory can be used.
    private static let usable = 0.9

    /// GPUs of the node as the bill of materials has them.
    static func ownGPUs(_ blueprint: Blueprint) -> Int {
        let hardware = blueprint.hardware
        return ((hardware?.gpus ?? []) + (hardware?.accelerators ?? [])).filter { $0.severity == .error }.reduce(0) {
            sum,
            group in
            sum + (group.count?.value.least ?? 1)
        }
    }

    @Sendable static func check(_ blueprint: Blueprint) -> [Diagnostic] {
        let own = ownGPUs(blueprint)
        let groups = (blueprint.hardware?.gpus ?? []) + (blueprint.hardware?.accelerators ?? [])
        let memory = groups.compactMap { GPUModel.of($0)?.memory }.min().map { $0 * 1_048_576 }
        return (blueprint.tuning?.workloads ?? []).flatMap { workload in
            let job = Job(workload, ownGPUs: own)
            return job.unknown() + job.arithmetic() + (memory.map { job.fits(in: $0 * usable, whole: $0) } ?? [])
        }
    }

    /// A workload with what is known of its model.
    private struct Job {
        let workload: Workload
        let known: KnownModel?
        let parameters: Double?
        let gpus: Int
        let split: Int

        init(_ workload: Workload, ownGPUs: Int) {
            self.workload = workload
            known = KnownModel.of(workload.model.value)
            parameters = workload.parameters?.value ?? known?.parameters
            gpus = workload.gpus?.value ?? max(1, ownGPUs)
            split = (workload.tensorParallel?.value ?? 1) * (workload.pipelineParallel?.value ?? 1)
        }

        /// As it is declared, or as DeepSpeed's own settings say.
        var stage: Int? {
            workload.zeroStage?.value
                ?? workload.deepspeed.first { $0.key.value == "zero_optimization.stage" }.flatMap {
                    Int($0.value.value)
                }
        }

        var copies: Int { workload.dataParallel?.value ?? max(1, gpus / max(1, split)) }

        func unknown() -> [Diagnostic] {
            guard parameters == nil else { return [] }
            let near = Suggestion.nearest(to: workload.model.value, among: KnownModel.all.map(\.name))
            return [
                Compatibility.finding(
                    "the model `\(workload.model.value)` is not known here, so nothing can be said of whether it fits",
                    at: workload.model.range,
                    isError: false,
                    hints: [near.map { "did you mean `\($0)`?" } ?? "say how large it is: `parameters: 7B`"]
                )
            ]
        }

        func arithmetic() -> [Diagnostic] {
            var found: [Diagnostic] = []
            let source = "Megatron-LM and DeepSpeed documentation"
            if let copies = workload.dataParallel, let total = workload.gpus, copies.value * split != total.value {
                found.append(
                    Compatibility.finding(
                        "\(copies.value) copies of \(split) GPUs each are \(copies.value * split) GPUs, not \(total.value)",
                        at: copies.range,
                        isError: true,
                        related: [.init("the GPUs are declared here", at: total.range)],
                        source: source
                    )
                )
            } else if gpus % split != 0, let range = workload.tensorParallel?.range ?? workload.pipelineParallel?.range
            {
                found.append(
                    Compatibility.finding(
                        "\(gpus) GPUs cannot be parted into groups of \(split)",
                        at: range,
                        isError: true,
                        source: source
                    )
                )
            }
            if let tensor = workload.tensorParallel, let known, known.heads % tensor.value != 0 {
                let choices = (1...min(max(1, gpus), known.heads)).filter { known.heads % $0 == 0 }
                found.append(
                    Compatibility.finding(
                        "\(known.heads) attention heads of `\(known.name)` cannot be shared by \(tensor.value) GPUs",
                        at: tensor.range,
                        isError: true,
                        hints: ["it takes \(choices.map(String.init).joined(separator: ", "))"],
                        source: source
                    )
                )
            }
            if let pipeline = workload.pipelineParallel, let known, known.layers % pipeline.value != 0 {
                found.append(
                    Compatibility.finding(
                        "\(known.layers) layers of `\(known.name)` do not part into \(pipeline.value) equal stages",
                        at: pipeline.range,
                        isError: false,
                        source: source
                    )
                )
            }
            if let global = workload.globalBatch, let micro = workload.microBatch {
                let accumulation = workload.gradientAccumulation?.value ?? 1
                let product = micro.value * accumulation * copies
                if product != global.value {
                    found.append(
                        Compatibility.finding(
                            "\(micro.value) × \(accumulation) × \(copies) copies are \(product) samples, not \(global.value)",
                            at: global.range,
                            isError: true,
                            hints: ["the global batch is micro batch × accumulation × copies of the model"],
                            source: source
                        )
                    )
                }
            }
            return found
        }

        func fits(in usable: Double, whole: Double) -> [Diagnostic] {
            guard let parameters, let task = workload.task else { return [] }
            // What is kept in main memory is not counted here.
            if workload.deepspeed.contains(where: { $0.key.value.hasPrefix("zero_optimization.offload") }) { return [] }
            let need = need(parameters, task.value, stage: stage ?? 0, copies: copies, split: split)
            guard need > usable else { return [] }
            let stage = stage.map { " with ZeRO stage \($0)" } ?? ""
            return [
                Compatibility.finding(
                    "\(task.value.rawValue) of `\(workload.model.value)` needs \(gigabytes(need)) GB on each of \(gpus) GPUs\(stage), and each has \(gigabytes(whole)) GB",
                    at: workload.zeroStage?.range ?? workload.gpus?.range ?? workload.model.range,
                    isError: true,
                    hints: [advice(parameters, task.value, usable)],
                    source:
                        "DeepSpeed, memory requirements: 16 bytes a parameter with Adam in mixed precision, spread by stage"
                )
            ]
        }

        /// Bytes on each GPU, without activations: a floor.
        private func need(_ parameters: Double, _ task: Workload.Task, stage: Int, copies: Int, split: Int) -> Double {
            let share = parameters / Double(max(1, split))
            let spread = Double(max(1, copies))
            switch task {
            case .inference: return share * (workload.precision?.value ?? .bf16).bytes * 1.2
            case .lora: return share * (workload.precision?.value ?? .bf16).bytes * 1.2
            case .pretrain, .finetune:
                switch stage {
                case 0: return share * 16
                case 1: return share * (4 + 12 / spread)
                case 2: return share * (2 + 14 / spread)
                default: return share * 16 / spread
                }
            }
        }

        private func advice(_ parameters: Double, _ task: Workload.Task, _ usable: Double) -> String {
            switch task {
            case .inference, .lora:
                let bytes = parameters * (workload.precision?.value ?? .bf16).bytes * 1.2
                return "`tensorParallel: \(Int((bytes / usable).rounded(.up)))` or more would do"
            case .pretrain, .finetune:
                let stage = self.stage ?? 0
                for better in (stage + 1)..<4 where stage < 3 {
                    if need(parameters, task, stage: better, copies: copies, split: split) <= usable {
                        return "`zeroStage: \(better)` would do"
                    }
                }
                return "`zeroStage: 3` on \(Int((parameters * 16 / usable).rounded(.up))) GPUs or more would do"
            }
        }

        private func gigabytes(_ bytes: Double) -> String { Quantity.decimal((bytes / 1e8).rounded() / 10) }
    }
}

/// Settings of DeepSpeed that it does not know, or that contradict each other.
enum DeepSpeedRules {
    /// Keys that are often written and that DeepSpeed does not know, with those that are meant.
    private static let misnomers = [
        "fp16_enable": "fp16: {enabled: true}", "fp16_enabled": "fp16: {enabled: true}",
        "bf16_enable": "bf16: {enabled: true}", "batch_size": "train_batch_size",
        "gradient_accumulation": "gradient_accumulation_steps", "zero_stage": "zero_optimization: {stage: 3}",
        "micro_batch_size": "train_micro_batch_size_per_gpu",
        "offload_optimizer": "zero_optimization: {offload_optimizer: {device: cpu}}",
    ]
    private static let keys: Set = [
        "train_batch_size", "train_micro_batch_size_per_gpu", "gradient_accumulation_steps", "optimizer", "scheduler",
        "fp16", "bf16", "amp", "gradient_clipping", "zero_optimization", "steps_per_print", "wall_clock_breakdown",
        "activation_checkpointing", "sparse_attention", "flops_profiler", "tensorboard", "communication_data_type",
        "prescale_gradients", "gradient_predivide_factor", "dump_state", "zero_allow_untested_optimizer",
        "zero_force_ds_cpu_optimizer", "aio", "data_types", "checkpoint", "comms_logger", "elasticity", "autotuning",
        "compression_training", "data_efficiency", "monitor_config", "memory_breakdown", "sparse_gradients",
        "fp32_allreduce", "seq_parallel_communication_data_type", "curriculum_learning", "hybrid_engine", "pipeline",
        "csv_monitor", "wandb",
    ]
    private static let zeroKeys: Set = [
        "stage", "allgather_partitions", "allgather_bucket_size", "overlap_comm", "reduce_scatter",
        "reduce_bucket_size",
        "contiguous_gradients", "offload_param", "offload_optimizer", "stage3_max_live_parameters",
        "stage3_max_reuse_distance", "stage3_prefetch_bucket_size", "stage3_param_persistence_threshold",
        "stage3_gather_16bit_weights_on_model_save", "sub_group_size", "cpu_offload", "elastic_checkpoint",
        "load_from_fp32_weights", "round_robin_gradients", "ignore_unused_parameters", "memory_efficient_linear",
        "zero_hpz_partition_size", "zero_quantized_weights", "zero_quantized_gradients", "legacy_stage1",
        "mics_shard_size",
    ]
    private static let source = "DeepSpeed, configuration JSON"

    @Sendable static func check(_ blueprint: Blueprint) -> [Diagnostic] {
        (blueprint.tuning?.workloads ?? []).flatMap { check($0) }
    }

    private static func check(_ workload: Workload) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for (key, _) in workload.deepspeed {
            let top = key.value.split(separator: ".").first.map(String.init) ?? key.value
            guard !keys.contains(top) else { continue }
            let near = misnomers[top] ?? Suggestion.nearest(to: top, among: keys.sorted())
            found.append(
                Compatibility.finding(
                    "DeepSpeed has no setting `\(top)` that we know of, and passes over what it does not know",
                    at: key.range,
                    isError: misnomers[top] != nil,
                    hints: near.map { ["did you mean `\($0)`?"] } ?? [],
                    source: source
                )
            )
        }
        for (key, _) in workload.deepspeed where key.value.hasPrefix("zero_optimization.") {
            let inner = key.value.split(separator: ".").dropFirst().first.map(String.init) ?? ""
            guard !zeroKeys.contains(inner) else { continue }
            found.append(
                Compatibility.finding(
                    "DeepSpeed's `zero_optimization` has no setting `\(inner)`",
                    at: key.range,
                    isError: false,
                    hints: Suggestion.nearest(to: inner, among: zeroKeys.sorted()).map { ["did you mean `\($0)`?"] }
                        ?? [],
                    source: source
                )
            )
        }
        for (path, declared) in [
            ("train_batch_size", workload.globalBatch), ("train_micro_batch_size_per_gpu", workload.microBatch),
            ("gradient_accumulation_steps", workload.gradientAccumulation),
        ] {
            guard let declared, let own = value(path), own.value != "auto", Int(own.value) != declared.value else {
                continue
            }
            found.append(
                Compatibility.finding(
                    "`\(path)` is \(own.value) in DeepSpeed's settings, and \(declared.value) is declared",
                    at: own.range,
                    isError: true,
                    related: [.init("it is declared here", at: declared.range)],
                    source: source
                )
            )
        }
        if let precision = workload.precision {
            for kind in ["fp16", "bf16"] where precision.value.rawValue != kind {
                guard let enabled = value("\(kind).enabled"), enabled.value.lowercased() == "true" else { continue }
                found.append(
                    Compatibility.finding(
                        "DeepSpeed's settings enable \(kind), and the precision is \(precision.value.rawValue)",
                        at: enabled.range,
                        isError: true,
                        related: [.init("it is declared here", at: precision.range)],
                        source: source
                    )
                )
            }
        }
        func value(_ path: String) -> Sourced<String>? { workload.deepspeed.first { $0.key.value == path }?.value }
        func first(below path: String) -> (key: Sourced<String>, value: Sourced<String>)? {
            workload.deepspeed.first { $0.key.value == path || $0.key.value.hasPrefix(path + ".") }
        }
        let stage = value("zero_optimization.stage").flatMap { Int($0.value) } ?? workload.zeroStage?.value
        if let offload = first(below: "zero_optimization.offload_param"), let stage, stage != 3 {
            found.append(
                Compatibility.finding(
                    "`offload_param` counts with ZeRO stage 3 only, and the stage is \(stage)",
                    at: offload.key.range,
                    isError: true,
                    hints: ["`offload_optimizer` works with stage 2; for weights take `stage: 3`"],
                    source: source
                )
            )
        }
        for name in ["offload_param", "offload_optimizer"] {
            guard let flag = value("zero_optimization.\(name)"), ["true", "false"].contains(flag.value.lowercased())
            else { continue }
            found.append(
                Compatibility.finding(
                    "`\(name)` is a mapping, not `\(flag.value)`",
                    at: flag.range,
                    isError: true,
                    hints: ["write `\(name): {device: cpu}`"],
                    source: source
                )
            )
        }
        if let declared = workload.zeroStage, let own = value("zero_optimization.stage"),
            Int(own.value) != declared.value
        {
            found.append(
                Compatibility.finding(
                    "the stage is \(declared.value) here and \(own.value) in DeepSpeed's settings",
                    at: own.range,
                    isError: true,
                    related: [.init("it is declared here", at: declared.range)],
                    source: source
                )
            )
        }
        return found
    }
}
