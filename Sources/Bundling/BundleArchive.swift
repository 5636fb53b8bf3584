package import Basics
import NodeAccess

/// An OCI image layout inside one tar (`oci-archive`), read where it lies: nothing is extracted.
package struct BundleArchive: BundleSource {
    package let location: String
    private let file: RandomAccessFile
    private let members: [String: Member]

    private struct Member {
        var offset: Int64
        var size: Int64
    }

    /// More members than any bundle has: a bound on what a hostile tar can cost.
    private static let maximumMembers = 1_000_000

    /// Reads the headers, not the content.
    package static func open(_ path: String) throws(BundleError) -> BundleArchive {
        let file = try BundleError.wrap { () throws(FileError) in try RandomAccessFile(path) }
        let archive = BundleArchive(location: path, file: file, members: try scan(file, path))
        guard let layout = archive.members["oci-layout"] else {
            throw .notABundle(path, why: "it holds no `oci-layout` file")
        }
        try LayoutDocument.check(archive.bytes(layout, limit: 4096), location: path)
        return archive
    }

    package func indexBytes() throws(BundleError) -> [UInt8] {
        guard let index = members["index.json"] else {
            throw .notABundle(location, why: "it holds no `index.json`")
        }
        return try bytes(index, limit: ImageIndex.maximumSize)
    }

    package func find(_ digest: Digest) throws(BundleError) -> BlobExtent? {
        members["blobs/sha256/\(digest.hex)"].map { BlobExtent(file: file, offset: $0.offset, size: $0.size) }
    }

    package func blobs() throws(BundleError) -> [Digest] {
        members.keys.compactMap { $0.hasPrefix("blobs/sha256/") ? Digest(hex: $0.dropFirst(13)) : nil }.sorted()
    }

    package func localPath(of digest: Digest) throws(BundleError) -> String? { nil }

    private func bytes(_ member: Member, limit: Int) throws(BundleError) -> [UInt8] {
        guard member.size <= limit else {
            throw .damaged(location, why: "a document in it has \(Quantity.bytes(member.size))")
        }
        return try BundleError.wrap { () throws(FileError) in
            try file.read(at: member.offset, count: Int(member.size))
        }
    }

    private static func scan(_ file: RandomAccessFile, _ path: String) throws(BundleError) -> [String: Member] {
        var members: [String: Member] = [:]
        var position: Int64 = 0
        var carried = Carried()
        while position < file.size {
            let at = position
            let block = try BundleError.wrap { () throws(FileError) in
                try file.read(at: at, count: Int(TarHeader.blockSize))
            }
            // Zeros end an archive; one that ends without them was cut between two entries.
            if block.count == Int(TarHeader.blockSize), block.allSatisfy({ $0 == 0 }) { return members }
            guard let entry = TarEntry(block) else {
                if position == 0 { throw .notABundle(path, why: firstBytes(block)) }
                throw .damaged(path, why: "there is no tar header at byte \(position), where one should stand")
            }
            let size = entry.type == UInt8(ascii: "x") ? entry.size : carried.size ?? entry.size
            let start = position + TarHeader.blockSize
            guard size <= file.size - start else {
                throw .damaged(
                    path,
                    why: "it is truncated: `\(carried.name ?? entry.name)` should have \(size) bytes, "
                        + "but \(file.size - start) are left"
                )
            }
            position = start + (size + TarHeader.blockSize - 1) / TarHeader.blockSize * TarHeader.blockSize
            switch entry.type {
            case UInt8(ascii: "x"), UInt8(ascii: "L"):
                guard size <= 1 << 20 else { throw .damaged(path, why: "an extended tar header has \(size) bytes") }
                let text = try BundleError.wrap { () throws(FileError) in try file.read(at: start, count: Int(size)) }
                carried.take(text, isPax: entry.type == UInt8(ascii: "x"))
            case UInt8(ascii: "0"), 0:
                let name = (carried.name ?? entry.name).dropping("./")
                guard members.updateValue(Member(offset: start, size: size), forKey: name) == nil else {
                    throw .damaged(path, why: "`\(name)` stands in it twice")
                }
                guard members.count <= maximumMembers else {
                    throw .damaged(path, why: "it has more than \(maximumMembers) entries")
                }
                carried = Carried()
            default:
                carried = Carried()
            }
        }
        throw .damaged(path, why: "it is truncated: the end of the archive is missing")
    }

    private static func firstBytes(_ block: [UInt8]) -> String {
        switch block.prefix(4) {
        case [0x1F, 0x8B, 0x08, block.count > 3 ? block[3] : 0], [0x28, 0xB5, 0x2F, 0xFD], [0xFD, 0x37, 0x7A, 0x58]:
            "it is compressed; a bundle's tar never is, so that it can be read anywhere within"
        case []: "it is empty"
        default: "it is neither a folder nor a tar"
        }
    }
}

/// What an extended header says about the entry after it.
private struct Carried {
    var name: String?
    var size: Int64?

    mutating func take(_ text: [UInt8], isPax: Bool) {
        guard isPax else {
            name = String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
            return
        }
        var rest = text[...]
        while let space = rest.firstIndex(of: 0x20),
            let length = Int(String(decoding: rest[..<space], as: UTF8.self)), length > space - rest.startIndex + 1,
            length <= rest.count
        {
            let record = rest[(space + 1)..<(rest.startIndex + length)]
            rest = rest[(rest.startIndex + length)...]
            guard let equals = record.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let value = String(decoding: record[(equals + 1)...].dropLast(), as: UTF8.self)
            switch String(decoding: record[..<equals], as: UTF8.self) {
            case "path": name = value
            case "size": size = Int64(value).flatMap { $0 < 0 ? nil : $0 }
            default: break
            }
        }
    }
}

extension String {
    fileprivate func dropping(_ prefix: String) -> String {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
    }
}
