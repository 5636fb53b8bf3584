import CLibArchive
import Glibc

/// Lets libarchive see and give names as UTF-8, whatever locale the process was started in.
@safe
struct NameEncoding: Sendable {
    private nonisolated(unsafe) let locale: locale_t?

    private static let utf8 = unsafe NameEncoding(locale: mw_utf8_locale())

    /// Runs `body` on this thread with names in UTF-8.
    static func asUTF8<Value>(_ body: () -> Value) -> Value {
        guard let locale = unsafe utf8.locale else { return body() }
        let before = unsafe uselocale(locale)
        defer { _ = unsafe uselocale(before) }
        return body()
    }
}
