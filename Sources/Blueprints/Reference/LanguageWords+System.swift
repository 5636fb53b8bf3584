extension LanguageWords {
    /// The operating system.
    static let system = #"""
        system | What the operating system must be and hold. | {hostname: gpu-01, packages: [chrony]}
        system.os | The distribution, which is verified, and which bundles are resolved for. | {distribution: ubuntu, version: "22.04"}
        system.os.distribution | ID of os-release(5). | ubuntu
        system.os.version | VERSION_ID of os-release(5). | "22.04"
        system.os.codename | What the package archive calls the release; known for those of Debian and Ubuntu. | jammy
        system.os.architecture | As Debian calls it. | amd64 | this machine's
        system.hostname | The node's name, now and at every boot. | gpu-01
        system.timezone | A name of the time zone database. | Asia/Shanghai
        system.time | Who keeps the clock. | {servers: [ntp.example.org]}
        system.time.daemon | The program that does. | chrony | chrony
        system.time.servers | By whose clock. | [ntp.example.org]
        system.kernel | The kernel and its settings. | {version: ">= 5.15", sysctl: {vm.swappiness: 1}}
        system.kernel.version | The release that must be running; verified. | ">= 5.15"
        system.kernel.sysctl | Kernel parameters, now and at every boot. | {vm.swappiness: 1, kernel.numa_balancing: 0}
        system.kernel.sysctl.* | The value. | 1
        system.kernel.modules | Kernel modules. | {load: [nvidia_peermem], blacklist: [nouveau]}
        system.kernel.modules.load | Loaded now and at every boot. | [nvidia_peermem]
        system.kernel.modules.blacklist | Never loaded by themselves. | [nouveau]
        system.kernel.cmdline | Words of the kernel's command line. | [iommu=pt]
        system.kernel.hugepages | Huge pages that are set aside. | {2M: 1024}
        system.kernel.hugepages.2M | Pages of 2 MiB, set aside now and at every boot. | 1024
        system.kernel.hugepages.1G | Pages of 1 GiB, set aside at boot. | 16
        system.limits | Lines of limits.conf(5). | [{domain: "*", item: memlock, value: unlimited}]
        system.limits.domain | An account, `@GROUP` or `*`. | "*"
        system.limits.type | Soft, hard, or `-` for both. | "-" | "-"
        system.limits.item | What is limited. | memlock
        system.limits.value | A number, or `unlimited`. | unlimited
        system.repositories | Archives of packages that the node may install from. | [{name: cuda, uri: "https://repo.example.com/ubuntu2204/", suite: /, key: keys/cuda.asc}]
        system.repositories.name | What its files below `/etc/apt` are called. | cuda
        system.repositories.uri | Where it is. | "https://repo.example.com/ubuntu2204/"
        system.repositories.suite | The release, or `/` for a flat archive. | jammy
        system.repositories.components | Its parts; a flat archive has none. | [main]
        system.repositories.architectures | Only these. | [amd64]
        system.repositories.key | The file with its public key, beside the blueprint: `.asc` or `.gpg`. | keys/cuda.asc
        system.packages | Debian packages, by name or with more to say. All of a run are one transaction, offline from a bundle. | [nvme-cli, {name: rdma-core, version: ">= 39"}, {name: apport, state: absent}]
        system.packages.name | The package. | rdma-core
        system.packages.version | What its version must be, compared as Debian compares. With a lock it must also be at least what was locked. | ">= 39"
        system.packages.state | Whether it must be there. | absent | present
        system.packages.after | What must be done before. | ["file:/etc/default/app"]
        system.storage | File systems and what they are made of. A device that bears any signature is not touched unless `allowWipe` names it. | [{path: /data, filesystem: xfs, raid: 0, devices: {nvme: {capacity: ">= 15 TB"}}}]
        system.storage.path | Where it is mounted. | /data
        system.storage.filesystem | Its kind. | xfs
        system.storage.raid | How the devices are joined. | 0 | none
        system.storage.devices | What it is made of. | {nvme: {capacity: ">= 15 TB"}}
        system.storage.devices.nvme | Drives that are alike. | {capacity: ">= 15 TB"}
        system.storage.devices.serials | Devices by their serial numbers. | [S6XNNA0T123456]
        system.storage.options | Mount options. | [noatime]
        system.storage.gpuDirectRate | What reading straight into GPU memory must give. | ">= 12 GB/s"
        system.storage.allowWipe | Serial numbers of devices that may be formatted although they bear a signature. | [S6XNNA0T123456]
        system.groups | Groups of users. | [{name: ml, gid: 2000}]
        system.groups.name | Its name. | ml
        system.groups.gid | Its number. | 2000
        system.groups.system | Whether it is made with a number of the system's range. | true | false
        system.users | Accounts; what is not declared is left as it is. | [{name: operator, groups: [ml]}]
        system.users.name | Its name. | operator
        system.users.uid | Its number. | 2000
        system.users.group | Its primary group. | ml
        system.users.groups | Its other groups. | [ml, docker]
        system.users.home | Its home directory. | /home/operator
        system.users.shell | Its shell. | /bin/bash
        system.users.comment | The comment field of passwd(5). | Runs the models
        system.users.system | Whether it is made with a number of the system's range. | true | false
        system.users.authorizedKeys | All lines of its authorized_keys file. | ["${parameters.adminKey}"]
        system.directories | Directories. | [{path: /models, owner: operator, group: ml, mode: "0775"}]
        system.directories.path | Where it stands. | /models
        system.directories.owner | Who owns it, by name or number. | operator | as it is; root for a new one
        system.directories.group | Which group owns it, by name or number. | ml | as it is; root for a new one
        system.directories.mode | Three or four octal digits. | "0775" | as it is; 0755 for a new one
        system.directories.after | What must be done before. | ["package:chrony"]
        system.files | Files with all that is in them. | [{path: /etc/motd, content: "hello\n", mode: "0644"}]
        system.files.path | Where it stands. | /etc/motd
        system.files.content | All that is in it; references are filled in. | "${metadata.name}\n"
        system.files.source | A file beside the blueprint that holds it. | files/app.conf.tmpl
        system.files.template | Whether references in `source` are filled in. | true | false
        system.files.state | Whether it must be there. | absent | present
        system.files.owner | Who owns it, by name or number. | root | as it is; root for a new one
        system.files.group | Which group owns it, by name or number. | root | as it is; root for a new one
        system.files.mode | Three or four octal digits. | "0644" | as it is; 0644 for a new one
        system.files.notify | Units that are restarted when it changes; they are declared below `services`. | [app.service]
        system.files.after | What must be done before. | ["package:chrony"]
        system.links | Symbolic links. | [{path: /opt/current, target: app-2.1}]
        system.links.path | Where it stands. | /opt/current
        system.links.target | Where it points, as it is written into the link. | app-2.1
        system.links.after | What must be done before. | ["artifact:app"]
        system.services | systemd units; what is not declared is left as it is. | [{name: chrony.service, enabled: true, running: true}]
        system.services.name | The unit with its ending. | chrony.service
        system.services.enabled | Whether it starts at boot. | true
        system.services.running | Whether it runs. | true
        system.services.masked | Whether it can start at all. | false
        system.services.after | What must be done before. | ["artifact:app"]
        checks | Assertions that are no resources: `verify --checks` and `audit` run them, and they change nothing. | [{name: GPUs answer, command: "nvidia-smi -L", expect: {lines: 8}}]
        checks.name | What it asserts. | GPUs answer
        checks.command | A command, split into words as a shell does and run without one. | "nvidia-smi -L"
        checks.http | An address that must answer. | "http://127.0.0.1:9100/metrics"
        checks.path | A path that must be there. | /dev/nvidia0
        checks.port | InfiniBand ports. | {infiniband: "*", state: active}
        checks.port.infiniband | Devices; a pattern. Each that matches must be so, and there must be one. | "mlx5_*"
        checks.port.state | What the ports must be. | active | active
        checks.timeout | How long it may take, a tenth of a second to an hour. | 10 s | 10 s
        checks.expect | What must come of it. | {exit: 0, lines: 8}
        checks.expect.exit | The exit status of a command. | 0 | 0
        checks.expect.lines | How many lines it prints. | 8
        checks.expect.output | What it prints; a pattern. | "*H100*"
        checks.expect.status | The status of an HTTP answer. | 200 | 200
        checks.expect.body | The body of an HTTP answer; a pattern. | "*ok*"
        """#
}
