import Basics
import Signing

// The counterpart of Peers/sha256.c: the same buffer through our hasher. Prints bytes a second and the digest's start.
func measure(mebibytes: Int) {
    let buffer = [UInt8](repeating: 0xA5, count: 1 << 20)
    let clock = ContinuousClock()
    let from = clock.now
    var hasher = Hasher256()
    for _ in 0..<mebibytes { hasher.update(buffer) }
    let digest = hasher.finish()
    let took = from.duration(to: clock.now)
    let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
    print(Int(Double(mebibytes) * 1_048_576 / seconds), digest.hex.prefix(4))
}

measure(mebibytes: CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 256)
