extension Shape {
    /// A key of the language with its place: `system.files.mode`, `parameters.*.type`.
    package struct Entry: Sendable {
        package var path: String
        package var kind: Kind
        package var isRequired: Bool
    }

    /// Every key, depth first in the order of reading.
    package var entries: [Entry] { entries(below: "") }

    private func entries(below path: String) -> [Entry] {
        keys.flatMap { key in
            let own = path.isEmpty ? key.name : "\(path).\(key.name)"
            return [Entry(path: own, kind: key.kind, isRequired: key.isRequired)]
                + (key.kind.shape?.entries(below: own) ?? [])
        } + (rest?.shape?.entries(below: path + ".*") ?? [])
    }
}

extension Shape.Kind {
    /// The mapping that it is, or holds one of.
    package var shape: Shape? {
        switch self {
        case .mapping(let shape): shape
        case .list(let kind), .map(let kind): kind.shape
        case .either(let kinds): kinds.lazy.compactMap(\.shape).first
        default: nil
        }
    }
}
