import Archiving
import NodeAccess

extension Unpacker {
    /// What locking asks: the list of an archive that lies on this machine.
    package static let listing: ArchiveListing = { (path, name, choice) throws(BundleError) in
        let file: RandomAccessFile
        do throws(FileError) {
            file = try RandomAccessFile(path)
        } catch {
            throw BundleError(error)
        }
        do throws(UnpackError) {
            return try Unpacker(choice).list(ArchiveBytes(name: name, file: file, size: file.size))
        } catch {
            throw BundleError(error)
        }
    }
}
