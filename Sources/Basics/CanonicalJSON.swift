import FoundationEssentials

/// JSON whose bytes follow from its value alone: sorted keys, no slash escapes. What is hashed or signed is written so.
package enum CanonicalJSON {
    package static func encode(_ value: some Encodable, pretty: Bool = false) throws(DiagnosticError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            pretty
            ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            throw DiagnosticError(DiagnosticCode(2090), "a value could not be written as JSON: \(error)")
        }
    }

    /// Reads a document that `what` names in the error: 'the lock `x.lock`'.
    package static func decode<Value: Decodable>(
        _ type: Value.Type,
        from bytes: some Sequence<UInt8>,
        what: String
    ) throws(DiagnosticError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch let error as DecodingError {
            throw DiagnosticError(DiagnosticCode(2091), "\(what) is not valid: \(describe(error))")
        } catch {
            throw DiagnosticError(DiagnosticCode(2091), "\(what) is not valid JSON")
        }
    }

    private static func describe(_ error: DecodingError) -> String {
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.isEmpty
                ? "the top level"
                : "`"
                    + context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
                    + "`"
        }
        switch error {
        case .keyNotFound(let key, let context): return "\(path(context)) lacks `\(key.stringValue)`"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "\(path(context)) has the wrong type: \(context.debugDescription)"
        case .dataCorrupted(let context): return "\(path(context)): \(context.debugDescription)"
        @unknown default: return "\(error)"
        }
    }
}
