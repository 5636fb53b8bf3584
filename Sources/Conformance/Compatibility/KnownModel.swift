/// What is known of a model's architecture: enough to tell what fits where.
struct KnownModel: Sendable {
    var name: String
    var parameters: Double
    var layers: Int
    var heads: Int

    /// Parameters counted from the published configurations.
    static let all: [KnownModel] = [
        KnownModel(name: "bert-large", parameters: 335_141_888, layers: 24, heads: 16),
        KnownModel(name: "gpt-2", parameters: 124_439_808, layers: 12, heads: 12),
        KnownModel(name: "gpt-2-xl", parameters: 1_557_611_200, layers: 48, heads: 25),
        KnownModel(name: "llama-2-7b", parameters: 6_738_415_616, layers: 32, heads: 32),
        KnownModel(name: "llama-2-13b", parameters: 13_015_864_320, layers: 40, heads: 40),
        KnownModel(name: "llama-2-70b", parameters: 68_976_648_192, layers: 80, heads: 64),
        KnownModel(name: "bloom-7b1", parameters: 7_069_016_064, layers: 30, heads: 32),
        KnownModel(name: "bloom-176b", parameters: 176_247_271_424, layers: 70, heads: 112),
        KnownModel(name: "t5-large", parameters: 737_668_096, layers: 48, heads: 16),
        KnownModel(name: "t5-11b", parameters: 11_307_321_344, layers: 48, heads: 128),
        KnownModel(name: "opt-13b", parameters: 12_853_473_280, layers: 40, heads: 40),
        KnownModel(name: "gpt-neox-20b", parameters: 20_554_567_680, layers: 44, heads: 64),
        KnownModel(name: "falcon-7b", parameters: 6_921_720_704, layers: 32, heads: 71),
        KnownModel(name: "falcon-40b", parameters: 41_303_293_952, layers: 60, heads: 128),
        KnownModel(name: "mistral-7b", parameters: 7_241_732_096, layers: 32, heads: 32),
        KnownModel(name: "mixtral-8x7b", parameters: 46_702_792_704, layers: 32, heads: 32),
        KnownModel(name: "qwen-7b", parameters: 7_721_324_544, layers: 32, heads: 32),
        KnownModel(name: "qwen-14b", parameters: 14_167_290_880, layers: 40, heads: 40),
        KnownModel(name: "chatglm2-6b", parameters: 6_243_584_000, layers: 28, heads: 32),
        KnownModel(name: "baichuan2-7b", parameters: 7_505_973_248, layers: 32, heads: 32),
        KnownModel(name: "baichuan2-13b", parameters: 13_896_668_160, layers: 40, heads: 40),
        KnownModel(name: "whisper-large-v2", parameters: 1_543_304_960, layers: 64, heads: 20),
        KnownModel(name: "clip-vit-l14", parameters: 427_616_513, layers: 36, heads: 16),
        KnownModel(name: "vit-l16", parameters: 304_326_632, layers: 24, heads: 16),
    ]

    static func of(_ name: String) -> KnownModel? {
        let wanted = name.lowercased()
        return all.first { $0.name == wanted }
    }
}
