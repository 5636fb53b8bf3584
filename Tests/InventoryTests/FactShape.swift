import Foundation

/// The paths of everything that a `Decodable` type can hold, found by decoding it from something that has every key.
final class FactShape: Decoder {
    var codingPath: [any CodingKey] = []
    var userInfo: [CodingUserInfoKey: Any] = [:]
    private let sink: Sink
    private let prefix: String

    private final class Sink {
        var leaves: Set<String> = []
    }

    static func leaves(of type: (some Decodable).Type) throws -> Set<String> {
        let sink = Sink()
        _ = try type.init(from: FactShape(sink, ""))
        return sink.leaves
    }

    private init(_ sink: Sink, _ prefix: String) {
        self.sink = sink
        self.prefix = prefix
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Keyed<Key>(shape: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Stop() }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw Stop() }

    private struct Stop: Error {}

    private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let shape: FactShape
        var codingPath: [any CodingKey] = []
        var allKeys: [Key] = []

        func contains(_ key: Key) -> Bool { true }
        func decodeNil(forKey key: Key) throws -> Bool { false }

        private func path(_ key: Key) -> String {
            shape.prefix.isEmpty ? key.stringValue : shape.prefix + "." + key.stringValue
        }

        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            func leaf<Text: Decodable>(_ value: Text) throws -> Value {
                shape.sink.leaves.insert(path(key))
                guard let value = value as? Value else { throw Stop() }
                return value
            }
            // A list holds one of each, so that what it holds is seen.
            if let list = type as? any ListShape.Type {
                guard
                    let value = try list.one({ element in try element.init(from: FactShape(shape.sink, path(key))) })
                        as? Value
                else { return try leaf([Int]()) }
                return value
            }
            if type == [String: String].self { return try leaf(["a": "b"]) }
            if type == [String: Int].self { return try leaf(["a": 1]) }
            if type == [String: Int64].self { return try leaf(["a": Int64(1)]) }
            if type == [Int: Int32].self { return try leaf([1: Int32(1)]) }
            if type == [String: [String]].self { return try leaf(["a": ["b"]]) }
            if let value = try? type.init(from: FactShape(shape.sink, path(key))) { return value }
            return try leaf(first(type))
        }

        /// An enumeration's first word is whatever it takes.
        private func first<Value: Decodable>(_ type: Value.Type) throws -> Value {
            for word in ["driver", "ethernet", "xid"] {
                if let value = try? JSONDecoder().decode([Value].self, from: Data("[\"\(word)\"]".utf8)).first {
                    return value
                }
            }
            throw Stop()
        }

        func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { note(key, true) }
        func decode(_ type: String.Type, forKey key: Key) throws -> String { note(key, "x") }
        func decode(_ type: Double.Type, forKey key: Key) throws -> Double { note(key, 1) }
        func decode(_ type: Float.Type, forKey key: Key) throws -> Float { note(key, 1) }
        func decode(_ type: Int.Type, forKey key: Key) throws -> Int { note(key, 1) }
        func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { note(key, 1) }
        func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { note(key, 1) }
        func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { note(key, 1) }
        func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { note(key, 1) }
        func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { note(key, 1) }
        func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { note(key, 1) }
        func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { note(key, 1) }
        func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { note(key, 1) }
        func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { note(key, 1) }

        private func note<Value>(_ key: Key, _ value: Value) -> Value {
            shape.sink.leaves.insert(path(key))
            return value
        }

        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws
            -> KeyedDecodingContainer<Nested>
        {
            throw Stop()
        }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw Stop() }
        func superDecoder() throws -> any Decoder { throw Stop() }
        func superDecoder(forKey key: Key) throws -> any Decoder { throw Stop() }
    }
}

/// Lists, as far as their elements can be made.
private protocol ListShape {
    static func one(_ make: (any Decodable.Type) throws -> any Decodable) throws -> Any?
}

extension Array: ListShape where Element: Decodable {
    static func one(_ make: (any Decodable.Type) throws -> any Decodable) throws -> Any? {
        // A list of words or numbers is a leaf itself.
        if Element.self == String.self || Element.self == Int.self { return nil }
        guard let element = try make(Element.self) as? Element else { return nil }
        return [element]
    }
}
