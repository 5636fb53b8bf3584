import Basics
import Glibc
import Signing

/// Fetches over HTTP with libcurl, and from files of this machine.
package struct CurlFetcher: Fetcher {
    private let policy: RetryPolicy
    private let userAgent: String

    package init(policy: RetryPolicy = RetryPolicy(), userAgent: String = "millwright") {
        self.policy = policy
        self.userAgent = userAgent
    }

    package func fetch(
        _ request: FetchRequest,
        into partialPath: String,
        progress: (@Sendable (FetchProgress) -> Void)? = nil
    ) async throws(FetchError) -> FetchReceipt {
        var failures: [FetchError.Attempt] = []
        var tries = 0
        let clock = ContinuousClock()
        let began = clock.now
        for (index, location) in request.locations.enumerated() {
            let file = try PartialFile(path: partialPath)
            // One mirror's tag says nothing of another one's bytes; a digest tells whether they were the same.
            if index > 0, request.digest == nil { file.restart() }
            var attempt = 0
            while attempt < policy.attempts {
                attempt += 1
                tries += 1
                do {
                    // All of it may be there: an earlier run ended before it could be adopted.
                    let isThere = request.digest != nil && file.size > 0 && file.size == request.size
                    if !isThere { try transfer(location, request, file, progress) }
                    if let mismatch = mismatch(of: file.size, request) { throw TransferFailure.final(mismatch) }
                    let (size, inherited) = (file.size, file.inherited)
                    let digest = try file.finish()
                    if let wanted = request.digest, wanted != digest {
                        file.restart()
                        // What was there before may be what is wrong: once more, from the start.
                        if inherited > 0 {
                            throw TransferFailure.transient(
                                "what an earlier run left has another digest",
                                retryAfter: nil
                            )
                        }
                        throw TransferFailure.final("its digest is \(digest), expected \(wanted)")
                    }
                    return FetchReceipt(
                        digest: digest,
                        size: size,
                        location: location,
                        resumedFrom: inherited,
                        attempts: tries,
                        seconds: (clock.now - began) / .seconds(1)
                    )
                } catch let failure as TransferFailure {
                    switch failure {
                    case .cancelled: throw .cancelled(name: request.name)
                    case .cannotWrite(let reason, let isFull):
                        throw .cannotWrite(path: partialPath, reason: reason, isFull: isFull)
                    case .final(let reason):
                        failures.append(.init(location: location, reason: reason))
                        attempt = policy.attempts
                        // What a wrong source left must not be gone on with from the next one.
                        file.restart()
                    case .transient(let reason, let retryAfter):
                        guard attempt < policy.attempts else {
                            failures.append(.init(location: location, reason: "\(reason) (tried \(attempt) times)"))
                            continue
                        }
                        let delay = policy.delay(before: attempt + 1, retryAfter: retryAfter)
                        do {
                            try await Task.sleep(for: .seconds(delay))
                        } catch {
                            throw .cancelled(name: request.name)
                        }
                    }
                } catch {
                    failures.append(.init(location: location, reason: "\(error)"))
                    attempt = policy.attempts
                }
            }
        }
        throw .allFailed(name: request.name, failures)
    }

    private func mismatch(of size: Int64, _ request: FetchRequest) -> String? {
        guard let wanted = request.size, wanted != size else { return nil }
        return "it has \(size) bytes, expected \(wanted)"
    }

    private func transfer(
        _ location: String,
        _ request: FetchRequest,
        _ file: PartialFile,
        _ progress: (@Sendable (FetchProgress) -> Void)?
    ) throws(TransferFailure) {
        if location.hasPrefix("file:") {
            return try copy(String(location.dropFirst("file:".count)), request, file, progress)
        }
        guard location.hasPrefix("http://") || location.hasPrefix("https://") else {
            throw .final("its scheme is not known here")
        }
        try CurlTransfer(location, request, into: file, progress: progress).perform(policy, userAgent: userAgent)
    }

    private func copy(
        _ path: String,
        _ request: FetchRequest,
        _ file: PartialFile,
        _ progress: (@Sendable (FetchProgress) -> Void)?
    ) throws(TransferFailure) {
        file.restart()
        // `file:///path` and `file:/path` are the same.
        let path = path.hasPrefix("//") ? String(path.dropFirst(2)) : path
        let source = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard source >= 0 else { throw .final(PartialFile.words(errno)) }
        defer { _ = close(source) }
        var status = stat()
        guard unsafe fstat(source, &status) == 0, status.st_mode & 0o170000 == 0o100000 else {
            throw .final("it is no regular file")
        }
        if let most = request.size ?? request.maximumSize, Int64(status.st_size) > most {
            throw .final("it has \(status.st_size) bytes, expected at most \(most)")
        }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            if Task.isCancelled { throw .cancelled }
            let got = unsafe buffer.withUnsafeMutableBytes { unsafe read(source, $0.baseAddress, $0.count) }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .final(PartialFile.words(errno)) }
            if got == 0 { return }
            let written = unsafe buffer.withUnsafeBytes { bytes in
                unsafe file.append(UnsafeRawBufferPointer(rebasing: bytes[..<got]))
            }
            guard written else {
                throw .cannotWrite(
                    PartialFile.words(file.failure),
                    isFull: file.failure == ENOSPC || file.failure == EDQUOT
                )
            }
            progress?(FetchProgress(name: request.name, received: file.size, expected: Int64(status.st_size)))
        }
    }
}
