import Basics
import CLibCurl
import Glibc
import Synchronization

/// One try at one HTTP location.
final class CurlTransfer {
    private let file: PartialFile
    private let location: String
    private let request: FetchRequest
    private let progress: (@Sendable (FetchProgress) -> Void)?
    private let startedAt: Int64

    // What the server says, header by header; a redirect starts afresh.
    private var status = 0
    private var tag: String?
    private var modified: String?
    private var retryAfter: Double?
    private var length: Int64?
    private var range: ContentRange?
    private var headerBytes = 0
    private var judged = false
    private var refusal: TransferFailure?

    private static let headerLimit = 256 << 10

    init(
        _ location: String,
        _ request: FetchRequest,
        into file: PartialFile,
        progress: (@Sendable (FetchProgress) -> Void)?
    ) {
        self.location = location
        self.request = request
        self.file = file
        self.progress = progress
        startedAt = file.size
    }

    /// Runs to its end on this thread.
    func perform(_ policy: RetryPolicy, userAgent: String) throws(TransferFailure) {
        if let failure = CurlLibrary.failure { throw .final("libcurl is needed to fetch: \(failure)") }
        guard let handle = unsafe mw_curl_easy_init() else { throw .final("libcurl could not start") }
        defer { unsafe mw_curl_easy_cleanup(handle) }
        var headers: UnsafeMutablePointer<curl_slist>?
        if startedAt > 0, let validator = file.validator {
            // The server sends the rest only if it still is the same thing; else all of it, with 200. libcurl's own
            // resuming takes that 200 for a failure, so the range is asked for by hand.
            unsafe headers = mw_curl_slist_append(headers, "If-Range: \(validator)")
            unsafe headers = mw_curl_slist_append(headers, "Range: bytes=\(startedAt)-")
        }
        defer { unsafe mw_curl_slist_free_all(headers) }
        let me = unsafe Unmanaged.passUnretained(self).toOpaque()
        let words = CurlWords()
        unsafe configure(handle, policy, userAgent, me)
        unsafe _ = mw_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, words.buffer.baseAddress)
        unsafe _ = mw_curl_set_list(handle, CURLOPT_HTTPHEADER, headers)
        let result = unsafe mw_curl_easy_perform(handle)
        var connected: curl_off_t = 0
        unsafe _ = mw_curl_get_offset(handle, CURLINFO_PRETRANSFER_TIME_T, &connected)
        try withExtendedLifetime(words) { () throws(TransferFailure) in
            try conclude(result, policy, said: words.text, wasConnected: connected > 0)
        }
    }

    private func configure(
        _ handle: UnsafeMutableRawPointer,
        _ policy: RetryPolicy,
        _ agent: String,
        _ me: UnsafeMutableRawPointer
    ) {
        unsafe _ = mw_curl_set_string(handle, CURLOPT_URL, location)
        unsafe _ = mw_curl_set_string(handle, CURLOPT_USERAGENT, agent)
        unsafe _ = mw_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        unsafe _ = mw_curl_set_string(
            handle,
            CURLOPT_REDIR_PROTOCOLS_STR,
            location.hasPrefix("https:") ? "https" : "http,https"
        )
        unsafe _ = mw_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 1)
        unsafe _ = mw_curl_set_long(handle, CURLOPT_MAXREDIRS, 8)
        unsafe _ = mw_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        unsafe _ = mw_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT, policy.connectTimeout)
        unsafe _ = mw_curl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, policy.stallSpeed)
        unsafe _ = mw_curl_set_long(handle, CURLOPT_LOW_SPEED_TIME, policy.stallSeconds)
        unsafe _ = mw_curl_set_long(handle, CURLOPT_NOPROGRESS, 0)
        unsafe _ = mw_curl_set_long(handle, CURLOPT_BUFFERSIZE, 256 << 10)
        unsafe _ = mw_curl_set_pointer(handle, CURLOPT_WRITEDATA, me)
        unsafe _ = mw_curl_set_pointer(handle, CURLOPT_HEADERDATA, me)
        unsafe _ = mw_curl_set_pointer(handle, CURLOPT_XFERINFODATA, me)
        unsafe _ = mw_curl_set_write(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, me in
            guard let me = unsafe me, let bytes = unsafe bytes else { return 0 }
            let transfer = unsafe Unmanaged<CurlTransfer>.fromOpaque(me).takeUnretainedValue()
            let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            return unsafe transfer.take(buffer) ? buffer.count : 0
        }
        unsafe _ = mw_curl_set_write(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, me in
            guard let me = unsafe me, let bytes = unsafe bytes else { return 0 }
            let transfer = unsafe Unmanaged<CurlTransfer>.fromOpaque(me).takeUnretainedValue()
            let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            return transfer.header(unsafe String(decoding: buffer, as: UTF8.self)) ? buffer.count : 0
        }
        unsafe _ = mw_curl_set_progress(handle) { me, _, _, _, _ in
            guard unsafe me != nil else { return 0 }
            return Task.isCancelled ? 1 : 0
        }
    }

    /// - Returns: false where there are more of them than any honest server sends.
    private func header(_ line: String) -> Bool {
        headerBytes += line.utf8.count
        guard headerBytes <= CurlTransfer.headerLimit else {
            refusal = .final("its headers are longer than \(CurlTransfer.headerLimit) bytes")
            return false
        }
        let text = line.trimmingBlanks()
        if text.hasPrefix("HTTP/") {
            let words = text.split(separator: " ")
            status = words.count > 1 ? Int(words[1]) ?? 0 : 0
            (tag, modified, retryAfter, length, range) = (nil, nil, nil, nil, nil)
            return true
        }
        guard let colon = text.firstIndex(of: ":") else { return true }
        let value = String(text[text.index(after: colon)...]).trimmingBlanks()
        switch text[..<colon].lowercased() {
        case "etag": tag = value
        case "last-modified": modified = value
        case "retry-after": retryAfter = CurlTransfer.seconds(value)
        // A length beyond an exbibyte is none.
        case "content-length": length = Int64(value).flatMap { (0...(1 << 60)).contains($0) ? $0 : nil }
        case "content-range": range = ContentRange(value)
        default: break
        }
        return true
    }

    /// `Retry-After` is a number of seconds or a date.
    private static func seconds(_ text: String) -> Double? {
        if let seconds = Double(text) { return seconds }
        let date = unsafe mw_curl_getdate(text)
        return date < 0 ? nil : Double(date - time(nil))
    }

    /// Once a transfer, before its first byte: is this what was asked for?
    private func judge() -> TransferFailure? {
        // The rest of the 2xx come without the content, or with something else for it.
        guard [200, 203, 206].contains(status) else { return statusFailure }
        if status == 206 {
            guard let range, range.start == file.size, range.isRest else {
                return .final("the server sent another range than was asked for")
            }
            if startedAt > 0, let validator, validator != file.validator {
                // It sent the rest of another thing, If-Range or not.
                file.restart()
                return .transient("it changed while it was fetched", retryAfter: nil)
            }
        } else if file.size > 0 {
            file.restart()
        }
        if status != 206 || validator != nil { file.setValidator(validator) }
        if let length, let wanted = request.size, file.size + length != wanted {
            return .final("the server announces \(file.size + length) bytes, expected \(wanted)")
        }
        if let length, let most = request.maximumSize, file.size + length > most {
            return .final("the server announces \(file.size + length) bytes, at most \(most) are taken")
        }
        return nil
    }

    /// What tells this thing from another one at the same place. A weak tag does not vouch for bytes; without a strong
    /// one the date has to do.
    private var validator: String? { tag.flatMap { $0.hasPrefix("W/") ? nil : $0 } ?? modified }

    /// The size of the whole, as the server tells it.
    private var announced: Int64? { length.map { $0 + (status == 206 ? startedAt : 0) } }

    private func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if !judged {
            judged = true
            refusal = judge()
        }
        guard refusal == nil else { return false }
        // libcurl asks whether to go on only now and then; on a fast line much would come until it does.
        if Task.isCancelled {
            refusal = .cancelled
            return false
        }
        let size = file.size + Int64(bytes.count)
        if let most = request.size ?? request.maximumSize, size > most {
            refusal = .final("the server sent more than the expected \(most) bytes")
            return false
        }
        guard unsafe file.append(bytes) else {
            refusal = .cannotWrite(
                PartialFile.words(file.failure),
                isFull: file.failure == ENOSPC || file.failure == EDQUOT
            )
            return false
        }
        let expected = request.size ?? announced
        progress?(FetchProgress(name: request.name, received: file.size, expected: expected))
        return true
    }

    private var statusFailure: TransferFailure {
        let text = "the server answered with status \(status)"
        switch status {
        case 408, 425, 429, 500...599: return .transient(text, retryAfter: retryAfter)
        case 416:
            // What is there is longer than what the server has: it is another thing.
            file.restart()
            return .transient("the server has no such range", retryAfter: nil)
        default: return .final(text)
        }
    }

    private func conclude(
        _ result: CURLcode,
        _ policy: RetryPolicy,
        said: String?,
        wasConnected: Bool
    ) throws(TransferFailure) {
        if let refusal { throw refusal }
        switch result {
        case CURLE_OK:
            if !judged {
                judged = true
                if let refusal = judge() { throw refusal }
            }
            return
        case CURLE_ABORTED_BY_CALLBACK: throw .cancelled
        case CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2, CURLE_HTTP2_STREAM:
            let wanted = announced.map { ", \(file.size) of \($0) bytes are there" } ?? ""
            throw .transient("the connection was cut\(wanted)", retryAfter: nil)
        case CURLE_OPERATION_TIMEDOUT where !wasConnected:
            throw .transient("no connection within \(policy.connectTimeout) s", retryAfter: nil)
        case CURLE_OPERATION_TIMEDOUT:
            throw .transient(
                "it stalled: under \(policy.stallSpeed) bytes a second for \(policy.stallSeconds) s",
                retryAfter: nil
            )
        case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            throw .transient(words(result), retryAfter: nil)
        case CURLE_TOO_MANY_REDIRECTS: throw .final("it redirects in a circle")
        case CURLE_UNSUPPORTED_PROTOCOL: throw .final("it redirects to something that is not HTTP")
        default: throw .final(said ?? words(result))
        }
    }

    private func words(_ result: CURLcode) -> String {
        unsafe String(cString: mw_curl_easy_strerror(result)).lowercased()
    }
}
