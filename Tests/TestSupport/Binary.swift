import Foundation

/// The built `millwright`, as a user runs it.
package enum Binary {
    /// Beside the test bundle: both are products of one build.
    package static var path: String {
        let bundle = Bundle.allBundles.map(\.bundlePath).first { $0.hasSuffix(".xctest") }
        let products = bundle.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
        let executable = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
        let candidates = [products, executable].compactMap { $0 }.map { "\($0)/millwright" }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? "millwright"
    }

    /// The house's own folder: the one that holds Package.swift.
    package static func house(_ here: String = #filePath) -> String {
        URL(fileURLWithPath: here).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
    }

    @discardableResult
    package static func run(_ arguments: String..., environment: [String: String] = [:]) -> Shell.Outcome {
        Shell.run(path, arguments, environment: environment)
    }

    @discardableResult
    package static func run(_ arguments: [String], prefix: [String] = []) -> Shell.Outcome {
        guard let program = prefix.first else { return Shell.run(path, arguments) }
        return Shell.run(program, Array(prefix.dropFirst()) + [path] + arguments)
    }
}
