import Basics
import CLibCurl

/// libcurl, opened and set up when the first transfer asks for it, once a process.
enum CurlLibrary {
    /// Why there is none; nil where it is ready.
    static let failure: String? = unsafe mw_curl_open().map { unsafe String(cString: $0) }
}

/// What libcurl says of a failure, beyond its code: which certificate, which host.
@safe
final class CurlWords {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(CURL_ERROR_SIZE), alignment: 1)

    init() {
        unsafe buffer.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit {
        unsafe buffer.deallocate()
    }

    /// nil where it said nothing.
    var text: String? {
        let said = unsafe String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self).trimmingBlanks()
        return said.isEmpty ? nil : said.unicodeScalars.map(\.printable).joined()
    }
}
