extension LanguageWords {
    /// The bill of materials.
    static let hardware = #"""
        hardware | The bill of materials: what the node must have. It is verified and never changed. Groups of devices are matched as well as they can be: a device serves one group. | {memory: ">= 1.9 TiB", gpus: [{count: 8, pci: "10de:2330"}]}
        hardware.platform | The machine as its firmware tells it (DMI). | {vendor: NVIDIA, product: "DGX*H100*"}
        hardware.platform.vendor | Who made it; a pattern without regard to case. | NVIDIA
        hardware.platform.product | What it is called; a pattern without regard to case. | "DGX*H100*"
        hardware.platform.bios | The version of its firmware. | ">= 1.1.3"
        hardware.platform.formFactor | Its height in rack units: for people, since no node tells it. | 8U
        hardware.cpu | The processors. | {sockets: 2, cores: ">= 96"}
        hardware.cpu.model | The model as the kernel tells it; a pattern. | "*8480C*"
        hardware.cpu.sockets | How many processors there are. | 2
        hardware.cpu.cores | How many cores all of them have together, not counting threads. | ">= 96"
        hardware.cpu.numaNodes | How many NUMA nodes they form. | ">= 2"
        hardware.cpu.governor | The frequency governor of every processor. | performance
        hardware.memory | Main memory as the kernel counts it, which is some per cent less than what is installed. | ">= 1.9 TiB"
        hardware.gpus | Groups of GPUs. | [{count: 8, model: "NVIDIA H100 80GB HBM3", pci: "10de:2330"}]
        hardware.accelerators | Groups of other accelerators, such as NPUs. | [{count: 8, pci: "19e5:d802"}]
        hardware.gpus.name | What layers know the group by: groups of one name are merged, a list with a group without a name is replaced whole. | compute
        hardware.gpus.count | How many devices must satisfy the group. | 8 | 1
        hardware.gpus.vendor | Who made it; a pattern. | NVIDIA
        hardware.gpus.model | What the driver calls it; a pattern without regard to case. | "NVIDIA H100 80GB HBM3"
        hardware.gpus.pci | PCI vendor and device, which need no driver to be seen. | "10de:2330"
        hardware.gpus.subsystem | PCI vendor and device of the board. | "10de:16c1"
        hardware.gpus.board | The part number of the board; a pattern. | "692-2G520-*"
        hardware.gpus.firmware | The version of the video BIOS. | ">= 96.00.74"
        hardware.gpus.memory | The memory of each. | ">= 79 GiB"
        hardware.gpus.pcie | The link that each has now, not the most that it could have. | {generation: 5, width: 16}
        hardware.gpus.pcie.generation | The generation of PCI Express. | 5
        hardware.gpus.pcie.width | Lanes. | 16
        hardware.gpus.nvlink | Links between GPUs. | {links: 18}
        hardware.gpus.nvlink.links | How many NVLinks of each are active. | 18
        hardware.gpus.ecc | Error correction of its memory. | enabled
        hardware.gpus.mig | Multi-instance mode. | disabled
        hardware.gpus.persistence | Whether the driver stays loaded between users. | enabled
        hardware.gpus.temperature | The temperature of each. | "< 85 C"
        hardware.gpus.thermalMargin | Degrees that are left until it slows down: what Hopper and later tell instead of limits. | "> 5 C"
        hardware.gpus.powerLimit | The limit of power that is in force. | ">= 700 W"
        hardware.gpus.errors | Counters of errors, and what they may be. | {uncorrected: 0, remappedRows: "<= 8"}
        hardware.gpus.errors.corrected | Corrected memory errors since the driver was loaded. | "< 1000"
        hardware.gpus.errors.uncorrected | Uncorrected memory errors since the driver was loaded. | 0
        hardware.gpus.errors.remappedRows | Rows remapped after uncorrected errors in its life. | "<= 8"
        hardware.gpus.errors.retiredPages | Pages retired in its life: GPUs before Ampere. | "< 60"
        hardware.gpus.errors.replays | Packets that its PCI Express link had to send again since the driver was loaded. | "< 100"
        hardware.gpus.severity | What it means where the group is not met: `error` fails the node, `warning` and `note` are told. | warning | error
        hardware.gpus.driver | The kernel driver that is bound. | nvidia
        hardware.gpus.optional | Whether a missing one is told and does not fail: the same as the severity `note`. | true | false
        hardware.nics | Groups of network ports. | [{count: 4, link: infiniband, rate: ">= 400 Gb/s", state: active}]
        hardware.nics.name | What layers know the group by: groups of one name are merged, a list with a group without a name is replaced whole. | compute
        hardware.nics.count | How many ports must satisfy the group. | 4 | 1
        hardware.nics.model | What the adapter is called; a pattern. | "*ConnectX-7*"
        hardware.nics.pci | PCI vendor and device. | "15b3:1021"
        hardware.nics.link | The link layer: a port of the right rate on the wrong one is a mismatch. | infiniband
        hardware.nics.rate | What the port runs at. | ">= 400 Gb/s"
        hardware.nics.state | Whether the port must be up. | active
        hardware.nics.firmware | The version of its firmware. | ">= 28.36.1010"
        hardware.nics.psid | NVIDIA's name of the adapter's board and configuration; a pattern. | "MT_0000000838"
        hardware.nics.mtu | Bytes a packet, of the interface that carries its traffic; a plain number is the least. | 9000
        hardware.nics.errors | Counters of errors, and what they may be. | {linkDowned: "< 5"}
        hardware.nics.errors.linkDowned | How often the link went down since it was last cleared; the counter ends at 255. | "< 5"
        hardware.nics.errors.symbol | Symbols that were received wrong. | "< 100"
        hardware.nics.errors.received | Packets that were received with errors. | 0
        hardware.nics.errors.carrierChanges | How often the carrier of its interface came or went. | "< 10"
        hardware.nics.severity | What it means where the group is not met: `error` fails the node, `warning` and `note` are told. | warning | error
        hardware.nics.optional | Whether a missing one is told and does not fail: the same as the severity `note`. | true | false
        hardware.nvme | Groups of NVMe drives: drives are counted, not controllers. | [{count: 2, capacity: ">= 15 TB", wear: "< 80 %", health: ok}]
        hardware.nvme.name | What layers know the group by: groups of one name are merged, a list with a group without a name is replaced whole. | compute
        hardware.nvme.count | How many drives must satisfy the group. | 2 | 1
        hardware.nvme.model | What the drive is called; a pattern. | "SAMSUNG MZ*"
        hardware.nvme.capacity | The capacity of each; a 15.36 TB drive has 15360950534144 bytes. | ">= 15 TB"
        hardware.nvme.firmware | The version of its firmware. | ">= GDC5602Q"
        hardware.nvme.wear | How much of its endurance is used. | "< 80 %"
        hardware.nvme.health | That SMART reports no critical warning. | ok
        hardware.nvme.rdma | That the drives themselves speak RDMA, which no local drive does: NVMe over fabrics and GPUDirect Storage are declared elsewhere. | false
        hardware.nvme.blockSize | Bytes of a logical block of every namespace. | 4 KiB
        hardware.nvme.temperature | The temperature of each. | "< 70 C"
        hardware.nvme.mediaErrors | Times that data could not be read back. | 0
        hardware.nvme.severity | What it means where the group is not met: `error` fails the node, `warning` and `note` are told. | warning | error
        hardware.nvme.optional | Whether a missing one is told and does not fail: the same as the severity `note`. | true | false
        hardware.cxl | Memory behind CXL, all devices together. | {memory: ">= 512 GB", optional: true}
        hardware.cxl.memory | How much there must be. | ">= 512 GB"
        hardware.cxl.sharedWith | Who uses it coherently, besides the processors. | [cpu]
        hardware.cxl.optional | Whether missing memory is told and does not fail. | true | false
        hardware.fabric | The switches between the GPUs of a board. Fabric Manager is held against the driver wherever there are any. | {switches: 4}
        hardware.fabric.switches | How many NVSwitches there are. | 4
        hardware.fabric.optional | Whether missing ones are told and do not fail. | true | false
        hardware.topology | What must stand near what, so that transfers do not cross the processors. | [{each: gpus, near: nics, within: switch}]
        hardware.topology.each | Each of these: `gpus`, `accelerators`, `nics`, `nvme`, or the name of a group. | gpus
        hardware.topology.near | Must have some of these near. | nics
        hardware.topology.within | How near: `switch`, below one port of PCI Express; `numa`, on one NUMA node. | numa
        hardware.topology.count | How many of them; one or more unless it says otherwise. | ">= 1"
        hardware.topology.severity | What it means where it is not so: `error` fails the node, `warning` and `note` are told. | warning | error
        hardware.topology.optional | The same as the severity `note`. | true | false
        hardware.acs | Access control services on the ports above GPUs and adapters: `disabled` means that none redirects what could go from peer to peer. | disabled
        """#
}
