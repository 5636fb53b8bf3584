import Foundation
import TestSupport
import Testing

/// The built binary in a guest with a real kernel: drives, network ports and CXL memory as qemu emulates them, against what the
/// usual tools say there.
@Suite(.serialized) struct GuestTests {
    /// What a boot left behind.
    private struct Boot {
        let results: String
        let log: String

        func text(_ name: String) -> String {
            String(decoding: FileManager.default.contents(atPath: "\(results)/\(name)") ?? Data(), as: UTF8.self)
        }

        func json(_ name: String) throws -> Any {
            try #require(
                try? JSONSerialization.jsonObject(with: Data(text(name).utf8)),
                "\(name): \(text(name).prefix(400))"
            )
        }

        func facts() throws -> [String: Any] { try #require(try json("facts.json") as? [String: Any]) }

        func status(_ name: String) -> Int? {
            Int(text("\(name).status").trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }

    private let work = TemporaryDirectory("guest")

    /// What a machine with two drives of 15.36 TB, two ports and CXL memory is declared as.
    private static let blueprint = """
        apiVersion: millwright/v1
        kind: Blueprint
        metadata: {name: guest, version: 1.0.0}
        hardware:
          platform: {vendor: QEMU}
          cpu: {sockets: 2, cores: 2, numaNodes: 2}
          memory: ">= 900 MiB"
          gpus: [{count: 0}]
          nics: [{count: "= 2", link: ethernet, state: active}]
          nvme:
            - {count: "= 2", capacity: ">= 15.36 TB", model: "QEMU NVMe*", health: ok, wear: "< 80 %", mediaErrors: 0, blockSize: 512 B}
          cxl: {memory: 256 MiB}
        system:
          os: {distribution: debian}
          kernel: {version: ">= 6.1"}

        """

    /// The first tool in its own folder, as a deployer copies it; the payload asks it and the tools beside it.
    private static let payload = """
        #!/bin/bash
        export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
        mkdir /tmp/tool && tar -C /tmp/tool -xf /payload/tool.tar
        millwright=/tmp/tool/millwright/bin/millwright
        # The release build finds its libraries by itself, a build for tests does not.
        export LD_LIBRARY_PATH=/tmp/tool/millwright/lib
        into() { local name=$1; shift; "$@" >"/results/$name" 2>"/results/$name.errors"; echo $? >"/results/$name.status"; }
        into facts.json $millwright facts --format json
        into verify.txt $millwright verify /payload/guest.yaml
        into diagnose.txt $millwright diagnose
        into metrics.prom $millwright facts export
        unset LD_LIBRARY_PATH
        into lsblk.json lsblk -J -b -o NAME,SIZE,TYPE,MODEL,SERIAL,ROTA,LOG-SEC,PHY-SEC
        into nvme.json nvme list -o json
        into lspci.txt lspci -vvv -nn -D
        into cxl.json cxl list -M
        into dmidecode.txt dmidecode
        into ip.json ip -j link
        for drive in /dev/nvme?; do into "smart-${drive##*/}.json" nvme smart-log -o json "$drive"; done
        exit 0

        """

    private func boot(_ options: String...) throws -> Boot {
        try MissingTool.require("qemu-system-x86_64", "mmdebstrap", "mke2fs")
        let scripts = Binary.house() + "/Tests/Guest"
        let base =
            ProcessInfo.processInfo.environment["MILLWRIGHT_TEST_CACHE"]
            ?? FileManager.default.temporaryDirectory.path + "/millwright-test-cache"
        let guest = base + "/guest"
        let made = Shell.run(scripts + "/make-guest", [guest])
        guard made.status == 0 else { throw MinimalRoot.Failure(text: "make-guest: \(made.output)\(made.errors)") }
        let payload = work.path + "/payload"
        if !FileManager.default.fileExists(atPath: payload) {
            try FileManager.default.createDirectory(atPath: payload, withIntermediateDirectories: true)
            let packed = Shell.run(Binary.house() + "/Scripts/package-tool", [payload + "/tool.tar", Binary.path])
            guard packed.status == 0 else { throw MinimalRoot.Failure(text: "package-tool: \(packed.errors)") }
            try Self.blueprint.write(toFile: payload + "/guest.yaml", atomically: true, encoding: .utf8)
            try Self.payload.write(toFile: payload + "/run", atomically: true, encoding: .utf8)
            Shell.run("chmod", ["755", payload + "/run"])
        }
        let name = UUID().uuidString
        let (results, log) = ("\(work.path)/\(name)", "\(work.path)/\(name).log")
        try FileManager.default.createDirectory(atPath: results, withIntermediateDirectories: true)
        let ended = Shell.run(scripts + "/boot-guest", [guest, payload, log, "--results", results] + options)
        let said = String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
        guard ended.status == 0 else {
            throw MinimalRoot.Failure(text: "boot-guest: \(ended.status) \(ended.output)\(ended.errors)\(said)")
        }
        return Boot(results: results, log: said)
    }

    @Test("a whole machine: facts are what lsblk, nvme, lspci, cxl, ip and dmidecode say", .timeLimit(.minutes(10)))
    func whole() throws {
        let boot = try boot("--cxl", "256M", "--smbios", "SN-4711")
        let facts = try boot.facts()
        #expect(
            boot.status("facts.json") == 0 && boot.text("facts.json.errors").isEmpty,
            "\(boot.text("facts.json.errors"))"
        )
        try drives(boot, facts)
        try functions(boot, facts)

        // CXL memory, by its name, size and serial number.
        let memories = try #require(facts["cxl"] as? [[String: Any]])
        let told = try #require(try boot.json("cxl.json") as? [[String: Any]])
        #expect(memories.count == 1 && told.count == 1, "\(boot.text("cxl.json"))")
        #expect(memories.first?["name"] as? String == told.first?["memdev"] as? String)
        #expect(memories.first?["persistent"] as? Int == told.first?["pmem_size"] as? Int)

        // Ports, by name and address.
        let ports = try #require(facts["interfaces"] as? [[String: Any]])
        let links = try #require(try boot.json("ip.json") as? [[String: Any]]).filter {
            $0["ifname"] as? String != "lo"
        }
        #expect(
            Set(ports.compactMap { $0["mac"] as? String }) == Set(links.compactMap { $0["address"] as? String })
        )
        for port in ports { #expect(port["state"] as? String == "up", "\(port)") }

        // The machine and its memory, by the firmware's table.
        let platform = try #require(facts["platform"] as? [String: Any])
        #expect(
            platform["serial"] as? String == "SN-4711" && boot.text("dmidecode.txt").contains("Serial Number: SN-4711")
        )
        let modules = try #require((facts["memory"] as? [String: Any])?["modules"] as? [[String: Any]])
        #expect(modules.count == boot.text("dmidecode.txt").components(separatedBy: "\nMemory Device\n").count - 1)
        #expect((facts["timekeeping"] as? [String: Any])?["isSynchronised"] as? Bool == false)

        // The same, judged.
        let findings = boot.text("verify.txt")
        #expect(boot.status("verify.txt") == 0, "\(findings)\(boot.text("verify.txt.errors"))")
        #expect(!findings.contains("FAIL") && !findings.contains("\n?"), "\(findings)")
        #expect(boot.text("metrics.prom").contains("millwright_nvme_wear_ratio"))
    }

    private func drives(_ boot: Boot, _ facts: [String: Any]) throws {
        let drives = try #require(facts["nvme"] as? [[String: Any]])
        let listed = try #require((try boot.json("nvme.json") as? [String: Any])?["Devices"] as? [[String: Any]])
        #expect(drives.count == 2 && listed.count == 2)
        for drive in drives {
            let serial = try #require(drive["serial"] as? String)
            let other = try #require(listed.first { ($0["SerialNumber"] as? String) == serial })
            let spaces = try #require(drive["namespaces"] as? [[String: Any]])
            #expect(
                spaces.first?["size"] as? Int == other["PhysicalSize"] as? Int
                    && spaces.first?["size"] as? Int == 15_360_950_534_144
            )
            #expect(spaces.first?["block"] as? Int == other["SectorSize"] as? Int)
            #expect(drive["model"] as? String == other["ModelNumber"] as? String)
            #expect(drive["firmware"] as? String == other["Firmware"] as? String)
            // Its own log, by an admin command of ours and of nvme-cli.
            let controller = try #require((drive["controllers"] as? [[String: Any]])?.first?["name"] as? String)
            let log = try #require(try boot.json("smart-\(controller).json") as? [String: Any])
            let health = try #require(drive["health"] as? [String: Any])
            #expect(health["temperature"] as? Int == (log["temperature"] as? Int).map { $0 - 273 })
            #expect(
                health["spare"] as? Int == log["avail_spare"] as? Int
                    && health["wear"] as? Int == log["percent_used"] as? Int
            )
        }
        let disks = try #require((try boot.json("lsblk.json") as? [String: Any])?["blockdevices"] as? [[String: Any]])
        let devices = try #require(facts["blockDevices"] as? [[String: Any]])
        for disk in disks where disk["type"] as? String == "disk" {
            let name = try #require(disk["name"] as? String)
            let device = try #require(devices.first { $0["name"] as? String == name }, "\(name)")
            #expect(
                device["size"] as? Int == disk["size"] as? Int
                    && device["logicalBlock"] as? Int == disk["log-sec"] as? Int
            )
            #expect(device["isRotational"] as? Bool == disk["rota"] as? Bool)
        }
    }

    /// Every function of the bus with its identity, class and driver.
    private func functions(_ boot: Boot, _ facts: [String: Any]) throws {
        let functions = try #require(facts["pci"] as? [[String: Any]])
        var listed: [String: (identity: String, kind: String)] = [:]
        for line in boot.text("lspci.txt").split(separator: "\n") {
            guard let first = line.first, first.isHexDigit, line.count > 13,
                let address = line.split(separator: " ").first
            else {
                continue
            }
            let marks = line.split(separator: "[").dropFirst().map { String($0.prefix { $0 != "]" }) }
            let identity = marks.last { $0.count == 9 && $0.contains(":") } ?? ""
            let kind = marks.first { $0.count == 4 } ?? ""
            listed[String(address)] = (identity, kind)
        }
        #expect(functions.count == listed.count && functions.count > 10)
        for function in functions {
            let address = try #require(function["address"] as? String)
            let other = try #require(listed[address], "\(address)")
            #expect(function["identity"] as? String == other.identity)
            #expect(
                (function["deviceClass"] as? String)?.dropFirst(2).prefix(4) == other.kind[...],
                "\(function) \(other)"
            )
        }
    }

    @Test("a drive missing, a smaller one, and a port down are judged right", .timeLimit(.minutes(10)))
    func broken() throws {
        let boot = try boot("--nvme", "SMALL-1:1920383410176", "--nic", "active", "--nic", "down", "--cxl", "256M")
        let findings = boot.text("verify.txt")
        #expect(boot.status("verify.txt") == 2, "\(findings)\(boot.text("verify.txt.errors"))")
        #expect(
            findings.contains("SMALL-1") && findings.contains("capacity: expected >= 15.36 TB, found 1.92 TB"),
            "\(findings)"
        )
        #expect(findings.contains("state: expected active, found down"), "\(findings)")
        let failed = findings.split(separator: "\n").filter { $0.hasPrefix("FAIL") }
        #expect(
            failed.count == 2 && failed.contains { $0.contains("nvme") } && failed.contains { $0.contains("nics") },
            "\(findings)"
        )
    }

    @Test("a drive with two controllers is one drive", .timeLimit(.minutes(10)))
    func multipath() throws {
        let boot = try boot("--multipath", "TWIN-1:15360950534144", "--nvme", "ONE-1:15360950534144", "--cxl", "256M")
        let drives = try #require(try boot.facts()["nvme"] as? [[String: Any]])
        #expect(drives.count == 2)
        let twin = try #require(drives.first { $0["serial"] as? String == "TWIN-1" })
        #expect((twin["controllers"] as? [Any])?.count == 2 && (twin["namespaces"] as? [Any])?.count == 1)
        #expect(boot.status("verify.txt") == 0, "\(boot.text("verify.txt"))")
    }
}
