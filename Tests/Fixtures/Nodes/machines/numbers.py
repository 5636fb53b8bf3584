"""Numbers and names as a kernel writes them."""


def listed(numbers):
    """`0-55,112-167`."""
    spans = []
    for number in sorted(numbers):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ",".join(str(low) if low == high else f"{low}-{high}" for low, high in spans)


def guid(number):
    """An invented one below a maker's prefix: `a088:c203:0045:1a20`."""
    return f"a088:c203:00{number >> 16 & 0xff:02x}:{number & 0xffff:04x}"


def mac(number):
    return f"02:00:00:{number >> 16 & 0xff:02x}:{number >> 8 & 0xff:02x}:{number & 0xff:02x}"


def gpu_uuid(index, machine=0):
    return f"GPU-{machine:08x}-0000-4000-8000-{index:012d}"


def infiniband(number, queue="00:00:10:49"):
    """The address of an interface over InfiniBand: a queue pair, and the port's address with the GUID of that number."""
    own = guid(number).replace(":", "")
    return f"{queue}:fe:80:00:00:00:00:00:00:" + ":".join(own[n:n + 2] for n in range(0, 16, 2))
