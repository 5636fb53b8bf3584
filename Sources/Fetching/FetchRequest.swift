package import Basics

/// What is to be fetched, and what is known of it.
package struct FetchRequest: Sendable {
    /// What it is, for messages.
    package var name: String
    /// `http://…`, `https://…`, or `file:` and an absolute path; tried in order.
    package var locations: [String]
    package var digest: Digest?
    /// Bytes.
    package var size: Int64?
    /// More bytes than this are refused.
    package var maximumSize: Int64?

    package init(
        name: String,
        locations: [String],
        digest: Digest? = nil,
        size: Int64? = nil,
        maximumSize: Int64? = nil
    ) {
        self.name = name
        self.locations = locations
        self.digest = digest
        self.size = size
        self.maximumSize = maximumSize
    }
}

/// What was fetched.
package struct FetchReceipt: Sendable, Equatable {
    package var digest: Digest
    package var size: Int64
    /// The location that gave the bytes.
    package var location: String
    /// How many bytes were there from an earlier try.
    package var resumedFrom: Int64
    package var attempts: Int
    /// From the first try to the last byte, waits included.
    package var seconds: Double
}

/// How far a fetch is.
package struct FetchProgress: Sendable {
    package var name: String
    package var received: Int64
    package var expected: Int64?
}

/// Brings bytes into a file.
package protocol Fetcher: Sendable {
    /// Fetches into the file `partialPath` of this machine, going on where that file ends if the source allows it.
    func fetch(
        _ request: FetchRequest,
        into partialPath: String,
        progress: (@Sendable (FetchProgress) -> Void)?
    ) async throws(FetchError) -> FetchReceipt
}
