/// How much an archive may unpack to: far above what a model or a toolkit holds, far below what fills a disk by surprise.
package struct UnpackLimits: Sendable {
    package var entries = 1_000_000
    /// Bytes of all files together.
    package var size: Int64 = 4 << 40
    /// Bytes that come out for each byte of the archive …
    package var ratio: Int64 = 200
    /// … once more than this came out.
    package var ratioFrom: Int64 = 256 << 20
    package var depth = 64
    /// Bytes.
    package var nameLength = 255
    package var pathLength = 4096

    package init() {}
}
