"""Processors, the NUMA nodes that they make, and the memory of these."""
from .numbers import listed


class Processors:
    def cpus(self, sockets, cores, threads, model=None, nodes=None, governor=None, block=""):
        """`cores` a socket, `threads` a core; siblings are numbered as x86 kernels do: all first threads first."""
        firsts, nodes = sockets * cores, nodes or sockets
        total, texts = firsts * threads, []
        self.threads = total
        for cpu in range(total):
            core = cpu % firsts
            siblings = listed(core + t * firsts for t in range(threads))
            self.files(f"/sys/devices/system/cpu/cpu{cpu}/topology", physical_package_id=core // cores,
                       core_id=core % cores, core_cpus_list=siblings, thread_siblings_list=siblings, common=True)
            texts.append(block.format(cpu=cpu, socket=core // cores, core=core % cores, cores=cores, siblings=cores * threads,
                                      model=model) if block else f"processor\t: {cpu}\n")
            if governor:
                policy = f"/sys/devices/system/cpu/cpufreq/policy{cpu}"
                self.files(policy, scaling_governor=governor[0], scaling_driver=governor[1], cpuinfo_max_freq=governor[2],
                           common=True)
                self.link(f"/sys/devices/system/cpu/cpu{cpu}/cpufreq", policy)
        self.file("/proc/cpuinfo", "\n".join(texts))
        self.files("/sys/devices/system/cpu", online=f"0-{total - 1}", present=f"0-{total - 1}", possible=f"0-{total - 1}")
        each = firsts // nodes
        self.cpulists = [listed(c for c in range(total) if c % firsts // each == n) for n in range(nodes)]
        for n in range(nodes):
            together = [10 if n == m else 12 if n * sockets // nodes == m * sockets // nodes else 21 for m in range(nodes)]
            self.files(f"/sys/devices/system/node/node{n}", cpulist=self.cpulists[n], distance=" ".join(map(str, together)))
        for name in ("online", "possible", "has_cpu", "has_memory", "has_normal_memory"):
            self.file(f"/sys/devices/system/node/{name}", f"0-{nodes - 1}" if nodes > 1 else "0")

    def memory(self, kilobytes, huge=0, giant=0):
        """After `cpus`: the NUMA nodes share it. `huge` pages of 2 MiB and `giant` ones of 1 GiB, node by node in turn."""
        nodes = len(self.cpulists)
        self.file("/proc/meminfo", "\n".join(
            f"{name + ':':<15} {value:>8}{unit}" for name, value, unit in (
                ("MemTotal", kilobytes, " kB"), ("MemFree", kilobytes // 2, " kB"), ("MemAvailable", kilobytes * 3 // 4, " kB"),
                ("Buffers", 812340, " kB"), ("Cached", kilobytes // 5, " kB"), ("SwapTotal", 0, " kB"), ("SwapFree", 0, " kB"),
                ("HugePages_Total", huge, ""), ("HugePages_Free", huge, ""), ("HugePages_Rsvd", 0, ""), ("HugePages_Surp", 0, ""),
                ("Hugepagesize", 2048, " kB"), ("Hugetlb", huge * 2048 + (giant << 20), " kB"))))
        self.file("/proc/sys/vm/nr_hugepages", huge)
        for size, count in ((2048, huge), (1048576, giant)):
            self.files(f"/sys/kernel/mm/hugepages/hugepages-{size}kB", nr_hugepages=count, free_hugepages=count)
            for n in range(nodes):
                share = count // nodes + (n < count % nodes)
                self.files(f"/sys/devices/system/node/node{n}/hugepages/hugepages-{size}kB", nr_hugepages=share, free_hugepages=share,
                           surplus_hugepages=0)
        for n in range(nodes):
            share = kilobytes // nodes - n * 4096
            self.file(f"/sys/devices/system/node/node{n}/meminfo", "\n".join(
                f"Node {n} {name + ':':<15} {value:>8} kB" for name, value in
                (("MemTotal", share), ("MemFree", share // 2), ("MemUsed", share - share // 2))))
