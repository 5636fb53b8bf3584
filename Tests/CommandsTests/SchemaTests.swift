import Foundation
import TestSupport
import Testing

/// The schema that editors get, held against a public validator.
struct SchemaTests {
    private let work = TemporaryDirectory("schema")

    private struct Verdict: Decodable {
        var errors: Int
        var first: String
    }

    private func verdicts(_ files: [String]) throws -> [String: Verdict?] {
        try MissingTool.require("/usr/bin/python3")
        let schema = work.path + "/schema.json"
        let printed = Binary.run("schema", "--report", schema)
        #expect(printed.status == 0, "\(printed.errors)")
        let checked = Shell.run(
            "timeout",
            ["120", "/usr/bin/python3", Binary.house() + "/Tests/TestSupport/schema-check.py", schema] + files
        )
        #expect(checked.status == 0, "\(checked.errors)")
        return try JSONDecoder().decode([String: Verdict?].self, from: Data(checked.output.utf8))
    }

    private func files(below folder: String) -> [String] {
        (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
    }

    @Test("every blueprint of the house fits the schema, and validates without a word")
    func blueprints() throws {
        let files = files(below: Binary.house() + "/Blueprints")
        #expect(files.count >= 17)
        for (file, verdict) in try verdicts(files) {
            #expect(verdict?.errors == 0, "\(file): \(verdict?.first ?? "no YAML")")
        }
        let validated = Binary.run(["validate"] + files)
        #expect(validated.status == 0)
        #expect(validated.errors.isEmpty, "\(validated.errors)")
    }

    /// What depends on other values, on other files or on the order of things.
    private static let beyond: Set = [
        "1014-tags", "1007-duplicate-key", "1006-documents", "1010-complex-key", "1011-alias", "1005-depth",
    ]

    /// Codes that a schema cannot find: values that refer to others, or whose form is more than a pattern says.
    private static let beyondCodes: Set = [
        "1012", "1014", "1104", "1107", "1205", "1202", "1207", "1208", "1209", "1211", "1212", "1214", "1217", "1219",
        "1222", "1223",
        "1224", "1226", "1227", "1230", "1231", "1234", "1236", "1240", "1301", "1302", "1303", "1304", "1305", "1306",
        "1307",
        "1308", "1309", "1310", "1311", "1312", "1313", "1314", "1315", "1316", "1317", "1320", "1321", "1322", "1323",
        "1325", "1326", "1327", "1330", "1331", "1332", "1333", "1334", "1335", "1336", "1337", "1338", "1340", "1341",
        "1345",
    ]

    @Test("each invalid file fails it, or is beyond what a schema can say")
    func invalid() throws {
        let folder = Golden.fixtures() + "/Diagnostics"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            // A bomb that the validator would not survive.
            $0.hasSuffix(".yaml") && !$0.hasPrefix("1012-bomb")
        }
        .map { "\(folder)/\($0)" }
        var found = 0
        for (file, verdict) in try verdicts(files) {
            let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
            guard let verdict else { continue }
            if verdict.errors > 0 {
                found += 1
                continue
            }
            let isBeyond =
                name == "pending" || SchemaTests.beyond.contains(name)
                || SchemaTests.beyondCodes.contains(String(name.prefix(4)))
            #expect(isBeyond, "\(name) passes the schema")
        }
        #expect(found > 20)
    }
}
