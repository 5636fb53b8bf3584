/// Opens no socket: what is not there already is an error.
package struct OfflineFetcher: Fetcher {
    package init() {}

    package func fetch(
        _ request: FetchRequest,
        into partialPath: String,
        progress: (@Sendable (FetchProgress) -> Void)?
    ) async throws(FetchError) -> FetchReceipt {
        throw .offline(name: request.name)
    }
}
