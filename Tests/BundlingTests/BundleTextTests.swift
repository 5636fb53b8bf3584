import Basics
import Bundling
import Foundation
import Reporting
import TestSupport
import Testing

/// What people read of a bundle.
struct BundleTextTests {
    private let shop = Workshop()

    @Test("list, inspect and verify as text")
    func text() async throws {
        let (_, _, summary) = try await shop.smallBundle("site.mwb")
        let file = shop.path + "/site.mwb"
        let inspection = try BundleInspection.of(file)
        var verification = try await BundleVerifier.verify(file)
        verification.seconds = 0.25
        let whole = BundleText.verification(verification)
        verification.problems = [
            BundleError.missingBlob(summary.digest, bundle: file).diagnostic,
            BundleError.damaged(file, why: "it is truncated").diagnostic,
        ]
        let text = """
            \(BundleText.summary(summary))
            \(BundleText.list(inspection))
            \(BundleText.inspect(inspection))
            \(whole)
            \(BundleText.verification(verification))
            """
        let golden = text.replacingOccurrences(of: shop.path, with: "SHOP")
        if let difference = Golden.difference(golden, "Bundles/text.txt") { Issue.record("\(difference)") }
    }

    @Test("what a bundle says cannot steer a terminal")
    func hostile() async throws {
        let (_, _, _) = try await shop.smallBundle("site.mwb")
        var inspection = try BundleInspection.of(shop.path + "/site.mwb")
        inspection.components[0].name = "evil\u{1B}[2J"
        inspection.components[0].items[0].name = "worse\u{1B}]0;x\u{07}"
        #expect(!BundleText.list(inspection).contains("\u{1B}"))
        #expect(!BundleText.inspect(inspection).contains("\u{1B}"))
    }
}
