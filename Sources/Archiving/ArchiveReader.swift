import Basics
import CLibArchive

/// Reads an archive entry by entry, in its own order, once.
@safe
package struct ArchiveReader: ~Copyable {
    private let handle: OpaquePointer
    private let feed: ArchiveFeed
    private var name: String { feed.bytes.name }
    /// A buffer for one piece of data.
    private var buffer = [UInt8](repeating: 0, count: 1 << 18)

    /// Opens an archive; throws where it is none.
    package init(_ bytes: ArchiveBytes) throws(ArchiveError) {
        guard bytes.size > 0 else {
            throw ArchiveError(archive: bytes.name, reason: .notAnArchive("it is empty"))
        }
        if let failure = ArchiveReader.libraryFailure {
            throw ArchiveError(archive: bytes.name, reason: .cannotOpen("libarchive is needed for it: \(failure)"))
        }
        guard let handle = unsafe mw_archive_read_new() else {
            throw ArchiveError(archive: bytes.name, reason: .cannotOpen("out of memory"))
        }
        let feed = ArchiveFeed(bytes)
        let reason = NameEncoding.asUTF8 { unsafe ArchiveReader.open(handle, feed) }
        if let reason {
            unsafe _ = mw_archive_read_free(handle)
            throw ArchiveError(archive: bytes.name, reason: reason)
        }
        unsafe self.handle = handle
        self.feed = feed
    }

    deinit {
        unsafe _ = mw_archive_read_free(handle)
    }

    /// Why libarchive cannot be had; nil where it is open, once a process.
    private static let libraryFailure: String? = unsafe mw_archive_open().map { unsafe String(cString: $0) }

    private static func open(_ handle: OpaquePointer, _ feed: ArchiveFeed) -> ArchiveError.Reason? {
        // Only these: every parser more is one more that meets hostile input.
        unsafe _ = mw_archive_read_support_format_tar(handle)
        unsafe _ = mw_archive_read_support_format_zip_seekable(handle)
        unsafe _ = mw_archive_read_support_filter_gzip(handle)
        unsafe _ = mw_archive_read_support_filter_xz(handle)
        unsafe _ = mw_archive_read_support_filter_zstd(handle)
        unsafe _ = mw_archive_read_set_callback_data(handle, Unmanaged.passUnretained(feed).toOpaque())
        unsafe _ = mw_archive_read_set_read_callback(handle) { _, me, start in
            guard let me = unsafe me else { return -1 }
            let feed = unsafe Unmanaged<ArchiveFeed>.fromOpaque(me).takeUnretainedValue()
            return unsafe feed.next(start)
        }
        unsafe _ = mw_archive_read_set_skip_callback(handle) { _, me, count in
            guard let me = unsafe me else { return 0 }
            return unsafe Unmanaged<ArchiveFeed>.fromOpaque(me).takeUnretainedValue().skip(Int64(count))
        }
        unsafe _ = mw_archive_read_set_seek_callback(handle) { _, me, offset, whence in
            guard let me = unsafe me else { return -30 }
            return unsafe Unmanaged<ArchiveFeed>.fromOpaque(me).takeUnretainedValue().seek(Int64(offset), whence)
        }
        let opened = unsafe mw_archive_read_open1(handle)
        if opened == ARCHIVE_OK || opened == ARCHIVE_WARN { return nil }
        if let failure = feed.failure { return .cannotOpen(failure.diagnostic.message) }
        return .notAnArchive(
            unsafe mw_archive_error_string(handle).map { unsafe String(cString: $0) } ?? "it is not recognised"
        )
    }

    /// - Returns: the next entry; nil at the end of the archive.
    package mutating func next() throws(ArchiveError) -> ArchiveEntry? {
        let (result, entry) = NameEncoding.asUTF8 {
            var raw: OpaquePointer?
            let result = unsafe mw_archive_read_next_header(handle, &raw)
            guard result == ARCHIVE_OK || result == ARCHIVE_WARN, let raw = unsafe raw else {
                return (result, ArchiveEntry?.none)
            }
            return unsafe (result, convert(raw))
        }
        switch result {
        case ARCHIVE_OK, ARCHIVE_WARN, ARCHIVE_EOF: return entry
        // Anything else never gets better: libarchive answers the same for ever.
        default: throw failure(isFirst: unsafe mw_archive_file_count(handle) == 0)
        }
    }

    /// Hands the data of the current entry to `body` piece by piece. Holes of sparse files come as zeros, so that
    /// whoever limits the size sees all of it.
    package mutating func readData<Failure: Error>(
        _ body: (borrowing RawSpan) throws(Failure) -> Void
    ) throws(ReadError<Failure>) {
        while true {
            let got = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe mw_archive_read_data(handle, bytes.baseAddress, bytes.count)
            }
            if got == 0 { return }
            guard got > 0 else { throw .archive(failure(isFirst: false)) }
            do {
                try unsafe body(buffer.span.extracting(first: got).bytes)
            } catch {
                throw .sink(error)
            }
        }
    }

    /// Reading failed, or what takes the bytes did.
    package enum ReadError<Failure: Error>: Error {
        case archive(ArchiveError)
        case sink(Failure)
    }

    private func convert(_ raw: OpaquePointer) -> ArchiveEntry {
        let kind: ArchiveEntry.Kind
        let isHardlink = unsafe mw_archive_entry_hardlink(raw) != nil || mw_archive_entry_hardlink_utf8(raw) != nil
        if isHardlink {
            kind = .hardlink
        } else {
            kind =
                switch unsafe UInt32(mw_archive_entry_filetype(raw)) {
                case 0o100000: .file
                case 0o040000: .directory
                case 0o120000: .symlink
                case 0o010000: .fifo
                case 0o140000: .socket
                case 0o020000: .characterDevice
                case 0o060000: .blockDevice
                default: .unknown
                }
        }
        return unsafe ArchiveEntry(
            path: text(mw_archive_entry_pathname_utf8(raw), or: mw_archive_entry_pathname(raw)),
            kind: kind,
            mode: UInt32(mw_archive_entry_perm(raw)) & 0o7777,
            size: mw_archive_entry_size_is_set(raw) != 0 ? mw_archive_entry_size(raw) : nil,
            linkTarget: isHardlink
                ? text(mw_archive_entry_hardlink_utf8(raw), or: mw_archive_entry_hardlink(raw))
                : text(mw_archive_entry_symlink_utf8(raw), or: mw_archive_entry_symlink(raw)),
            isEncrypted: mw_archive_entry_is_encrypted(raw) != 0
        )
    }

    /// libarchive's UTF-8 form is missing outside of UTF-8 locales for names that are UTF-8 all the same.
    private func text(_ converted: UnsafePointer<CChar>?, or raw: UnsafePointer<CChar>?) -> String? {
        if let converted = unsafe converted { return unsafe String(validatingCString: converted) }
        guard let raw = unsafe raw else { return nil }
        return unsafe String(validatingCString: raw)
    }

    private func failure(isFirst: Bool) -> ArchiveError {
        if let failure = feed.failure {
            return ArchiveError(archive: name, reason: .cannotOpen(failure.diagnostic.message))
        }
        let said = complaint()
        let lowered = said.lowercased()
        if lowered.range(of: "truncated") != nil || lowered.range(of: "premature") != nil {
            return ArchiveError(archive: name, reason: .truncated(said))
        }
        if isFirst, lowered.range(of: "unrecognized archive format") != nil {
            return ArchiveError(archive: name, reason: .notAnArchive("its format is not recognised"))
        }
        return ArchiveError(archive: name, reason: .damaged(said))
    }

    private func complaint() -> String {
        guard let said = unsafe mw_archive_error_string(handle) else { return "libarchive does not say why" }
        return unsafe String(cString: said)
    }
}

/// Feeds libarchive from bytes wherever they lie.
@safe
private final class ArchiveFeed {
    let bytes: ArchiveBytes
    private(set) var failure: DiagnosticError?
    private var offset: Int64 = 0
    /// What libarchive looks at until it asks again.
    private let window = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)

    init(_ bytes: ArchiveBytes) {
        self.bytes = bytes
    }

    deinit {
        unsafe window.deallocate()
    }

    func next(_ start: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
        do throws(DiagnosticError) {
            let wanted = unsafe Int(min(Int64(window.count), bytes.size - offset))
            guard wanted > 0 else { return 0 }
            let chunk = try bytes.read(offset, wanted)
            unsafe window.copyBytes(from: chunk.prefix(window.count))
            unsafe start?.pointee = UnsafeRawPointer(window.baseAddress)
            offset += Int64(chunk.count)
            return chunk.count
        } catch {
            failure = error
            return -1
        }
    }

    func skip(_ count: Int64) -> Int64 {
        let skipped = max(0, min(count, bytes.size - offset))
        offset += skipped
        return skipped
    }

    func seek(_ distance: Int64, _ whence: Int32) -> Int64 {
        // SEEK_SET, SEEK_CUR, SEEK_END.
        let base: Int64 = whence == 0 ? 0 : whence == 1 ? offset : bytes.size
        let (target, overflow) = base.addingReportingOverflow(distance)
        guard !overflow, target >= 0, target <= bytes.size else { return -30 }
        offset = target
        return target
    }
}
