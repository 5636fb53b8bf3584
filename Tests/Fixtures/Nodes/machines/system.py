"""What every machine has: its release, modules, mounts, packages, services and log."""
import datetime

from .settings import KERNEL_MOUNTS, SYSCTL


class System:
    def release(self, distribution, version, codename, pretty, host, kernel, architecture="amd64", command="", sysctl=()):
        self.host, self.kernel, self.command = host, kernel, command
        self.file("/etc/os-release", f'PRETTY_NAME="{pretty}"\nNAME="{pretty.split()[0]}"\nVERSION_ID="{version}"\n'
                  f'VERSION_CODENAME={codename}\nID={distribution}')
        self.files("/etc", hostname=host)
        self.file("/var/lib/dpkg/arch", architecture)
        self.file("/proc/cmdline", command)
        self.files("/proc/sys/kernel", osrelease=kernel, ostype="Linux", hostname=host)
        self.files("/proc/sys", {**SYSCTL, **dict(sysctl)})
        self.files("/sys/kernel/mm/transparent_hugepage", enabled="always [madvise] never", defrag="always defer defer+madvise [madvise] never")

    def modules(self, *loaded):
        """Name, how many use it, who (with commas), taint, version."""
        lines = []
        for name, uses, users, taint, version in loaded:
            lines.append(f"{name} {4096 * (4 + 3 * len(name))} {uses} {users or '-'} Live 0x0000000000000000" + (f" ({taint})" if taint else ""))
            self.files(f"/sys/module/{name}", version=version, refcnt=uses, initstate="live", taint=taint)
        self.file("/proc/modules", "\n".join(lines))

    def mounts(self, *devices):
        """Device, place, type, options. A blank in a place is an octal number, as in fstab(5)."""
        table = list(KERNEL_MOUNTS + devices)
        self.file("/proc/self/mounts", "\n".join(f"{device} {place} {kind} {options} 0 0" for device, place, kind, options in table))
        # The first word of the options belongs to the mount, what is the file system's own comes last: proc(5).
        self.file("/proc/self/mountinfo", "\n".join(
            f"{number} {1 if place == '/' else 29} {'259' if device.startswith('/dev') else '0'}:{number} / {place} {options} shared:{number - 20} - "
            f"{kind} {device} {options.split(',')[0]}" for number, (device, place, kind, options) in enumerate(table, 24)))
        self.link("/proc/mounts", "/proc/self/mounts")

    def packages(self, *installed):
        """Stanzas of dpkg's status file: name, version, section, one line; a version with a minus before it was removed."""
        stanzas = []
        for name, version, section, about in installed:
            state = "deinstall ok config-files" if version.startswith("-") else "install ok installed"
            stanzas.append(f"Package: {name}\nStatus: {state}\nPriority: optional\nSection: {section}\nInstalled-Size: {1024 + 7 * len(about)}\n"
                           f"Maintainer: Maintainers of {name} <{name}@example.com>\nArchitecture: amd64\nVersion: {version.lstrip('-')}\n"
                           f"Depends: libc6 (>= 2.34)\nDescription: {about}\n {about[0].upper()}{about[1:]}: this line goes on\n .\n as do these.\n")
        self.file("/var/lib/dpkg/status", "\n".join(stanzas))

    def services(self, *running):
        """Control groups of what systemd runs: unit, process, command."""
        self.files("/sys/fs/cgroup", {"cgroup.controllers": "cpuset cpu io memory hugetlb pids rdma misc"})
        for unit, process, command in (("systemd-journald.service", 872, "/lib/systemd/systemd-journald"),) + running:
            self.files(f"/sys/fs/cgroup/system.slice/{unit}", {"cgroup.procs": process, "cgroup.type": "domain"})
            self.file(f"/proc/{process}/comm", command.split()[0].rsplit("/", 1)[-1][:15])
            self.file(f"/proc/{process}/cmdline", command.replace(" ", "\0") + "\0", newline=False)

    def log(self, *boots, modern=False):
        """/var/log/kern.log as rsyslog writes it: each boot is its time and lines of seconds and text."""
        lines = []
        for start, told in boots:
            begun = datetime.datetime.fromisoformat(start)
            for seconds, text in told:
                now = begun + datetime.timedelta(seconds=seconds)
                # Debian 12 writes RFC 3339 with microseconds, releases before it the old form.
                stamp = now.isoformat(timespec="microseconds") + "+00:00" if modern else f"{now:%b} {now.day:2d} {now:%H:%M:%S}"
                lines.append(f"{stamp} {self.host} kernel: [{seconds:12.6f}] {text}")
        self.file("/var/log/kern.log", "\n".join(lines))

    def boot(self):
        """The first lines of a start."""
        told = self.identity
        return [(0.0, f"Linux version {self.kernel} (buildd@lcy02-amd64-017) (gcc (Ubuntu 11.4.0-1ubuntu1~22.04) 11.4.0) #1 SMP"),
                (0.0, f"Command line: {self.command}"),
                (0.0, f"DMI: {told.get('sys_vendor')} {told.get('product_name')}, BIOS {told.get('bios_version')} {told.get('bios_date')}"),
                (1.208312, f"smpboot: Total of {self.threads} processors activated (896000.00 BogoMIPS)")]
