import Basics
import Foundation
import Inventory
import NodeAccess
import TestSupport
import Testing

/// What ibstat, ibstatus and ibv_devinfo printed.
struct RDMAImportTests {
    @Test func portsBeforeAFailureAreRead() throws {
        let facts = try ImportedFiles.facts("ibstat.txt")
        let ports = try #require(facts.rdmaPorts)
        #expect(ports.map(\.adapter) == ["mlx5_9", "mlx5_9", "mlx5_10"])
        #expect(ports.map(\.port) == [1, 2, 1])
        #expect(ports.map(\.state) == ["DOWN", "INIT", "ACTIVE"])
        #expect(ports.map(\.physicalState) == ["Disabled", "Phy Test", "LinkUp"])
        // 2 is what is left of 2.5.
        #expect(ports.map(\.rate) == [nil, 40_000_000_000, 400_000_000_000])
        #expect(ports.map(\.linkLayer) == ["Ethernet", "Ethernet", "InfiniBand"])
        #expect(ports.map(\.identity) == ["15b3:101d", "15b3:101d", "15b3:1021"])
        #expect(ports.map(\.nodeGUID) == [nil, nil, "0011:2233:4455:6677"])
        #expect(ports[2].systemGUID == "0011:2233:4455:6670")
        #expect(ports[2].adapterType == "MT4129")
        #expect(ports[2].firmware == "28.39.1002")
        #expect(ports[2].lid == 93)
        #expect(ports[2].managerLID == 7)
        #expect(facts.notes?.contains { $0.contains("stat of IB device 'mlx5_11' failed") } == true)
    }

    @Test func threeToolsTellOfAPortAlike() throws {
        let stat = try #require(try ImportedFiles.facts("ibstat.txt").rdmaPorts?.last)
        let status = try #require(try ImportedFiles.facts("ibstatus.txt").rdmaPorts?.first)
        let info = try #require(try ImportedFiles.facts("ibv-devinfo.txt").rdmaPorts?.first)
        for port in [status, info] {
            #expect(port.state == stat.state)
            #expect(port.physicalState == stat.physicalState)
            #expect(port.rate == stat.rate)
            #expect(port.linkLayer == stat.linkLayer)
            #expect(port.lid == stat.lid)
            #expect(port.managerLID == stat.managerLID)
        }
        #expect(info.adapterType == stat.adapterType)
        #expect(info.identity == stat.identity)
        #expect(info.nodeGUID == stat.nodeGUID)
        #expect(info.board == "MT_0000000000")
        // Another maker's number is no PCI identity.
        #expect(try ImportedFiles.facts("ibv-devinfo.txt").rdmaPorts?.last?.adapterType == nil)
        #expect(try ImportedFiles.facts("ibstatus.txt").rdmaPorts?.last?.rate == 2_500_000_000)
        #expect(try ImportedFiles.facts("ibstatus.txt").rdmaPorts?.last?.linkLayer == nil)
    }
}
