import Basics
import Blueprints
import Foundation
import TestSupport
import Testing

/// Blueprints for tests: a heading, and the sections that a test is about.
enum Reading {
    static let heading = "apiVersion: millwright/v1\nkind: Blueprint\nmetadata: {name: node, version: 1.0.0}\n"

    static func read(
        _ sections: String,
        settings: [String: String] = [:],
        facts: [String: String]? = nil
    ) -> (blueprint: Blueprint?, diagnostics: [Diagnostic]) {
        BlueprintReader(settings: settings, facts: facts).read(
            bytes: Array((heading + sections).utf8),
            file: "test.yaml"
        )
    }

    /// The blueprint, or a failure that shows what is wrong with it.
    static func valid(
        _ sections: String,
        settings: [String: String] = [:],
        facts: [String: String]? = nil,
        location: SourceLocation = #_sourceLocation
    ) throws -> Blueprint {
        let (blueprint, diagnostics) = read(sections, settings: settings, facts: facts)
        let text = DiagnosticText(sources: ["test.yaml": heading + sections]).render(diagnostics)
        return try #require(blueprint, "\(text)", sourceLocation: location)
    }

    static func fixture(_ path: String) throws -> [UInt8] {
        Array(try #require(FileManager.default.contents(atPath: path), "\(path)"))
    }
}
