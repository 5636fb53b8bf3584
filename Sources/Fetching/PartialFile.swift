import Basics
import Glibc
import Signing

/// The file that a fetch grows, with the digest of what is in it. What validates it stands beside it, in `PATH.validator`.
final class PartialFile {
    let path: String
    private let descriptor: Int32
    private var hasher: Hasher256
    private(set) var size: Int64 = 0
    /// How many of its bytes an earlier run left.
    private(set) var inherited: Int64 = 0
    /// The ETag or date of what the bytes are from, and the location; nil where nothing can vouch for them.
    private(set) var validator: String?
    /// Set when writing failed: errno.
    private(set) var failure: Int32 = 0

    /// Opens what is there and hashes it again, since only the bytes can be trusted.
    init(path: String) throws(FetchError) {
        self.path = path
        hasher = Hasher256()
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw .cannotWrite(path: path, reason: Self.words(errno), isFull: errno == ENOSPC)
        }
        validator = Self.readSmall(path + ".validator")
        if validator == nil {
            restart()
        } else {
            rehash()
            inherited = size
        }
    }

    deinit {
        _ = close(descriptor)
    }

    static func words(_ number: Int32) -> String {
        unsafe String(cString: strerror(number)).lowercased()
    }

    private func rehash() {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let got = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return }
            unsafe hasher.update(buffer.span.extracting(first: got).bytes)
            size += Int64(got)
        }
    }

    /// Empties it.
    func restart() {
        if ftruncate(descriptor, 0) != 0 { failure = errno }
        _ = lseek(descriptor, 0, SEEK_SET)
        hasher = Hasher256()
        (size, inherited) = (0, 0)
        failure = 0
        setValidator(nil)
    }

    func setValidator(_ text: String?) {
        guard text != validator else { return }
        validator = text
        let beside = path + ".validator"
        guard let text else {
            _ = unsafe unlink(beside)
            return
        }
        let file = unsafe open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return }
        let bytes = Array(text.utf8)
        unsafe bytes.withUnsafeBytes { unsafe _ = write(file, $0.baseAddress, $0.count) }
        _ = close(file)
    }

    /// - Returns: false where it could not be written; `failure` says why.
    func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var offset = 0
        while offset < bytes.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset...])
            let written = unsafe write(descriptor, rest.baseAddress, rest.count)
            if written < 0 {
                if errno == EINTR { continue }
                failure = errno
                return false
            }
            unsafe hasher.update(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: rest[..<written])))
            size += Int64(written)
            offset += written
        }
        return true
    }

    /// The digest of all that is in it; then it is to be opened afresh.
    func finish() throws(TransferFailure) -> Digest {
        // Nothing may stand behind what was hashed, and all of it must be on the disk before it gets its name.
        guard ftruncate(descriptor, off_t(size)) == 0, fsync(descriptor) == 0 else {
            let number = errno
            restart()
            throw .cannotWrite(Self.words(number), isFull: number == ENOSPC || number == EDQUOT)
        }
        // The validator stays until the file is adopted: a run that is killed before finds all of it here.
        var done = Hasher256()
        swap(&done, &hasher)
        return done.finish()
    }

    private static func readSmall(_ path: String) -> String? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        defer { _ = close(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let got = unsafe buffer.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
        return got > 0 ? String(decoding: buffer.prefix(got), as: UTF8.self) : nil
    }
}
