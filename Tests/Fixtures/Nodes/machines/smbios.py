"""The table that the firmware leaves to the kernel (DMTF DSP0134)."""
import struct


class Firmware:
    """The table of DMTF DSP0134, and the entry point that says where it stands."""

    def __init__(self):
        self.data, self.count = bytearray(), 0

    def add(self, kind, form, *values):
        """A structure: `form` as in the module `struct`. A text is packed as its number and follows in full."""
        texts = []

        def number(value):
            if not isinstance(value, str):
                return value
            if value:
                texts.append(value)
            return len(texts) if value else 0

        body = struct.pack("<" + form, *map(number, values))
        handle, self.count = self.count, self.count + 1
        self.data += struct.pack("<BBH", kind, 4 + len(body), handle) + body
        self.data += b"".join(text.encode() + b"\0" for text in texts) + (b"\0" if texts else b"\0\0")
        return handle

    @property
    def entry(self):
        head = bytearray(struct.pack("<5sBBBBBBBIQ", b"_SM3_", 0, 24, 3, 5, 0, 1, 0, len(self.data), 0x6A3E5000))
        head[5] = -sum(head) & 0xFF
        return bytes(head)


# Kinds of slots and what is in them: 7.10.1 of DSP0134, revision 3.5.
SLOT_KINDS = {(5, 2): 0xC0, (3, 4): 0xB4, (4, 2): 0xBA, (4, 4): 0xBB, (4, 8): 0xBC, (4, 16): 0xBD, (5, 4): 0xC1, (5, 8): 0xC2, (5, 16): 0xC3,
              "U.2": 0x24, "M.2": 0x17}
SLOT_WIDTHS = {1: 8, 2: 9, 4: 10, 8: 11, 16: 13}
MEMORY_KINDS = {"DRAM": 0x03, "DDR4": 0x1A, "DDR5": 0x22, "RAM": 0x07}
PROCESSORS = (("Intel", ("Intel(R) Corporation", 0xB3)), ("AMD", ("Advanced Micro Devices, Inc.", 0x6B)), ("Kunpeng", ("HiSilicon", 0x101)),
              ("", ("", 2)))
