import Basics
import CLibYAML

/// What libyaml says, without its pointers.
struct YAMLEvent {
    enum Kind {
        case documentStart
        case documentEnd
        case scalar(YAMLScalar)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
        case alias(String)
    }

    var kind: Kind
    var anchor: String?
    var tag: String?
    var range: SourceRange
}

/// Runs libyaml's parser over bytes in memory. The parser stores its own address, so it lives on the heap.
@safe
struct EventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let file: String
    private let source: SourceFile
    private let bytes: ArraySlice<UInt8>
    private let lines: LineTable

    private init?(_ bytes: ArraySlice<UInt8>, file: String) {
        self.file = file
        source = SourceFile(file)
        self.bytes = bytes
        lines = LineTable(bytes)
        unsafe parser = .allocate(capacity: 1)
        guard unsafe yaml_parser_initialize(parser) == 1 else {
            unsafe parser.deallocate()
            return nil
        }
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
    }

    static func read(
        _ bytes: ArraySlice<UInt8>,
        file: String,
        _ body: (YAMLEvent) throws(DiagnosticError) -> Void
    ) throws(DiagnosticError) {
        guard let reader = EventReader(bytes, file: file) else {
            throw DiagnosticError(DiagnosticCode(1009), "libyaml could not start: out of memory")
        }
        var failure: DiagnosticError?
        unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe yaml_parser_set_encoding(reader.parser, YAML_UTF8_ENCODING)
            unsafe yaml_parser_set_input_string(reader.parser, buffer.baseAddress, buffer.count)
            do throws(DiagnosticError) {
                try reader.drain(body)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private func drain(_ body: (YAMLEvent) throws(DiagnosticError) -> Void) throws(DiagnosticError) {
        while true {
            var raw = unsafe yaml_event_t()
            guard unsafe yaml_parser_parse(parser, &raw) == 1 else { throw syntaxError() }
            defer { unsafe yaml_event_delete(&raw) }
            if unsafe raw.type == YAML_STREAM_END_EVENT || raw.type == YAML_NO_EVENT { return }
            if let event = unsafe convert(raw) { try body(event) }
        }
    }

    private func convert(_ raw: yaml_event_t) -> YAMLEvent? {
        let range = unsafe SourceRange(source: source, start: position(raw.start_mark), end: position(raw.end_mark))
        func event(_ kind: YAMLEvent.Kind, _ anchor: String? = nil, _ tag: String? = nil) -> YAMLEvent {
            YAMLEvent(kind: kind, anchor: anchor, tag: tag, range: range)
        }
        switch unsafe raw.type {
        case YAML_DOCUMENT_START_EVENT: return event(.documentStart)
        case YAML_DOCUMENT_END_EVENT: return event(.documentEnd)
        case YAML_SEQUENCE_END_EVENT: return event(.sequenceEnd)
        case YAML_MAPPING_END_EVENT: return event(.mappingEnd)
        case YAML_ALIAS_EVENT: return unsafe event(.alias(text(raw.data.alias.anchor) ?? ""))
        case YAML_SEQUENCE_START_EVENT:
            let data = unsafe raw.data.sequence_start
            return unsafe event(.sequenceStart, text(data.anchor), text(data.tag))
        case YAML_MAPPING_START_EVENT:
            let data = unsafe raw.data.mapping_start
            return unsafe event(.mappingStart, text(data.anchor), text(data.tag))
        case YAML_SCALAR_EVENT:
            let data = unsafe raw.data.scalar
            let bytes = unsafe UnsafeBufferPointer(start: data.value, count: data.length)
            let value = unsafe String(decoding: bytes, as: UTF8.self)
            let style: YAMLScalar.Style =
                switch unsafe data.style {
                case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
                case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
                case YAML_LITERAL_SCALAR_STYLE: .literal
                case YAML_FOLDED_SCALAR_STYLE: .folded
                default: .plain
                }
            var scalar = unsafe event(.scalar(YAMLScalar(text: value, style: style)), text(data.anchor), text(data.tag))
            if style == .literal || style == .folded, !value.isEmpty,
                let first = lines.firstWord(after: range.start.line, until: range.end.line, in: self.bytes)
            {
                // The text itself, not the sign that announces it.
                scalar.range.start = first
            }
            return scalar
        default: return nil
        }
    }

    private func syntaxError() -> DiagnosticError {
        let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "out of memory"
        let context = unsafe parser.pointee.context.map { unsafe String(cString: $0) }
        // What is wrong with single characters is told before there are marks.
        let isReading = unsafe parser.pointee.error == YAML_READER_ERROR
        let at =
            unsafe isReading
            ? LineTable.position(ofByte: parser.pointee.problem_offset, in: bytes)
            : position(parser.pointee.problem_mark)
        let range = SourceRange(file: file, start: at, end: SourcePosition(line: at.line, column: at.column + 1))
        var diagnostic = Diagnostic(
            DiagnosticCode(1004),
            "this is not valid YAML: \(problem)\(context.map { " (\($0))" } ?? "")",
            at: range,
            hints: SyntaxHint.hints(for: problem, lines: text(of: at.line - 1...at.line))
        )
        if context != nil, unsafe parser.pointee.context_mark.line != parser.pointee.problem_mark.line {
            let start = unsafe position(parser.pointee.context_mark)
            let end = SourcePosition(line: start.line, column: start.column + 1)
            diagnostic.related = [
                .init("what it belongs to begins here", at: SourceRange(file: file, start: start, end: end))
            ]
        }
        return DiagnosticError(diagnostic)
    }

    /// The lines of the text, as far as there are such.
    private func text(of numbers: ClosedRange<Int>) -> [String] {
        let all = bytes.split(separator: 0x0A, maxSplits: max(0, numbers.upperBound), omittingEmptySubsequences: false)
        return numbers.filter { $0 >= 1 && $0 <= all.count }.map { String(decoding: all[$0 - 1], as: UTF8.self) }
    }

    private func position(_ mark: yaml_mark_t) -> SourcePosition {
        lines.position(Int(mark.index))
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        unsafe pointer.map { unsafe String(cString: $0) }
    }
}

/// What most often lies behind one of libyaml's complaints.
private enum SyntaxHint {
    static func hints(for problem: String, lines: [String]) -> [String] {
        if let odd = lines.reversed().lazy.compactMap({ LookAlike.hint(in: $0) }).first { return [odd] }
        // `memory: >= 15 GiB`: a `>` begins a folded text.
        if lines.contains(where: { $0.contains(": >") || $0.contains("- >") || $0.contains(": <") }),
            problem.hasPrefix("found character that cannot start any token")
                || problem.hasPrefix("did not find expected comment or line break")
        {
            return ["a value that begins with `>` or `<`, such as `\">= 15 GiB\"`, needs quotes"]
        }
        if problem.hasPrefix("could not find expected ':'") {
            return ["behind the `:` of a key stands a blank: `key: value`"]
        }
        if problem.hasPrefix("found character that cannot start any token") {
            return ["tabs cannot indent; a value that starts with `@`, `` ` `` or `%` needs quotes"]
        }
        if problem.hasPrefix("mapping values are not allowed") {
            return ["a value that holds `: ` needs quotes; else look at the indentation of this line"]
        }
        if problem.hasPrefix("did not find expected") {
            return ["look at the indentation, and for a bracket, brace or quote that is not closed"]
        }
        if problem.hasPrefix("control characters") {
            return ["write it as an escape in double quotes, such as `\"\\x1b\"`"]
        }
        return []
    }
}
