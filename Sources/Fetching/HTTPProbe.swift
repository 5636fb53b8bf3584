import Basics
import CLibCurl

/// One GET of a small answer, for checks: nothing is kept of it.
package struct HTTPProbe: Sendable {
    package struct Answer: Sendable, Equatable {
        package var status: Int
        /// At most 256 KiB of it.
        package var body: [UInt8]
    }

    /// Why there was no answer.
    package struct Failure: Error, Equatable {
        package var reason: String
    }

    private static let most = 256 << 10

    package init() {}

    /// Waits at most `timeout` seconds; redirects are not followed.
    package func get(_ address: String, timeout: Double) throws(Failure) -> Answer {
        if let failure = CurlLibrary.failure { throw Failure(reason: "libcurl is needed to ask: \(failure)") }
        guard let handle = unsafe mw_curl_easy_init() else { throw Failure(reason: "libcurl could not start") }
        defer { unsafe mw_curl_easy_cleanup(handle) }
        let box = Box()
        let me = unsafe Unmanaged.passUnretained(box).toOpaque()
        _ = unsafe mw_curl_set_string(handle, CURLOPT_URL, address)
        _ = unsafe mw_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        _ = unsafe mw_curl_set_string(handle, CURLOPT_NOPROXY, "127.0.0.1,localhost,::1")
        _ = unsafe mw_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        _ = unsafe mw_curl_set_long(handle, CURLOPT_TIMEOUT_MS, Int(max(timeout, 0.001) * 1000))
        _ = unsafe mw_curl_set_pointer(handle, CURLOPT_WRITEDATA, me)
        _ = unsafe mw_curl_set_write(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, me in
            guard let me = unsafe me, let bytes = unsafe bytes else { return 0 }
            let box = unsafe Unmanaged<Box>.fromOpaque(me).takeUnretainedValue()
            let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            unsafe box.bytes += buffer.prefix(HTTPProbe.most - box.bytes.count)
            // Enough was seen: the transfer ends here, which is no failure.
            return box.bytes.count < HTTPProbe.most ? buffer.count : 0
        }
        let result = unsafe mw_curl_easy_perform(handle)
        var status = 0
        _ = unsafe mw_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        guard result == CURLE_OK || (result == CURLE_WRITE_ERROR && box.bytes.count == HTTPProbe.most) else {
            throw unsafe Failure(reason: String(cString: mw_curl_easy_strerror(result)).lowercased())
        }
        return Answer(status: status, body: box.bytes)
    }

    private final class Box {
        var bytes: [UInt8] = []
    }
}
