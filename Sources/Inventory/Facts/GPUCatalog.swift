/// Where facts of GPUs, other accelerators and NVSwitches are from.
enum GPUCatalog {
    static let rows = #"""
        gpus.address | | /sys/bus/pci/devices, displays and accelerators of NVIDIA, AMD and Intel | no PCI bus to be seen
        gpus.identity | | /sys/bus/pci/devices/ADDRESS/uevent; else vendor and device | a listing without numbers
        gpus.subsystem | | /sys/bus/pci/devices/ADDRESS/uevent; else subsystem_vendor and _device | not recorded
        gpus.deviceClass | | /sys/bus/pci/devices/ADDRESS/uevent; else class | a listing without numbers
        gpus.vendor | | a table of PCI identities | in no table of ours
        gpus.model | | NVIDIA: /proc/driver/nvidia/gpus/ADDRESS/information, NVML GetName; Habana: /sys/class/accel, device_type; else a table of PCI identities | the driver is not loaded, and it is in no table of ours
        gpus.modelNamedBy | | who named the model: `driver` or `pciTable` | nobody did
        gpus.uuid | | NVIDIA: /proc/driver/nvidia/gpus/ADDRESS/information, NVML GetUUID; AMD: /sys/bus/pci/devices/ADDRESS/unique_id | the driver is not loaded
        gpus.firmware | | NVIDIA: /proc/driver/nvidia/gpus/ADDRESS/information (Video BIOS), NVML GetVbiosVersion; AMD: /sys/bus/pci/devices/ADDRESS/vbios_version; Habana: /sys/class/accel, cpucp_ver | the driver is not loaded
        gpus.memory | bytes | NVIDIA: NVML GetMemoryInfo_v2, total with what is reserved; AMD: /sys/bus/pci/devices/ADDRESS/mem_info_vram_total | no library
        gpus.link.generation | generation | /sys/bus/pci/devices/ADDRESS/current_link_speed | no link of its own, or not recorded
        gpus.link.width | lanes | /sys/bus/pci/devices/ADDRESS/current_link_width | no link of its own, or not recorded
        gpus.link.maximumGeneration | generation | /sys/bus/pci/devices/ADDRESS/max_link_speed; whatever the host can | not recorded
        gpus.link.maximumWidth | lanes | /sys/bus/pci/devices/ADDRESS/max_link_width | not recorded
        gpus.link.limitingPort | | the narrowest port above it: max_link_speed and max_link_width of each | the ports do not tell
        gpus.link.limitingGeneration | generation | max_link_speed of that port | the ports do not tell
        gpus.link.limitingWidth | lanes | max_link_width of that port | the ports do not tell
        gpus.numaNode | | /sys/bus/pci/devices/ADDRESS/numa_node | -1: the firmware does not say
        gpus.driver | | /sys/bus/pci/devices/ADDRESS/uevent; else the link driver; empty: none is bound | not recorded
        gpus.iommuGroup | | the link /sys/bus/pci/devices/ADDRESS/iommu_group | the IOMMU is off
        gpus.physicalFunction | | /sys/bus/pci/devices/ADDRESS/physfn | it is no virtual function, or its host hides it
        gpus.slot | | /sys/bus/pci/slots, else /sys/firmware/dmi/tables/DMI, type 9 | soldered, or the firmware names no slots
        gpus.partitions | parts | /sys/class/kfd/kfd/topology/nodes/N/properties, those with SIMD units | it is one
        gpus.isExcluded | | /proc/driver/nvidia/gpus/ADDRESS/information (GPU Excluded) | the driver is not loaded
        gpus.health.serial | | NVML GetSerial | the board has none, or it may not be read
        gpus.health.condition | | npu-smi info, Health | only npu-smi tells it
        gpus.health.board | | NVML GetBoardPartNumber | the board has none
        gpus.health.inforom | | NVML GetInforomImageVersion | the board has none
        gpus.health.systemFirmware | | NVML GetGspFirmwareVersion | the driver runs without it
        gpus.health.ecc | | NVML GetEccMode, current | the GPU has none
        gpus.health.eccPending | | NVML GetEccMode, after a reset | the GPU has none
        gpus.health.correctedErrors | errors | NVML GetTotalEccErrors, corrected, volatile | not counted
        gpus.health.uncorrectedErrors | errors | NVML GetTotalEccErrors, uncorrected, volatile | not counted
        gpus.health.uncorrectedErrorsEver | errors | NVML GetTotalEccErrors, uncorrected, aggregate | not counted
        gpus.health.remappedRows | rows | NVML GetRemappedRows, uncorrectable | before Ampere
        gpus.health.remapPending | | NVML GetRemappedRows | before Ampere
        gpus.health.remapFailure | | NVML GetRemappedRows | before Ampere
        gpus.health.retiredPages | pages | NVML GetRetiredPages_v2 | Ampere and later
        gpus.health.retirementPending | | NVML GetRetiredPagesPendingStatus | Ampere and later
        gpus.health.mig | | NVML GetMigMode, current | the GPU has none
        gpus.health.persistence | | NVML GetPersistenceMode | not supported
        gpus.health.powerLimit | watts | NVML GetPowerManagementLimit | not supported
        gpus.health.enforcedPowerLimit | watts | NVML GetEnforcedPowerLimit: the lowest of all that hold | not supported
        gpus.health.defaultPowerLimit | watts | NVML GetPowerManagementDefaultLimit | not supported
        gpus.health.powerUse | watts | NVML GetPowerUsage | not supported
        gpus.health.temperature | degrees Celsius | NVML GetTemperature | not supported
        gpus.health.memoryTemperature | degrees Celsius | NVML GetFieldValues, field 82 | no such sensor
        gpus.health.thermalMargin | degrees Celsius | NVML GetMarginTemperature: what is left until it slows down; never to be compared with a temperature | before Ada, or an older driver
        gpus.health.clock | MHz | NVML GetClockInfo, graphics | not supported
        gpus.health.maximumClock | MHz | NVML GetMaxClockInfo, graphics | not supported
        gpus.health.maximumMemoryClock | MHz | NVML GetMaxClockInfo, memory | not supported
        gpus.health.supportedClocks | MHz | NVML GetSupportedGraphicsClocks at the highest memory clock | not supported
        gpus.health.slowdowns | | NVML GetCurrentClocksEventReasons, bits 0x8, 0x20, 0x40, 0x80 | not supported
        gpus.health.links | links | NVML GetNvLinkState, of links 0 to 17 those that answer | no NVLink
        gpus.health.activeLinks | links | NVML GetNvLinkState, those that are on | no NVLink
        gpus.health.linkRate | bits per second | NVML GetFieldValues, field 90 | no NVLink, or none is on
        gpus.health.fabric | | NVML GetGpuFabricInfoV, version 2 | no NVSwitch fabric
        gpus.health.commonLinkGeneration | generation | NVML GetMaxPcieLinkGeneration: GPU and host in common | not supported
        gpus.health.ownLinkGeneration | generation | NVML GetGpuMaxPcieLinkGeneration | an older driver
        gpus.health.replays | packets | NVML GetPcieReplayCounter | not supported
        gpus.health.memoryUsed | bytes | NVML GetMemoryInfo_v2, used | no library
        gpus.health.utilisation | per cent | NVML GetUtilizationRates | not supported, or divided by MIG

        """#
}
