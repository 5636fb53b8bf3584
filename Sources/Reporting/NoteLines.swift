import Reconciling

/// What could not be judged, a line for each reason: a hundred kernel parameters of a tree that is not running are one.
enum NoteLines {
    static func render(_ notes: [Plan.Note], _ style: TextStyle) -> [String] {
        var order: [String] = []
        var groups: [String: [Plan.Note]] = [:]
        for note in notes {
            let key = "\(note.resource.kind)/\(note.attribute)/\(note.reason)"
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(note)
        }
        return order.compactMap { key in
            guard let group = groups[key], let first = group.first else { return nil }
            let names = group.prefix(3).map(\.resource.description).joined(separator: ", ")
            let more = group.count > 3 ? " and \(group.count - 3) more" : ""
            return style("  note: \(names)\(more): `\(first.attribute)` is not judged: \(first.reason)", .dim)
        }
    }
}
