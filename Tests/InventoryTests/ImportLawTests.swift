import Basics
import Foundation
import Inventory
import NodeAccess
import TestSupport
import Testing

/// What holds of every file of another tool, whatever it tells.
struct ImportLawTests {
    /// What is told of a thing does not change when the text is cut off: it is the same or unknown.
    @Test(arguments: ImportedFiles.names) func aTextThatIsCutOffTellsNothingElse(_ name: String) throws {
        let whole = try ImportedFiles.bytes(name)
        let told = try Self.leaves(try ImportedFiles.facts(name))
        let step = max(1, whole.count / 100)
        for cut in stride(from: 0, to: whole.count, by: step) {
            guard let part = try? FactImports.read(Array(whole.prefix(cut)), name: name) else { continue }
            for (place, value) in try Self.leaves(part) where told[place] != value {
                Issue.record("\(name) cut at \(cut): \(place) is \(value) and not \(told[place] ?? "unknown")")
            }
        }
    }

    /// Line ends of another system change nothing, and whatever stands in a file does not end the program.
    @Test(arguments: ImportedFiles.names) func formsOfATextThatNobodyMeant(_ name: String) throws {
        let whole = try ImportedFiles.bytes(name)
        let told = try Self.leaves(try ImportedFiles.facts(name))
        let text = String(decoding: whole, as: UTF8.self).replacingOccurrences(of: "\n", with: "\r\n")
        #expect(try Self.leaves(try FactImports.read(Array(text.utf8), name: name)) == told)
        var random = Seeded(11)
        for _ in 0..<20 {
            var bytes = whole
            for _ in 0..<8 {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                bytes[at] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? FactImports.read(bytes, name: name)
        }
    }

    /// Every value with the place where it stands; things of a list by what they are called. Empty lists and notes are none.
    private static func leaves(_ facts: Facts) throws -> [String: String] {
        var result: [String: String] = [:]
        func walk(_ value: Any, _ place: String) {
            if let members = value as? [String: Any] {
                for (key, member) in members where !["notes", "importedFrom", "partial"].contains(key) {
                    walk(member, "\(place)/\(key)")
                }
            } else if let things = value as? [[String: Any]] {
                for thing in things {
                    let spaces = thing["namespaces"] as? [[String: Any]]
                    let name =
                        thing["address"] ?? thing["path"] ?? thing["adapter"] ?? thing["name"] ?? thing["locator"]
                    let port = (thing["port"] as? Int).map { " \($0)" } ?? ""
                    walk(thing, "\(place)[\(name ?? spaces?.first?["name"] ?? thing["serial"] ?? "?")\(port)]")
                }
            } else if let list = value as? [Any] {
                if !list.isEmpty { result[place] = "\(list)" }
            } else {
                result[place] = "\(value)"
            }
        }
        walk(try JSONSerialization.jsonObject(with: Data(try facts.json())), "")
        return result
    }
}
