import Archiving
import Basics
import Bundling
import Foundation
import NodeAccess
import TestSupport

/// An archive that Python's tarfile or zipfile makes: unlike tar(1) they write whatever they are told.
struct ArchiveMaker {
    let directory = TemporaryDirectory("archive")

    /// What every script starts with. An entry is made by `f` (file), `d` (directory), `s` (symbolic link), `h` (hard
    /// link) or `t` (any type); `tar` and `zip` write lists of them to `out`.
    private static let prelude = #"""
        import io, os, struct, subprocess, sys, tarfile, zipfile
        out = sys.argv[1]
        def t(name, kind, link="", data=b"", mode=0o644):
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.size, info.mode = kind, link, len(data), mode
            return info, data
        def f(name, data=b"x", mode=0o644): return t(name, tarfile.REGTYPE, data=data, mode=mode)
        def d(name, mode=0o755): return t(name, tarfile.DIRTYPE, mode=mode)
        def s(name, link): return t(name, tarfile.SYMTYPE, link)
        def h(name, link): return t(name, tarfile.LNKTYPE, link)
        def tar(*entries, mode="w", form=tarfile.PAX_FORMAT):
            with tarfile.open(out, mode, format=form) as archive:
                for info, data in entries: archive.addfile(info, io.BytesIO(data))
        def zip(*entries, system=3, bits=True):
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                for info, data in entries:
                    entry = zipfile.ZipInfo(info.name + ("/" if info.isdir() else ""))
                    entry.create_system, entry.compress_type = system, zipfile.ZIP_DEFLATED
                    kind = 0o120000 if info.issym() else 0o040000 if info.isdir() else 0o100000
                    entry.external_attr = (kind | info.mode) << 16 if bits else 0
                    archive.writestr(entry, info.linkname.encode() if info.issym() else data)
        """#

    /// Runs `script`, which writes the file `out`, and gives that file's bytes to read.
    func make(_ script: String, name: String = "thing") throws -> ArchiveBytes {
        let file = "\(directory.path)/\(name)"
        let made = Shell.run("python3", ["-c", ArchiveMaker.prelude + "\n" + script, file])
        guard made.status == 0 else { throw MinimalRoot.Failure(text: "\(script): \(made.errors)") }
        return try open(file)
    }

    func open(_ file: String) throws -> ArchiveBytes {
        let opened = try RandomAccessFile(file)
        return ArchiveBytes(name: "thing", file: opened, size: opened.size)
    }

    /// Why the archive is not listed; nil where it is.
    static func refusal(
        _ bytes: ArchiveBytes,
        _ choice: UnpackChoice = UnpackChoice(),
        limits: UnpackLimits = UnpackLimits()
    ) -> String? {
        do {
            _ = try Unpacker(choice, limits: limits).list(bytes)
            return nil
        } catch {
            return error.diagnostic.message
        }
    }
}
