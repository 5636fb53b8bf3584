import Inventory
import NodeAccess
import TestSupport
import Testing

/// Lines of the kernel's log that tell of trouble, in the forms in which they are found.
struct KernelLogTests {
    private static func events(_ lines: String, file: String = "var/log/kern.log") async throws -> [KernelEventFacts] {
        try #require(try await NodeTrees.survey([file: lines]).kernel.events)
    }

    @Test(
        "each kind, with its device and code",
        arguments: [
            (
                "Nov 24 10:00:01 dgx-01 kernel: [ 4711.123456] NVRM: Xid (PCI:0000:1b:00): 79, pid=1234, name=python, GPU has fallen off the bus.",
                .xid, "0000:1b:00.0", 79
            ),
            (
                "2026-11-24T10:00:01.123456+00:00 dgx-01 kernel: NVRM: Xid (PCI:0000:c3:00): 63, Row Remapper: New row marked for remapping",
                .xid, "0000:c3:00.0", 63
            ),
            (
                "kern  :warn  : 2026-01-21T04:41:44,285147+00:00 NVRM: Xid (PCI:0000:38:00): 13, pid=1", .xid,
                "0000:38:00.0", 13
            ),
            ("4,3973,227986636,-;NVRM: Xid (PCI:0000:38:00): 119, pid=1, name=x, Timeout", .xid, "0000:38:00.0", 119),
            (
                "[Tue Nov 24 10:00:00 2026] NVRM: Xid (0000:03:00): 48, pid='<unknown>', name=<unknown>, DBE", .xid,
                "0000:03:00.0", 48
            ),
            (
                "[ 3.0] NVRM: Xid (PCI:0000:03:00.0): 94, Contained: SM (0x1). RST: No, D-RST: No", .xid,
                "0000:03:00.0", 94
            ),
            (
                "[   12.5] nvidia-nvswitch0: SXid (PCI:0000:07:00.0): 12028, Non-fatal, Link 32 egress non-posted PRIV error",
                .sxid, "0000:07:00.0", 12028
            ),
            ("[ 8812.000001] mlx5_core 0000:9a:00.0 ibp154s0: Link down", .linkDown, "ibp154s0", nil),
            ("<6>[ 8812.000001] mlx5_core 0000:9a:00.0 ens6np0: Link down", .linkDown, "ens6np0", nil),
            ("[ 20.1] igb 0000:82:00.0 eno1: igb: eno1 NIC Link is Down", .linkDown, "eno1", nil),
            ("[ 20.1] e1000e 0000:00:1f.6 eno1: NIC Link is Down", .linkDown, "eno1", nil),
            ("[ 99.0] nvme nvme3: I/O 22 QID 5 timeout, aborting", .nvme, "nvme3", nil),
            ("[ 99.0] nvme nvme4: I/O tag 8 (1008) opcode 0x2 (I/O Cmd) QID 3 timeout, aborting", .nvme, "nvme4", nil),
            ("[ 99.0] nvme nvme12: controller is down; will reset: CSTS=0x3, PCI_STATUS=0x10", .nvme, "nvme12", nil),
            (
                "[ 5.0] pcieport 0000:15:01.0: PCIe Bus Error: severity=Corrected, type=Physical Layer, (Receiver ID)",
                .pcie, "0000:15:01.0", nil
            ),
            ("[ 5.0] mce: [Hardware Error]: Machine check events logged", .machineCheck, nil, nil),
            ("[ 7.0] Out of memory: Killed process 4242 (python) total-vm:1kB", .outOfMemory, nil, nil),
        ] as [(String, KernelEventFacts.Kind, String?, Int?)]
    )
    func kinds(_ line: String, _ kind: KernelEventFacts.Kind, _ device: String?, _ code: Int?) async throws {
        let events = try await Self.events("[ 0.0] Linux version 6.1.0\n" + line)
        #expect(events.count == 1, "\(events)")
        #expect(events.first?.kind == kind && events.first?.device == device && events.first?.code == code, "\(events)")
        #expect(
            events.first?.text.contains("kernel:") == false && events.first?.text.hasPrefix("[") == false,
            "\(events)"
        )
    }

    @Test("what is no trouble is not told")
    func quiet() async throws {
        let events = try await Self.events(
            """
            [    0.000000] Linux version 5.15.0-1063-nvidia (buildd@host)
            [    1.2] nvme nvme0: pci function 0000:05:00.0
            [    1.2] nvme nvme0: Shutdown timeout set to 10 seconds
            [    1.3] nvme nvme0: 128/0/0 default/read/poll queues
            [    9.1] mlx5_core 0000:18:00.0 ibp24s0: Link up
            [    9.2] NVRM: loading NVIDIA UNIX Open Kernel Module for x86_64  535.129.03
            [    9.3] pcieport 0000:00:01.0: AER: enabled with IRQ 27
            [    9.4] IPv6: ADDRCONF(NETDEV_UP): eth0: link is not ready
            """
        )
        #expect(events.isEmpty, "\(events)")
    }

    @Test("an error that was fatal stays so whatever follows, and a thousand kinds take no time")
    func severities() async throws {
        let lines = ["Uncorrectable (Fatal)", "Corrected"].map {
            "[ 1.0] pcieport 0000:15:01.0: PCIe Bus Error: severity=\($0), type=x"
        }
        #expect(
            try await Self.events(lines.joined(separator: "\n")).map(\.severity) == [
                "uncorrectable (fatal)", "corrected",
            ]
        )
        let many = (0..<20_000).map { "[ 1.0] NVRM: Xid (PCI:0000:\(String($0 % 200 + 16, radix: 16)):00): \($0), x" }
        let clock = ContinuousClock()
        let time = try await clock.measure { _ = try await Self.events(many.joined(separator: "\n")) }
        #expect(time < .seconds(8))
    }

    @Test("links that no network has, and drivers that write them otherwise")
    func links() async throws {
        #expect(try await Self.events("[ 1.0] pcieport 0000:15:01.0: pciehp: Slot(2): Link Down").isEmpty)
        let told = try await Self.events(
            "[ 1.0] tg3 0000:02:00.0 eth0: Link is down\n[ 2.0] mlx5_core 0000:9a:00.0: Port module event: module 0, Cable unplugged"
        )
        #expect(told.map(\.device) == ["eth0", "0000:9a:00.0"])
    }

    @Test("lines are counted by device and code, and what an earlier kernel said does not count")
    func counted() async throws {
        let events = try await Self.events(
            """
            [    0.0] Linux version 5.15.0
            [   50.0] NVRM: Xid (PCI:0000:1b:00): 79, GPU has fallen off the bus.
            [    0.0] Linux version 5.15.0
            [   10.0] mlx5_core 0000:9a:00.0 ibp154s0: Link down
            [   20.0] mlx5_core 0000:9a:00.0 ibp154s0: Link down
            [   30.0] NVRM: Xid (PCI:0000:1b:00): 31, MMU Fault
            [   40.0] mlx5_core 0000:9a:00.0 ibp154s0: Link down
            """
        )
        #expect(events.map(\.code) == [nil, 31] && events.map(\.count) == [3, 1])
    }

    @Test("a tree without a log is unknown, one with an empty log quiet")
    func missing() async throws {
        #expect(try await NodeTrees.survey(["etc/hostname": "a"]).kernel.events == nil)
        #expect(try await Self.events("", file: "var/log/dmesg").isEmpty)
    }
}
