/// A stable name of a kind of diagnostic, such as `MW1203`: never reused for something else.
///
/// The first two digits say who speaks: 10 YAML syntax, 11 the shape of a blueprint, 12 its values, 13 references and
/// conflicts, 20 node files and commands, 30 fetching, 31 archives, 40 bundles and locks, 50 the engine, 60 hardware.
package struct DiagnosticCode: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package var rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package init(_ number: Int) {
        rawValue = "MW\(number)"
    }

    package var description: String { rawValue }
}
