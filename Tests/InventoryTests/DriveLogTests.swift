import Basics
import Conformance
import Inventory
import NodeAccess
import Reporting
import TestSupport
import Testing

/// A drive's own log, by the offsets of the NVM Express specification, through the way that a live drive is asked.
struct DriveLogTests {
    private static func page(_ change: (inout [UInt8]) -> Void = { _ in }) -> [UInt8] {
        var page = [UInt8](repeating: 0, count: 512)
        // 35 C in kelvin, spare 100 of 10, 3 % used, 0x1_0000 hours.
        (page[1], page[2], page[3], page[4], page[5]) = (0x34, 0x01, 100, 10, 3)
        page[130] = 1
        change(&page)
        return page
    }

    private static func survey(_ health: [UInt8]?, _ identity: [UInt8]? = nil) async throws -> Facts {
        let work = TemporaryDirectory("drive")
        try work.write("sys/class/nvme/nvme0/serial", "A\n")
        try work.write("sys/class/nvme/nvme0/state", "live\n")
        try work.write("sys/class/nvme/nvme0/transport", "pcie\n")
        try work.write("sys/class/nvme/nvme1/serial", "B\n")
        try work.write("sys/class/nvme/nvme1/transport", "tcp\n")
        try work.write("sys/block/nvme0n1/size", "8\n")
        var node = try Node.live(root: work.path)
        var machine = RunningMachine.silent
        machine.driveLogs = DriveLogs { controller, page in
            // A drive of a fabric is another machine's: it is not asked.
            #expect(controller == "nvme0")
            return page == .health ? health : identity
        }
        node.machine = machine
        return await Survey.run(node)
    }

    @Test("what a healthy drive tells")
    func healthy() async throws {
        var identity = [UInt8](repeating: 0, count: 4096)
        // 15,360,950,534,144 bytes.
        for (index, byte) in [0x00, 0x00, 0x00, 0x80, 0xF8, 0x0D].enumerated() { identity[280 + index] = UInt8(byte) }
        let facts = try await Self.survey(Self.page(), identity)
        let health = try #require(facts.nvme?.first?.health)
        #expect(health.warnings == [] && health.temperature == 35 && health.spare == 100 && health.spareThreshold == 10)
        #expect(health.wear == 3 && health.powerOnHours == 65536 && health.mediaErrors == 0)
        #expect(health.capacity == 15_360_950_534_144)
        #expect(facts.nvme?.last?.health == nil)
        let asked = "nvme: [{count: 1, health: ok, wear: \"< 80 %\", temperature: \"< 70 C\", mediaErrors: 0}]"
        #expect(try JudgeTests.judge(asked, facts).map(\.isMet) == [true])
        #expect(FactsText.render(facts).contains("3 %"))
    }

    @Test(
        "a drive that is not well, and what of it is judged",
        arguments: [
            (0, 0x04, "health: expected ok, found a warning: reliability is degraded by media errors"),
            (0, 0x09, "spare blocks are below the threshold, the media is read-only"),
            (5, 90, "wear: expected < 80 %, found 90 %"), (160, 2, "mediaErrors: expected 0, found 2"),
            (1, 0x70, "temperature: expected < 70 C, found 95 C"),
        ] as [(Int, UInt8, String)]
    )
    func ailing(_ offset: Int, _ value: UInt8, _ says: String) async throws {
        let facts = try await Self.survey(Self.page { $0[offset] = value })
        let asked = "nvme: [{count: 1, health: ok, wear: \"< 80 %\", temperature: \"< 70 C\", mediaErrors: 0}]"
        let finding = try #require(try JudgeTests.judge(asked, facts).first)
        #expect(finding.isFailure && finding.details.contains { $0.contains(says) }, "\(finding.details)")
    }

    @Test("what is not told is unknown: no page, half a page, no sensor, a number beyond counting")
    func unknown() async throws {
        #expect(try await Self.survey(nil).nvme?.first?.health == nil)
        #expect(try await Self.survey(Array(Self.page().prefix(256))).nvme?.first?.health == nil)
        let odd = try await Self.survey(
            Self.page { page in
                (page[1], page[2]) = (0, 0)
                for index in 128..<144 { page[index] = 0xFF }
            },
            [1, 2, 3]
        )
        let health = try #require(odd.nvme?.first?.health)
        #expect(health.temperature == nil && health.powerOnHours == nil && health.capacity == nil && health.wear == 3)
        let findings = try JudgeTests.judge("nvme: [{count: 1, health: ok}]", try await Self.survey(nil))
        #expect(findings.map(\.isUnknown) == [false, true] || findings.map(\.isUnknown) == [true])
    }
}
