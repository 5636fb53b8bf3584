package import Basics

/// Something that is fetched, and placed or unpacked.
package struct ArtifactDeclaration: Sendable {
    package enum Origin: Sendable {
        /// Tried in order: `file:`, `http:`, `https:`, `pypi:NAME==VERSION`.
        case sources([Sourced<String>])
        /// Requirements that pip resolves, with all that they need.
        case wheels([Sourced<String>])
    }

    package enum Placement: Sendable {
        /// One file at a path, or a folder of wheels.
        case path(Sourced<String>)
        case unpack(Unpacking)
    }

    package struct Unpacking: Sendable {
        package var target: Sourced<String>
        /// Leading components taken off each name.
        package var strip: Int
        /// What is kept, matched after stripping; all where it is empty.
        package var include: [Sourced<String>]
        package var ownership: Ownership
    }

    package var name: Sourced<String>
    package var origin: Origin
    /// The Python that wheels are for: `3.11`.
    package var python: Sourced<String>?
    package var digest: Sourced<Digest>?
    package var placement: Placement
    package var ownership: Ownership
    package var after: [Sourced<String>]
    package var notify: [Sourced<String>]
    package var range: SourceRange

    static func read(_ fields: Fields) -> ArtifactDeclaration? {
        let name = fields.requiredText("name", example: "nccl-tests")
        let origin = Origin.read(fields)
        let python = fields.text("python")
        if let python, !Words.isPythonRelease(python.value) {
            fields.complaints.report(
                1226,
                "`python` must be a release such as `3.11`, found `\(python.value)`",
                at: python.range
            )
        }
        let digest = fields.digest("digest")
        let path = fields.path("path")
        let ownership = Ownership.read(fields)
        let after = fields.texts("after")
        let notify = fields.texts("notify")
        let unpacking = fields.section("unpack") { Unpacking.read($0) }
        var placement: Placement?
        if let path, let unpacking {
            fields.complaints.report(
                1306,
                "an artifact is either placed at `path` or unpacked, not both",
                at: path.range,
                related: [.init("`unpack` stands here", at: unpacking.target.range)]
            )
        } else if let unpacking {
            placement = .unpack(unpacking)
            for extra in [ownership.owner?.range, ownership.group?.range, ownership.mode?.range].compactMap({ $0 }) {
                fields.complaints.report(1307, "owner and group of what is unpacked stand in `unpack`", at: extra)
            }
        } else if let path {
            placement = .path(path)
        } else {
            fields.demandOne(of: ["path", "unpack"], example: "/opt/…` or `unpack: {to: /opt/…}")
        }
        if case .wheels? = origin, let unpacking {
            fields.complaints.report(1308, "wheels are kept as files: give `path`", at: unpacking.target.range)
        }
        if let name, !Words.isFileName(name.value) {
            fields.complaints.report(
                1217,
                "`name` may hold letters, digits, `-`, `.` and `_`, not `.` or `-` first, found `\(name.value)`",
                at: name.range
            )
        }
        guard let name, let origin, let placement else { return nil }
        return ArtifactDeclaration(
            name: name,
            origin: origin,
            python: python,
            digest: digest,
            placement: placement,
            ownership: ownership,
            after: after,
            notify: notify,
            range: fields.range
        )
    }
}

extension ArtifactDeclaration.Origin {
    static let schemes = ["file", "http", "https", "pypi", "s3", "oci", "hf"]

    fileprivate static func read(_ fields: Fields) -> ArtifactDeclaration.Origin? {
        let sources = fields.texts("sources", .form(pattern: "^(file|https?|pypi|s3|oci|hf):", "a source"))
            .map { fields.rebased($0) }
        let wheels = fields.texts("wheels")
        for source in sources { check(source, fields.complaints) }
        for wheel in wheels where !isRequirement(wheel.value) {
            // pip takes what begins with a dash as an option.
            fields.complaints.report(
                1227,
                "`\(wheel.value)` is no requirement of a Python package",
                at: wheel.range,
                hints: ["write `NAME`, `NAME==VERSION` or `NAME>=VERSION`"]
            )
        }
        if !sources.isEmpty, let wheel = wheels.first {
            fields.complaints.report(1309, "an artifact has either `sources` or `wheels`, not both", at: wheel.range)
            return nil
        }
        if !sources.isEmpty { return .sources(sources) }
        if !wheels.isEmpty { return .wheels(wheels) }
        fields.demandOne(of: ["sources", "wheels"], example: "[\"https://…\", \"file:…\"]")
        if let range = fields.keyRange("sources") ?? fields.keyRange("wheels") {
            fields.complaints.report(1310, "an artifact needs at least one source", at: range)
        }
        return nil
    }

    static func isRequirement(_ text: String) -> Bool {
        guard let first = text.utf8.first, Words.isNameByte(first), !"-._".utf8.contains(first) else { return false }
        // `torch=1.0`, which conda writes: pip takes `==`.
        let bytes = Array(text.utf8)
        let equals = UInt8(ascii: "=")
        for index in bytes.indices where bytes[index] == equals {
            let before = index > 0 ? bytes[index - 1] : 0
            let after = index + 1 < bytes.count ? bytes[index + 1] : 0
            if before != equals, after != equals, !"<>!~".utf8.contains(before) { return false }
        }
        return bytes.allSatisfy { $0 >= 32 && $0 != 127 }
    }

    private static func check(_ source: Sourced<String>, _ complaints: Complaints) {
        let scheme = source.value.split(separator: ":", maxSplits: 1).first.map(String.init) ?? ""
        let rest = source.value.dropFirst(scheme.count + 1)
        guard source.value.contains(":"), schemes.contains(scheme), !rest.isEmpty else {
            complaints.report(
                1218,
                "a source begins with one of \(schemes.map { "`\($0):`" }.joined(separator: ", ")), found `\(source.value)`",
                at: source.range,
                hints: source.value.contains(":") ? [] : ["a local file is written `file:\(source.value)`"]
            )
            return
        }
        if scheme == "pypi", rest.range(of: "==") == nil {
            complaints.report(
                1219,
                "a `pypi:` source names one version, found `\(source.value)`",
                at: source.range,
                hints: ["write `pypi:NAME==VERSION`"]
            )
        }
    }
}

extension ArtifactDeclaration.Unpacking {
    fileprivate static func read(_ fields: Fields) -> ArtifactDeclaration.Unpacking? {
        let target = fields.path("to")
        if !fields.has("to") { fields.missing("to", example: "/opt/…") }
        let strip = fields.integer("strip", in: 0...64)?.value ?? 0
        let include = fields.texts("include")
        let ownership = Ownership(owner: fields.account("owner"), group: fields.account("group"), mode: nil)
        return target.map {
            ArtifactDeclaration.Unpacking(target: $0, strip: strip, include: include, ownership: ownership)
        }
    }
}

extension Fields {
    fileprivate func digest(_ key: String) -> Sourced<Digest>? {
        guard let text = text(key, .form(pattern: "^sha256:[0-9a-f]{64}$", "a SHA-256 digest")) else { return nil }
        guard let digest = Digest(text.value) else {
            complaints.report(
                1220,
                "`\(key)` must be `sha256:` and 64 hex digits, found `\(text.value)`",
                at: text.range,
                hints: ["`sha256sum FILE` prints the digits"]
            )
            return nil
        }
        return Sourced(digest, at: text.range)
    }
}

extension Substring {
    fileprivate func range(of needle: String) -> Range<String.Index>? { String(self).range(of: needle) }
}
