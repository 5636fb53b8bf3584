// swift-tools-version: 6.2
import PackageDescription

// The floors of the house, lowest first: a target imports only targets of the floors below it.
// `Scripts/check-imports` holds every `import` against this file's table in CONTRIBUTING.md.

/// What every target of ours is compiled with.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// Tests build temporary trees and call C freely, so they go without the memory-safety marks.
let testHouse: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

func floor(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: testHouse)
}

let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "millwright",
    products: [
        .executable(name: "millwright", targets: ["millwright"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        // Floor 0: C libraries and pure words.
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        // Not linked but opened when first wanted: each header says why. From libcurl4-openssl-dev and libarchive-dev.
        .target(name: "CLibCurl"),
        .target(name: "CLibArchive"),
        .target(name: "CNVML"),
        .target(name: "CNode"),
        floor("Basics"),

        // Floors 1 and 2: one outside thing each.
        floor("Signing", ["Basics", "CLibCrypto"]),
        floor("NodeAccess", ["Basics", "CNode", "CNVML", system, subprocess]),
        floor("YAMLSyntax", ["Basics", "CLibYAML"]),
        floor("Archiving", ["Basics", "CLibArchive", system]),
        floor("Fetching", ["Basics", "CLibCurl", "Signing", system]),

        // Floor 3: the four things that are ours.
        floor("Blueprints", ["Basics", "YAMLSyntax"]),
        floor("Inventory", ["Basics", "NodeAccess"]),
        floor("Bundling", ["Basics", "NodeAccess", "Archiving", "Fetching", "Signing"]),
        floor("Reconciling", ["Basics", "NodeAccess", "Signing"]),

        // Floor 4: where they meet.
        floor("Conformance", ["Basics", "Blueprints", "Inventory"]),
        floor(
            "Resources",
            ["Basics", "Blueprints", "Bundling", "Reconciling", "NodeAccess", "Archiving", "Fetching", "Signing"]
        ),

        // Floors 5 to 7: what people see.
        floor(
            "Reporting",
            ["Basics", "NodeAccess", "Blueprints", "Inventory", "Bundling", "Reconciling", "Conformance"]
        ),
        floor(
            "MillwrightCommands",
            [
                "Basics", "NodeAccess", "YAMLSyntax", "Archiving", "Fetching", "Signing", "Blueprints", "Inventory",
                "Bundling", "Reconciling", "Conformance", "Resources", "Reporting", arguments,
            ]
        ),
        .executableTarget(
            name: "millwright",
            dependencies: ["MillwrightCommands"],
            swiftSettings: house
        ),

        // Tests: one target a floor's target, and what they share.
        .target(
            name: "TestSupport",
            dependencies: ["Basics", "NodeAccess"],
            path: "Tests/TestSupport",
            exclude: ["hostile-server.py", "schema-check.py"],
            swiftSettings: testHouse
        ),
        .executableTarget(
            name: "HashBench",
            dependencies: ["Basics", "Signing"],
            path: "Tests/Benchmarks/HashBench",
            swiftSettings: testHouse
        ),
        .executableTarget(
            name: "BlueprintFuzzer",
            dependencies: ["Basics", "Blueprints", "YAMLSyntax"],
            path: "Tests/Fuzzing/BlueprintFuzzer",
            swiftSettings: testHouse
        ),
        tests("BasicsTests", ["Basics", "TestSupport"]),
        tests("NodeAccessTests", ["Basics", "NodeAccess", "TestSupport", "Signing"]),
        tests("BlueprintsTests", ["Blueprints", "YAMLSyntax", "TestSupport"]),
        tests(
            "InventoryTests",
            ["Basics", "Inventory", "Conformance", "Blueprints", "Reporting", "NodeAccess", "TestSupport"]
        ),
        tests(
            "FetchingTests",
            ["Basics", "Fetching", "Archiving", "Bundling", "NodeAccess", "Signing", "TestSupport"]
        ),
        tests("BundlingTests", ["Bundling", "Fetching", "Signing", "Archiving", "Reporting", "TestSupport"]),
        tests(
            "ReconcilingTests",
            ["Reconciling", "Resources", "Blueprints", "Bundling", "Signing", "TestSupport", "EngineProbe"]
        ),
        .executableTarget(
            name: "EngineProbe",
            dependencies: ["Basics", "NodeAccess", "Reconciling", "Resources", "Signing"],
            path: "Tests/EngineProbe",
            swiftSettings: testHouse
        ),
        tests("EndToEndTests", ["TestSupport", "millwright"]),
        tests("CommandsTests", ["MillwrightCommands", "Reporting", "TestSupport", "millwright"]),
    ]
)
