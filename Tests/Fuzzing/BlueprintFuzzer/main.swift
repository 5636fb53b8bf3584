import Basics
import Blueprints
import Foundation
import YAMLSyntax

// Reads mutated blueprints until its time is over: BlueprintFuzzer SECONDS SEED FOLDER...
//
// Each input is one of the seeds, or two of them joined, with some random edits. A trap ends the process; the wrapper then
// has the input, since it is written down before it is read. What must hold besides is checked here.

/// A generator whose numbers follow from its seed, so that a finding can be had again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

let arguments = CommandLine.arguments
let seconds = arguments.count > 1 ? Double(arguments[1]) ?? 10 : 10
let seed = arguments.count > 2 ? UInt64(arguments[2]) ?? 1 : 1
let current = FileManager.default.temporaryDirectory.appendingPathComponent("millwright-fuzz-\(seed).yaml")
var random = SplitMix(state: seed)

var seeds: [[UInt8]] = []
for folder in arguments.dropFirst(3) {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    for name in names.sorted() where name.hasSuffix(".yaml") {
        let bytes = Array(FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data())
        // What is there to be slow on purpose has its own tests.
        if bytes.count < 20_000, !name.contains("bomb"), !name.contains("doubling") { seeds.append(bytes) }
    }
}
guard !seeds.isEmpty else {
    print("error: no seeds")
    exit(64)
}

/// Pieces that YAML and the language give a meaning to.
let pieces: [[UInt8]] = [
    "${", "}", "${parameters.x}", "${facts.os.id}", "$${", "!remove ", "!replace ", "!!binary ", "&a ", "*a", "<<: *a",
    "? ",
    ": ", "- ", "\n", "\t", "\r\n", "|\n  ", ">-\n  ", "\"", "'", "\\x41", "\\u4e2d", "#", "---\n", "...\n",
    "%YAML 1.2\n",
    "[", "]", "{", "}", ",", "null", "~", "true", "0644", "1e999", "-0", "99999999999999999999", ">= 1, < 2", "1..2",
    "80 GiB",
    "extends: [a]", "\u{FEFF}", "\u{0}", "\u{85}", "\u{2028}", "中文", "👩‍👩‍👧", "é", "\u{202E}",
].map { Array($0.utf8) }

@MainActor func mutated() -> [UInt8] {
    var bytes = seeds[Int.random(in: seeds.indices, using: &random)]
    if Int.random(in: 0..<8, using: &random) == 0 { bytes += seeds[Int.random(in: seeds.indices, using: &random)] }
    for _ in 0..<Int.random(in: 1...6, using: &random) {
        guard !bytes.isEmpty else { break }
        let place = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 0...40, using: &random))
        switch Int.random(in: 0..<7, using: &random) {
        case 0: bytes.removeSubrange(place..<end)
        case 1: bytes.insert(contentsOf: pieces[Int.random(in: pieces.indices, using: &random)], at: place)
        case 2: bytes.replaceSubrange(place..<end, with: pieces[Int.random(in: pieces.indices, using: &random)])
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
        case 4 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 5: bytes.removeSubrange(place...)
        case _: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random) }
        }
    }
    return bytes
}

@MainActor func complain(_ what: String, _ bytes: [UInt8]) -> Never {
    print("error: \(what); the input is \(current.path), seed \(seed)")
    exit(1)
}

let clock = ContinuousClock()
let end = clock.now + .seconds(seconds)
var (runs, valid, slowest) = (0, 0, Duration.zero)
var reader = BlueprintReader()
reader.keepsValues = true
while clock.now < end {
    let bytes = mutated()
    try Data(bytes).write(to: current)
    let began = clock.now
    let result = reader.read(bytes: bytes, file: "fuzz.yaml") { (_, _) throws(DiagnosticError) in
        throw DiagnosticError(DiagnosticCode(2001), "no such file")
    }
    let took: Duration = clock.now - began
    slowest = max(slowest, took)
    if took > Duration.seconds(2) { complain("it took \(took)", bytes) }
    let errors = result.diagnostics.filter { $0.severity == .error }
    if (result.blueprint == nil) == errors.isEmpty { complain("a blueprint and errors, or neither", bytes) }
    let lines = String(decoding: bytes, as: UTF8.self).unicodeScalars.split(
        separator: "\n",
        omittingEmptySubsequences: false
    )
    for diagnostic in result.diagnostics {
        guard let range = diagnostic.range, range.file == "fuzz.yaml" else { continue }
        // One line and one column behind the end is where an end is.
        let isInside = range.start.line >= 1 && range.start.line <= lines.count + 1 && range.start <= range.end
        if !isInside { complain("\(diagnostic.code) points outside: \(range)", bytes) }
    }
    _ = DiagnosticText(sources: result.sources).render(result.diagnostics)
    if let blueprint = result.blueprint, let tree = blueprint.resolved {
        valid += 1
        // What `show` prints reads back as the same tree, whatever is in it.
        let text = YAMLWriter.text(tree)
        let (again, said) = YAMLParser.parse(bytes: Array(text.utf8), file: "shown.yaml")
        guard let again, said.isEmpty, YAMLWriter.text(again) == text else {
            complain("what is shown does not read back", bytes)
        }
    }
    runs += 1
}
try? FileManager.default.removeItem(at: current)
print("\(runs) inputs, \(valid) of them valid, slowest \(slowest), seed \(seed): nothing found")
