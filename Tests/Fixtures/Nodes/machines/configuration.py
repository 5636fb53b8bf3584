"""The configuration space of a function of the PCI bus, byte for byte."""
import struct

from .function import IO

# Device/port types of the PCI Express capability (7.5.3.2). A function without a role is one of conventional PCI.
ROLES = {"endpoint": 0, "root": 4, "up": 5, "down": 6, "pci-bridge": 7, "integrated": 9, "collector": 10}


def coded(size):
    """Bytes as the three bits of device control: 128 is 0, 4096 is 5."""
    return (size // 128).bit_length() - 1


def express(f):
    """The PCI Express capability, version 2 (7.5.3), without the two bytes that begin every capability."""
    at_slot = f.role in ("root", "down") and f.slot is not None
    about = 2 | ROLES[f.role] << 4 | at_slot << 8
    able = coded(512) | 1 << 5 | 1 << 15 | (1 << 28 if f.role == "endpoint" else 0)
    control = 0x0010 | coded(f.payload) << 5 | 0x0100 | 0x0800 | coded(f.request) << 12 | 0x000F
    if not f.has_link:
        return struct.pack("<HIHH", about, 0, 0, 0) + bytes(0x3A - 10)
    fastest, widest = f.fastest or f.speed or 1, f.widest or f.width or 1
    number = f.place[2] if f.is_port else 0
    link = fastest | widest << 4 | 0x0C00 | (1 << 20 if f.role in ("root", "down") else 0) | 1 << 22 | number << 24
    state = (f.speed or 1) | (f.width or 0) << 4 | 1 << 12 | (1 << 13 if f.role in ("root", "down") and f.width else 0)
    slot = ((f.slot or 0) << 19 | 0x60) if at_slot else 0
    slotted = 0x40 if at_slot and f.width else 0
    root = 0x0016 if f.role == "root" else 0
    return struct.pack("<HIHHIHHIHHHHIIHHIHH", about, able, control, 0, link, 0x40 if f.is_port else 0, state, slot, 0, slotted, root,
                       1 if f.role == "root" else 0, 0, 0x1F, 0x9, 0, (1 << fastest + 1) - 2, fastest, 0) + bytes(8)


def errors(f):
    """Advanced error reporting, version 2 (7.8.4)."""
    return struct.pack("<IIIIII", 0, 0, 0x00462030, 0, 0x2000, 0xA0) + bytes(0x44 - 24)


def extended(f):
    """Capabilities beyond the first 256 bytes: number, version, body."""
    if f.has_link:
        yield 0x0001, 2, errors(f)
    if f.serial is not None:
        yield 0x0003, 1, struct.pack("<Q", f.serial)
    if f.acs is not None:
        yield 0x000D, 1, struct.pack("<HH", 0x5F if f.role == "down" else 0x1F, f.acs)
    if f.virtual:
        yield 0x0010, 1, struct.pack("<IHHHHHBBHHHHII", 2, 0x19 if f.virtuals else 0, 0, f.virtual, f.virtual, f.virtuals, 0, 0, 2, 1, 0,
                                     f.virtual_id, 0x553, 1) + bytes(28)
    if f.has_link and (f.fastest or f.speed or 0) >= 3:
        yield 0x0019, 1, bytes(8 + 2 * (f.widest or f.width or 1))


def capabilities(f):
    """Capabilities in the first 256 bytes: number, body."""
    power = 0x01, struct.pack("<HHBB", 0x0003, 0x0008, 0, 0)
    if f.role is None:
        return []
    if f.role == "endpoint" and not f.physical:
        return [power, (0x10, express(f)), (0x11, struct.pack("<HII", 0x803F if f.driver else 0x003F, 0x2000, 0x3000))]
    if f.role in ("integrated", "endpoint"):
        return [(0x10, express(f))]
    return [(0x10, express(f)), power]


def configuration(f):
    """The configuration space, byte for byte: 256 of them, or 4096 where the function is one of PCI Express."""
    space = bytearray(4096 if f.role else 256)
    listed_ones = capabilities(f)
    # A virtual function answers with ones where its identity would stand (SR-IOV, 3.4.1.1).
    identity = (0xFFFF, 0xFFFF) if f.physical else (f.vendor, f.device)
    command = 0 if f.role in ("integrated", None) else 0x0547 if f.is_port else 0x0546 if f.driver else 0
    struct.pack_into("<HHHH", space, 0, *identity, command, 0x10 if listed_ones else 0)
    space[8:12] = bytes([f.revision]) + f.code.to_bytes(3, "little")
    space[0x0C], space[0x0E] = (0x10 if f.has_link else 0), (1 if f.is_port else 0) | (0x80 if f.many else 0)
    if f.is_port:
        space[0x18:0x1B] = bytes([f.bus, f.to, f.last])
        struct.pack_into("<BBHHHHH", space, 0x1C, 0xF0, 0, 0, 0xFFF0, 0, 0xFFF1, 1)
        space[0x3E] = 3
    else:
        struct.pack_into("<HH", space, 0x2C, *(int(part, 16) for part in f.subsystem.split(":")))
        for number, start, size, flags in f.resources if not f.physical else ():
            struct.pack_into("<Q" if flags & 0x100000 else "<I", space, 0x10 + 4 * number, start | flags & 0xF if flags != IO else start | 1)
    space[0x3C:0x3E] = bytes([f.irq & 0xFF, 1 if f.irq else 0])
    at, before = 0x40, 0x34
    for number, body in listed_ones:
        space[before], space[at] = at, number
        space[at + 2:at + 2 + len(body)] = body
        before, at = at + 1, at + (2 + len(body) + 3 & ~3)
    at, before = 0x100, None
    for number, version, body in extended(f) if f.role else ():
        if before is not None:
            space[before + 2:before + 4] = ((at << 4) | (space[before + 2] & 0xF)).to_bytes(2, "little")
        struct.pack_into("<HH", space, at, number, version)
        space[at + 4:at + 4 + len(body)] = body
        before, at = at, at + (4 + len(body) + 3 & ~3)
    return bytes(space)
