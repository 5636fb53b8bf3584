"""What a node is set to: /proc/sys and the mounts."""

# Settings as a distribution leaves them.
SYSCTL = {
    "fs/aio-max-nr": 65536, "fs/file-max": 9223372036854775807, "fs/inotify/max_user_instances": 128,
    "fs/inotify/max_user_watches": 1048576, "fs/nr_open": 1048576, "kernel/numa_balancing": 1, "kernel/panic": 0,
    "kernel/pid_max": 4194304, "kernel/sched_autogroup_enabled": 1, "kernel/shmall": 18446744073692774399,
    "kernel/shmmax": 18446744073692774399, "kernel/threads-max": 16511385, "net/core/netdev_max_backlog": 1000,
    "net/core/rmem_max": 212992, "net/core/somaxconn": 4096, "net/core/wmem_max": 212992, "net/ipv4/conf/all/arp_announce": 0,
    "net/ipv4/conf/all/arp_ignore": 0, "net/ipv4/conf/all/rp_filter": 2, "net/ipv4/ip_forward": 0,
    "net/ipv4/ip_local_port_range": "32768\t60999", "net/ipv4/tcp_mtu_probing": 0, "net/ipv4/tcp_rmem": "4096\t131072\t6291456",
    "net/ipv4/tcp_wmem": "4096\t16384\t4194304", "vm/dirty_background_ratio": 10, "vm/dirty_ratio": 20, "vm/max_map_count": 65530,
    "vm/min_free_kbytes": 90112, "vm/nr_hugepages": 0, "vm/overcommit_memory": 0, "vm/swappiness": 60, "vm/zone_reclaim_mode": 0,
}
# As people set them on machines for training.
TUNED = {
    "kernel/numa_balancing": 0, "net/core/netdev_max_backlog": 250000, "net/core/rmem_max": 67108864, "net/core/wmem_max": 67108864,
    "net/ipv4/conf/all/arp_announce": 2, "net/ipv4/conf/all/arp_ignore": 1, "net/ipv4/conf/all/rp_filter": 0,
    "net/ipv4/ip_forward": 1, "net/ipv4/tcp_mtu_probing": 1, "net/ipv4/tcp_rmem": "4096\t87380\t33554432",
    "net/ipv4/tcp_wmem": "4096\t65536\t33554432", "vm/max_map_count": 262144, "vm/swappiness": 1,
}
# What every machine has mounted.
KERNEL_MOUNTS = (
    ("sysfs", "/sys", "sysfs", "rw,nosuid,nodev,noexec,relatime"), ("proc", "/proc", "proc", "rw,nosuid,nodev,noexec,relatime"),
    ("udev", "/dev", "devtmpfs", "rw,nosuid,relatime,size=1056666120k,nr_inodes=264166530,mode=755,inode64"),
    ("devpts", "/dev/pts", "devpts", "rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=000"),
    ("tmpfs", "/run", "tmpfs", "rw,nosuid,nodev,noexec,relatime,size=211339340k,mode=755,inode64"),
    ("tmpfs", "/dev/shm", "tmpfs", "rw,nosuid,nodev,inode64"),
    ("cgroup2", "/sys/fs/cgroup", "cgroup2", "rw,nosuid,nodev,noexec,relatime"),
)
