"""What goes wrong on the degraded DGX, in the words of the drivers: seconds since the start, and text."""

TROUBLE = (
    (412.310882, "nvme nvme9: I/O 22 QID 5 timeout, aborting"),
    (412.310901, "nvme nvme9: I/O 23 QID 5 timeout, aborting"),
    (442.518830, "nvme nvme9: I/O 22 QID 5 timeout, reset controller"),
    (515.222104, "nvme nvme9: Device not ready; aborting reset, CSTS=0x1"),
    (515.240618, "nvme nvme9: Removing after probe failure status: -19"),
    (1810.004421, "mlx5_core 0000:29:00.0 ens1f0np0: Link down"),
    (1812.441983, "mlx5_core 0000:29:00.0 ens1f0np0: Link up"),
    (5120.771209, "pcieport 0000:4e:03.0: AER: Corrected error received: 0000:52:00.0"),
    (5120.771251, "nvidia 0000:52:00.0: PCIe Bus Error: severity=Corrected, type=Physical Layer, (Receiver ID)"),
    (5120.771263, "nvidia 0000:52:00.0:   device [10de:2330] error status/mask=00000001/0000a000"),
    (5120.771270, "nvidia 0000:52:00.0:    [ 0] RxErr"),
    (5123.118020, "nvidia 0000:52:00.0: PCIe Bus Error: severity=Corrected, type=Data Link Layer, (Transmitter ID)"),
    (5123.118033, "nvidia 0000:52:00.0:   device [10de:2330] error status/mask=00001000/0000a000"),
    (5123.118040, "nvidia 0000:52:00.0:    [12] Timeout"),
    (5131.902117, "NVRM: GPU at PCI:0000:52:00: GPU-00000001-0000-4000-8000-000000000002"),
    (5131.902126, "NVRM: Xid (PCI:0000:52:00): 79, pid='<unknown>', name=<unknown>, GPU has fallen off the bus."),
    (5131.902131, "NVRM: GPU 0000:52:00.0: GPU has fallen off the bus."),
    (5602.330172, "pcieport 0000:4e:03.0: pciehp: Slot(23): Link Down"),
    (5611.008240, "pcieport 0000:4e:03.0: pciehp: Slot(23): Card present"),
    (5611.410031, "pci 0000:52:00.0: 126.024 Gb/s available PCIe bandwidth, limited by 16.0 GT/s PCIe x8 link at 0000:4e:03.0 "
     "(capable of 504.112 Gb/s with 32.0 GT/s PCIe x16 link)"),
    (9034.560071, "mlx5_core 0000:9a:00.0: Port module event: module 0, Cable unplugged"),
    (9034.562210, "mlx5_core 0000:9a:00.0 ibp154s0: Link down"),
    (20417.002913, "NVRM: Xid (PCI:0000:c3:00): 48, pid=88121, name=pt_main_thread, An uncorrectable double bit error (DBE) has been detected on GPU "
     "in the framebuffer at physAddr 0x14be0400 partition 11, subpartition 1."),
    (20417.003104, "NVRM: Xid (PCI:0000:c3:00): 63, pid=88121, name=pt_main_thread, Row Remapper: New row (0x0000000014be0400) marked for remapping, "
     "reset gpu to activate."),
    (20417.005871, "NVRM: Xid (PCI:0000:c3:00): 94, pid=88121, name=pt_main_thread, Contained: CE User Channel (0x9). RST: No, D-RST: No"),
    (20418.114420, "nvidia-nvswitch3: SXid (PCI:0000:0a:00.0): 12028, Non-fatal, Link 32 egress non-posted PRIV error (First)"),
    (31100.204417, "mce: [Hardware Error]: Machine check events logged"),
    (31100.206802, "EDAC MC2: 1 CE memory read error on CPU_SrcID#0_MC#2_Chan#1_DIMM#0 (channel:1 slot:0 page:0x1c0a44 offset:0x40 grain:32)"),
    (40220.880135, "Out of memory: Killed process 48122 (python3) total-vm:2210334120kB, anon-rss:2011783344kB, file-rss:0kB, shmem-rss:0kB, UID:1000 "
     "pgtables:3941220kB oom_score_adj:0"),
    (43011.730209, "NVRM: Xid (PCI:0000:c3:00): 64, pid='<unknown>', name=<unknown>, Row Remapper: Error: no spare row is left in this bank"),
)
