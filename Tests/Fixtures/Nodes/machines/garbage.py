"""A node that no kernel would show, to see what becomes of a survey."""
import os
import random

from .dgx import DGX


def build(root, seed=20261124):
    """The shape of a GPU machine, every file of it spoiled: noise, emptiness, folders, pipes, circles, ways out."""
    DGX(root)
    chance = random.Random(seed)
    for folder, folders, names in sorted(os.walk(root)):
        for name in sorted(names + [link for link in folders if os.path.islink(os.path.join(folder, link))]):
            full = os.path.join(folder, name)
            if os.path.islink(full):
                choice = chance.randrange(40)
                if choice < 3:
                    os.remove(full)
                    os.symlink((name, "/etc/passwd", "../" * 40 + "etc/passwd")[choice], full)
                continue
            choice = chance.randrange(20)
            if choice > 8:
                continue
            os.remove(full)
            if choice == 0:
                os.mkdir(full)
            elif choice == 1:
                os.mkfifo(full)
            elif choice == 2:
                open(full, "wb").close()
            else:
                noise = (chance.randbytes(chance.randrange(1, 300)), b"99999999999999999999999\n", b"-9223372036854775808\n",
                         b"0x" + b"f" * 40, b"\x00" * 64, b": :: = ,-\n\xff\xfe=\x1b[2J")[choice - 3]
                with open(full, "wb") as out:
                    out.write(noise)
    for name in (b"\xff\xfe", b"nvme99999999999999999999", b"....", b"0000:zz:00.0", b"-1", "\u202e".encode()):
        for folder in ("sys/bus/pci/devices", "sys/class/nvme", "sys/class/net", "sys/class/infiniband", "sys/block"):
            os.makedirs(os.path.join(os.fsencode(root), folder.encode(), name), exist_ok=True)
