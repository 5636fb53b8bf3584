/// For each fact where it is from, its unit, and what it means that it is unknown. The page of the documentation and the
/// evidence of every verdict are made of it; a test holds it against the shape of ``Facts``.
package enum FactCatalog {
    package struct Entry: Sendable {
        /// As in the JSON, lists without numbers: `gpus.link.generation`.
        package var path: String
        /// Empty where it has none.
        package var unit: String
        /// The file or call; `ADDRESS`, `NAME` and the like stand for the device.
        package var source: String
        package var unknown: String
    }

    /// By bytes: every verdict asks it, and the first one waits for all of it.
    package static let entries: [Entry] = (system + devices + GPUCatalog.rows + software).utf8
        .split(separator: UInt8(ascii: "\n"))
        .map { line in
            let cells = line.split(separator: UInt8(ascii: "|"), maxSplits: 3, omittingEmptySubsequences: false)
            func cell(_ index: Int) -> String { index < cells.count ? text(cells[index]) : "" }
            return Entry(path: cell(0), unit: cell(1), source: cell(2), unknown: cell(3))
        }

    /// Without the blanks around it.
    private static func text(_ bytes: Substring.UTF8View) -> String {
        var rest = bytes[...]
        while rest.first == 0x20 { rest.removeFirst() }
        while rest.last == 0x20 { rest.removeLast() }
        return String(Substring(rest))
    }

    private static let byPath = Dictionary(entries.map { ($0.path, $0) }) { first, _ in first }

    /// Accelerators and switches are told of as GPUs are.
    package static func entry(_ path: String) -> Entry? {
        if let entry = byPath[path] { return entry }
        for kind in ["accelerators.", "nvswitches."] where path.hasPrefix(kind) {
            return byPath["gpus." + path.dropFirst(kind.count)]
        }
        return nil
    }

    private static let system = #"""
        hostname | | /proc/sys/kernel/hostname; of a tree /etc/hostname | neither is there
        os.distribution | | /etc/os-release, ID | no such line
        os.version | | /etc/os-release, VERSION_ID | a release without a number
        os.codename | | /etc/os-release, VERSION_CODENAME | no such line
        os.name | | /etc/os-release, PRETTY_NAME | no such line
        os.architecture | | /var/lib/dpkg/arch, else the ELF header of /usr/bin/dpkg or env, else /proc/sys/kernel/arch | no dpkg and no program of a machine we know
        kernel.release | | /proc/sys/kernel/osrelease | no kernel runs there
        kernel.version | | the numbers of /proc/sys/kernel/osrelease | no kernel runs there
        kernel.commandLine | | /proc/cmdline | no kernel runs there
        kernel.modules | | /proc/modules | no kernel runs there; built-in modules are never listed
        kernel.moduleVersions | | /sys/module/NAME/version | most modules of the kernel's own have no version
        kernel.sysctl | | /proc/sys | the key does not exist on this kernel
        kernel.transparentHugePages | | /sys/kernel/mm/transparent_hugepage/enabled | built without them
        kernel.events.kind | | the kernel's log since its start: syslog(2); of a tree /var/log/kern.log, messages or dmesg | the log may not be read, or was not recorded
        kernel.events.device | | the line of the log | the line names no device
        kernel.events.code | | the number after `Xid` or `SXid` | not a line of NVIDIA's
        kernel.events.severity | | the line of the log | the line says none
        kernel.events.count | lines | how many lines say the same of the same device |
        kernel.events.text | | the last of these lines |
        platform.vendor | | /sys/class/dmi/id/sys_vendor | no DMI (other architectures, some virtual machines)
        platform.product | | /sys/class/dmi/id/product_name | no DMI
        platform.serial | | /sys/class/dmi/id/product_serial | readable by root alone, or never set
        platform.uuid | | /sys/class/dmi/id/product_uuid | readable by root alone
        platform.board | | /sys/class/dmi/id/board_name | no DMI
        platform.boardVendor | | /sys/class/dmi/id/board_vendor | no DMI
        platform.boardSerial | | /sys/class/dmi/id/board_serial | readable by root alone, or never set
        platform.biosVendor | | /sys/class/dmi/id/bios_vendor | no DMI
        platform.biosVersion | | /sys/class/dmi/id/bios_version | no DMI
        platform.biosDate | month/day/year | /sys/class/dmi/id/bios_date | no DMI
        cpu.model | | /proc/cpuinfo, model name | architectures that do not tell it
        cpu.sockets | sockets | /sys/devices/system/cpu/cpuN/topology/physical_package_id, else /proc/cpuinfo | neither tells
        cpu.cores | cores | /sys/devices/system/cpu/cpuN/topology/core_cpus_list, else /proc/cpuinfo | neither tells
        cpu.threads | logical processors | /sys/devices/system/cpu/online, else /proc/cpuinfo | neither tells
        cpu.numaNodes | nodes | /sys/devices/system/node/has_cpu | built without NUMA
        cpu.governors | logical processors | /sys/devices/system/cpu/cpuN/cpufreq/scaling_governor | the firmware or a host scales the frequency
        cpu.microcode | | /proc/cpuinfo, microcode | virtual machines, other architectures
        memory.total | bytes | /proc/meminfo, MemTotal: less than is installed, by some per cent | no kernel runs there
        memory.hugePages.size | bytes | /sys/kernel/mm/hugepages | built without them
        memory.hugePages.count | pages | /sys/kernel/mm/hugepages/hugepages-SIZEkB/nr_hugepages | built without them
        memory.hugePages.free | pages | /sys/kernel/mm/hugepages/hugepages-SIZEkB/free_hugepages | built without them
        memory.modules.locator | | /sys/firmware/dmi/tables/DMI, type 17 | readable by root alone, or the firmware does not say
        memory.modules.size | bytes | /sys/firmware/dmi/tables/DMI, type 17 | the firmware does not say
        memory.modules.type | | /sys/firmware/dmi/tables/DMI, type 17 | the firmware does not say
        memory.modules.speed | million transfers a second | /sys/firmware/dmi/tables/DMI, type 17: what it can do | the firmware does not say
        memory.modules.configuredSpeed | million transfers a second | /sys/firmware/dmi/tables/DMI, type 17: what it runs at | the firmware does not say
        memory.modules.manufacturer | | /sys/firmware/dmi/tables/DMI, type 17 | the firmware does not say
        memory.modules.part | | /sys/firmware/dmi/tables/DMI, type 17 | the firmware does not say
        memory.modules.serial | | /sys/firmware/dmi/tables/DMI, type 17 | the firmware does not say
        numaNodes.number | | /sys/devices/system/node | built without NUMA
        numaNodes.cpus | | /sys/devices/system/node/nodeN/cpulist | a node of memory alone
        numaNodes.memory | bytes | /sys/devices/system/node/nodeN/meminfo | a node of processors alone
        numaNodes.distances | 10 is itself | /sys/devices/system/node/nodeN/distance | built without NUMA
        numaNodes.hugePages.size | bytes | /sys/devices/system/node/nodeN/hugepages | built without them
        numaNodes.hugePages.count | pages | /sys/devices/system/node/nodeN/hugepages | built without them
        numaNodes.hugePages.free | pages | /sys/devices/system/node/nodeN/hugepages | built without them
        timekeeping.isSynchronised | | adjtimex(2), STA_UNSYNC | a tree, or a file of another tool
        timekeeping.offset | seconds | adjtimex(2), offset | a tree, or a file of another tool
        timekeeping.maximumError | seconds | adjtimex(2), maxerror | a tree, or a file of another tool

        """#

    private static let devices = #"""
        pci.address | | /sys/bus/pci/devices | no PCI bus to be seen
        pci.identity | | /sys/bus/pci/devices/ADDRESS/uevent; else vendor and device | a listing without numbers
        pci.subsystem | | /sys/bus/pci/devices/ADDRESS/uevent; else subsystem_vendor and _device | bridges have none
        pci.deviceClass | | /sys/bus/pci/devices/ADDRESS/uevent; else class | a listing without numbers
        pci.driver | | /sys/bus/pci/devices/ADDRESS/uevent; else the link driver; empty: none is bound | not recorded
        pci.slot | | /sys/bus/pci/slots, else /sys/firmware/dmi/tables/DMI, type 9 | soldered, or the firmware names no slots
        pci.parents | | where the link /sys/bus/pci/devices/ADDRESS leads | not a device of this trade, or not recorded as a link
        pci.redirects | | /sys/bus/pci/devices/ADDRESS/config; ACS control (extended capability 0x0d) | no such capability, or not root
        pci.payload | bytes | /sys/bus/pci/devices/ADDRESS/config; device control | not PCI Express, or not root
        pci.readRequest | bytes | /sys/bus/pci/devices/ADDRESS/config; device control | not PCI Express, or not root
        interfaces.name | | /sys/class/net, those that stand on a device | no /sys
        interfaces.kind | | /sys/class/net/NAME/type | not recorded
        interfaces.state | | /sys/class/net/NAME/operstate | not recorded
        interfaces.rate | bits per second | /sys/class/net/NAME/speed | the link is down, or the driver does not tell
        interfaces.mtu | bytes | /sys/class/net/NAME/mtu | not recorded
        interfaces.mac | | /sys/class/net/NAME/address | not recorded
        interfaces.driver | | /sys/class/net/NAME/device/driver | not recorded
        interfaces.address | | where /sys/class/net/NAME/device leads | it stands on no PCI function
        interfaces.identity | | /sys/bus/pci/devices/ADDRESS | it stands on no PCI function
        interfaces.model | | a table of PCI identities | in no table of ours
        interfaces.numaNode | | /sys/bus/pci/devices/ADDRESS/numa_node | -1: the firmware does not say
        interfaces.devicePort | from 0 | /sys/class/net/NAME/dev_port | not recorded
        interfaces.physicalFunction | | /sys/bus/pci/devices/ADDRESS/physfn | it is no virtual function, or its host hides it
        interfaces.firmware | | ethtool's ETHTOOL_GDRVINFO | a tree, or a driver that does not tell
        interfaces.slot | | /sys/bus/pci/slots | soldered, or the firmware names no slots
        interfaces.carrierChanges | times | /sys/class/net/NAME/carrier_changes | kernels before 3.15
        interfaces.errors | packets | /sys/class/net/NAME/statistics | not recorded
        rdmaPorts.adapter | | /sys/class/infiniband | no RDMA drivers
        rdmaPorts.port | from 1 | /sys/class/infiniband/NAME/ports |
        rdmaPorts.adapterType | | /sys/class/infiniband/NAME/hca_type; MT and the PCI device in decimal | the driver does not tell
        rdmaPorts.firmware | | /sys/class/infiniband/NAME/fw_ver | the driver does not tell
        rdmaPorts.board | | /sys/class/infiniband/NAME/board_id; NVIDIA's PSID | the driver does not tell
        rdmaPorts.nodeGUID | | /sys/class/infiniband/NAME/node_guid | zeros stand there
        rdmaPorts.systemGUID | | /sys/class/infiniband/NAME/sys_image_guid | zeros stand there
        rdmaPorts.description | | /sys/class/infiniband/NAME/node_desc | empty
        rdmaPorts.state | | /sys/class/infiniband/NAME/ports/PORT/state | not recorded
        rdmaPorts.physicalState | | /sys/class/infiniband/NAME/ports/PORT/phys_state | not recorded
        rdmaPorts.rate | bits per second | /sys/class/infiniband/NAME/ports/PORT/rate; a port that is down shows one too | not recorded
        rdmaPorts.linkLayer | | /sys/class/infiniband/NAME/ports/PORT/link_layer | not recorded
        rdmaPorts.lid | | /sys/class/infiniband/NAME/ports/PORT/lid | not recorded
        rdmaPorts.managerLID | | /sys/class/infiniband/NAME/ports/PORT/sm_lid | not recorded
        rdmaPorts.interfaces | | /sys/class/infiniband/NAME/ports/PORT/gid_attrs/ndevs, else the device's net | no interface carries it
        rdmaPorts.address | | where /sys/class/infiniband/NAME/device leads | software RDMA stands on no PCI function
        rdmaPorts.identity | | /sys/bus/pci/devices/ADDRESS | it stands on no PCI function
        rdmaPorts.model | | a table of PCI identities | in no table of ours
        rdmaPorts.numaNode | | /sys/bus/pci/devices/ADDRESS/numa_node | -1: the firmware does not say
        rdmaPorts.physicalFunction | | /sys/bus/pci/devices/ADDRESS/physfn | it is no virtual function, or its host hides it
        rdmaPorts.slot | | /sys/bus/pci/slots | soldered, or the firmware names no slots
        rdmaPorts.errors | counts | /sys/class/infiniband/NAME/ports/PORT/counters and hw_counters | the driver has no counters
        rdmaPorts.saturated | | counters that stand at the end of their range | none does
        nvme.controllers.name | | /sys/class/nvme | a listing of drives alone
        nvme.controllers.state | | /sys/class/nvme/NAME/state | not recorded
        nvme.controllers.transport | | /sys/class/nvme/NAME/transport | not recorded
        nvme.controllers.address | | /sys/class/nvme/NAME/address | not recorded
        nvme.controllers.numaNode | | /sys/class/nvme/NAME/numa_node | -1: the firmware does not say
        nvme.controllers.temperature | degrees Celsius | /sys/class/nvme/NAME/hwmonN/temp1_input | built without hwmon
        nvme.controllers.slot | | /sys/bus/pci/slots | the firmware names no slots
        nvme.namespaces.name | | /sys/block | no namespace
        nvme.namespaces.size | bytes | /sys/block/NAME/size; in units of 512 whatever a block is | not recorded, or rounded by the tool
        nvme.namespaces.block | bytes | /sys/block/NAME/queue/logical_block_size | not recorded
        nvme.subsystem | | /sys/class/nvme/NAME/subsysnqn | kernels before 4.14
        nvme.model | | /sys/class/nvme/NAME/model | not recorded
        nvme.serial | | /sys/class/nvme/NAME/serial | not recorded
        nvme.firmware | | /sys/class/nvme/NAME/firmware_rev | not recorded
        nvme.health.warnings | | NVMe Get Log Page 2, critical warning | not root, or a tree
        nvme.health.temperature | degrees Celsius | NVMe Get Log Page 2, composite temperature | not root, or a tree
        nvme.health.spare | per cent | NVMe Get Log Page 2, available spare | not root, or a tree
        nvme.health.spareThreshold | per cent | NVMe Get Log Page 2, available spare threshold | not root, or a tree
        nvme.health.wear | per cent, may pass 100 | NVMe Get Log Page 2, percentage used | not root, or a tree
        nvme.health.powerOnHours | hours | NVMe Get Log Page 2, power on hours | not root, or a tree
        nvme.health.unsafeShutdowns | times | NVMe Get Log Page 2, shutdowns without notice | not root, or a tree
        nvme.health.mediaErrors | times | NVMe Get Log Page 2, media and data integrity errors | not root, or a tree
        nvme.health.capacity | bytes | NVMe Identify Controller, total NVM capacity | not root, or the drive does not tell
        cxl.name | | /sys/bus/cxl/devices | no CXL drivers in the kernel
        cxl.volatile | bytes | /sys/bus/cxl/devices/NAME/ram/size | not recorded
        cxl.persistent | bytes | /sys/bus/cxl/devices/NAME/pmem/size | not recorded
        cxl.firmware | | /sys/bus/cxl/devices/NAME/firmware_version | not recorded
        cxl.serial | | /sys/bus/cxl/devices/NAME/serial | not recorded
        cxl.numaNode | | /sys/bus/cxl/devices/NAME/numa_node | kernels before 5.18, or -1
        cxl.address | | where the link /sys/bus/cxl/devices/NAME leads | not recorded as a link
        blockDevices.name | | /sys/block, without loops, memory and optical drives | no /sys
        blockDevices.size | bytes | /sys/block/NAME/size; in units of 512 | not recorded, or rounded by the tool
        blockDevices.model | | /sys/block/NAME/device/model | virtual disks have none
        blockDevices.serial | | /sys/block/NAME/device/serial, else serial | most SCSI drivers do not show it
        blockDevices.isRotational | | /sys/block/NAME/queue/rotational | not recorded
        blockDevices.isRemovable | | /sys/block/NAME/removable | not recorded
        blockDevices.logicalBlock | bytes | /sys/block/NAME/queue/logical_block_size | not recorded
        blockDevices.physicalBlock | bytes | /sys/block/NAME/queue/physical_block_size | not recorded
        blockDevices.partitions.name | | /sys/block/NAME, what has a file partition | not recorded
        blockDevices.partitions.size | bytes | /sys/block/NAME/PART/size; in units of 512 | not recorded
        blockDevices.parts | | /sys/block/NAME/slaves | it is put together from none
        fileSystems.path | | /proc/self/mounts; those on devices and of networks | no kernel runs there
        fileSystems.device | | /proc/self/mounts |
        fileSystems.type | | /proc/self/mounts |
        fileSystems.options | | /proc/self/mounts | a tool that lists none
        fileSystems.size | bytes | statvfs(3) | a tree
        fileSystems.available | bytes | statvfs(3), what others than root may write | a tree

        """#

    private static let software = #"""
        drivers | | /proc/driver/nvidia/version, /sys/module/NAME/version, /usr/local/Ascend/driver/version.info, NVML | not loaded, or a driver without a version
        software.packages | | /var/lib/dpkg/status, what is installed | no dpkg
        software.containerEngines | | /var/lib/dpkg/status, else the program in /usr/bin | no dpkg
        software.containerToolkit | | /var/lib/dpkg/status, nvidia-container-toolkit | not installed
        software.deviceDescriptions | | /etc/cdi and /var/run/cdi | none
        software.ofed | | /sys/module/mlx5_core/version | the kernel's own drivers, or none
        software.isPeerMemoryRegistered | | /sys/kernel/mm/memory_peers/nv_mem/version | no /sys
        software.gpuDirectStorage | | /sys/module/nvidia_fs/version | not loaded
        software.fabricManager | | /var/lib/dpkg/status, nvidia-fabricmanager | not installed, or no dpkg
        software.isFabricManagerRunning | | /sys/fs/cgroup/system.slice/nvidia-fabricmanager.service/cgroup.procs | no control groups to be seen
        software.driverParameters | | /proc/driver/nvidia/params, those that are set | not loaded
        gpuLibrary.refusal | NVML's code | nvmlInit_v2 | it did not refuse
        gpuLibrary.silent | NVML's codes | nvmlDeviceGetHandleByIndex_v2 | every GPU answered
        importedFrom | | the files that were read | all is from the node itself
        partial | | lists whose source broke off, or told of more than it listed | all are whole, as far as is known
        notes | | what kept a probe from telling more | nothing did
        schema | | the version of this document |

        """#
}
