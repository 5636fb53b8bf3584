import Basics
package import Blueprints
import NodeAccess
import Reconciling

/// `system.hostname`, `timezone`, `time`, `limits`, `kernel.cmdline` and `kernel.hugepages`.
package enum SystemSettingsSection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        let system = blueprint.system
        if let hostname = system.hostname {
            context.add(HostnameResource(hostname.value, Declaration(at: hostname.range)))
        }
        if let zone = system.timezone { timezone(zone, &context) }
        if let time = system.time { clock(time, &context) }
        limits(system.limits, &context)
        kernel(system.kernel, &context)
    }

    private static func timezone(_ zone: Sourced<String>, _ context: inout Compilation) {
        context.imply(package: "tzdata", at: zone.range)
        context.imply(
            LinkResource("/etc/localtime", target: "/usr/share/zoneinfo/\(zone.value)", Declaration(at: zone.range))
        )
        context.imply(file: "/etc/timezone", zone.value + "\n", at: zone.range)
    }

    private static func clock(_ time: TimeDeclaration, _ context: inout Compilation) {
        switch time.daemon {
        case .chrony:
            context.imply(package: "chrony", at: time.range)
            // The two are each other's conflict, and stock systems come with one of them.
            context.imply(absent: "systemd-timesyncd", at: time.range)
            context.imply(
                file: "/etc/chrony/sources.d/millwright.sources",
                time.servers.map { "server \($0.value) iburst\n" }.joined(),
                notify: ["chrony.service"],
                at: time.range
            )
            context.imply(ServiceWish(unit: "chrony.service", declaration: Declaration(at: time.range)))
        case .timesyncd:
            let directory: NodePath = "/etc/systemd/timesyncd.conf.d"
            context.imply(package: "systemd-timesyncd", at: time.range)
            context.imply(absent: "chrony", at: time.range)
            context.imply(DirectoryResource(directory, ownership: Ownership(mode: 0o755), Declaration(at: time.range)))
            context.imply(
                file: directory.appending("millwright.conf"),
                "[Time]\nNTP=\(time.servers.map(\.value).joined(separator: " "))\n",
                notify: ["systemd-timesyncd.service"],
                at: time.range
            )
            context.imply(ServiceWish(unit: "systemd-timesyncd.service", declaration: Declaration(at: time.range)))
        }
    }

    private static func limits(_ limits: [LimitDeclaration], _ context: inout Compilation) {
        guard let first = limits.first else { return }
        let lines = limits.map { "\($0.domain.value) \($0.kind.rawValue) \($0.item.value) \($0.value.value)\n" }
        context.imply(
            file: "/etc/security/limits.d/60-millwright.conf",
            "# Limits that the blueprint declares; written by millwright.\n" + lines.joined(),
            at: first.range
        )
    }

    private static func kernel(_ kernel: Kernel, _ context: inout Compilation) {
        var words = kernel.commandLine.map(\.value)
        var origin = kernel.commandLine.first?.range
        for (size, count) in kernel.hugepages {
            guard size.value == "1G" else {
                context.imply(SysctlResource("vm.nr_hugepages", value: String(count), Declaration(at: size.range)))
                continue
            }
            // Pages of this size are only to be had while the memory is whole: at boot.
            words += ["hugepagesz=1G", "hugepages=\(count)"]
            origin = origin ?? size.range
        }
        guard let origin, !words.isEmpty else { return }
        context.imply(
            file: "/etc/default/grub.d/60-millwright.cfg",
            """
            # Words that the blueprint declares; written by millwright.
            GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX \(words.joined(separator: " "))"

            """,
            at: origin
        )
        context.add(
            UnsupportedResource(
                "bootloader",
                "grub",
                instead: "run `update-grub` once the file below /etc/default/grub.d is there, then reboot",
                Declaration(at: origin)
            )
        )
    }
}
