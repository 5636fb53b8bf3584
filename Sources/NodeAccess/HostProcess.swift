import Basics
import CNode
import Glibc

/// What this process is told by the machine it runs on: not a node's business, the command line's.
package enum HostProcess {
    /// The absolute path of a file that the user named, relative to the working directory.
    package static func absolutePath(_ path: String) -> String {
        if path.isAbsolutePath { return normalised(path) }
        return normalised(workingDirectory + "/" + path)
    }

    /// The same with every link followed; as it was named where there is no such file.
    package static func canonicalPath(_ path: String) -> String {
        guard let found = unsafe realpath(path, nil) else { return absolutePath(path) }
        defer { unsafe free(found) }
        return unsafe String(cString: found)
    }

    package static var workingDirectory: String {
        guard let buffer = unsafe getcwd(nil, 0) else { return "/" }
        defer { unsafe free(buffer) }
        return unsafe String(cString: buffer)
    }

    /// - Returns: nil where it is unset or empty.
    package static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }

    package static var userID: UInt32 { getuid() }
    package static var processID: Int32 { getpid() }

    /// Processors that may be used, at least one.
    package static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    package enum Stream: Int32 {
        case output = 1
        case errors = 2
    }

    package static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

    /// Columns of the terminal; 80 where there is none.
    package static var terminalColumns: Int {
        var size = winsize()
        guard unsafe mw_terminal_size(Stream.errors.rawValue, &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes all of it, or as much as the reader takes: a closed pipe is no error of ours.
    /// - Returns: false where it was lost, as on a full disk.
    @discardableResult
    package static func write(_ text: String, to stream: Stream) -> Bool {
        write(text, descriptor: stream.rawValue)
    }

    /// Writes into a device or a pipe that is there.
    package static func write(_ text: String, intoDevice path: String) -> Bool {
        let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        let file = Descriptor(descriptor)
        return write(text, descriptor: file.number)
    }

    private static func write(_ text: String, descriptor: Int32) -> Bool {
        var sink = FileSink(descriptor: descriptor, path: "the report")
        do throws(FileError) {
            try sink.write(Array(text.utf8))
            return true
        } catch {
            return error.number == EPIPE
        }
    }

    /// Reads a file of this machine to its end, also a pipe; `-` is standard input. Fails with EFBIG beyond `limit` bytes.
    package static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        let opened = path == "-" ? mw_duplicate(0) : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw FileError("read", path, number: errno) }
        let file = Descriptor(opened)
        var bytes: [UInt8] = []
        while true {
            var failure: Int32 = 0
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
                let got = unsafe Glibc.read(file.number, buffer.baseAddress, 1 << 16)
                if got < 0 { failure = errno }
                count = max(got, 0)
            }
            if failure == EINTR { continue }
            guard failure == 0 else { throw FileError("read", path, number: failure) }
            if chunk.isEmpty { return bytes }
            bytes += chunk
            guard bytes.count <= limit else { throw FileError("read", path, number: EFBIG) }
        }
    }

    /// Whether somebody can be asked.
    package static var isInteractive: Bool { isatty(0) == 1 }

    /// Asks on the terminal; false without one, or for any answer but `y` and `yes`.
    package static func confirms(_ question: String) -> Bool {
        guard isatty(0) == 1 else { return false }
        write(question, to: .errors)
        guard let answer = readLine()?.lowercased() else { return false }
        return answer == "y" || answer == "yes"
    }

    /// A write to a closed pipe returns an error instead of ending the process.
    package static func ignoreBrokenPipes() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// From now on a first Ctrl-C or a first request to end is noted, for ``wasInterrupted``; a second one ends the process.
    package static func noteInterrupts() { mw_note_interrupts() }

    package static var wasInterrupted: Bool { mw_was_interrupted() != 0 }

    /// Removes `.` and empty components and resolves `..` by name.
    package static func normalised(_ path: String) -> String {
        var parts: [String] = []
        for part in path.pathComponents where part != "." {
            if part == ".." {
                _ = parts.popLast()
            } else {
                parts.append(part)
            }
        }
        return "/" + parts.joined(separator: "/")
    }
}
