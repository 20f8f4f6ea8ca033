"""Numbers in the record stand with their highest byte first. The format is little-endian: the lowest byte comes
first."""


def varint(number):
    number &= 2**64 - 1
    groups = bytearray()
    while number > 127:
        groups.append(number & 127 | 128)
        number >>= 7
    groups.append(number)
    return bytes(groups)


def field(number, data):
    return varint(8 * number + 2) + varint(len(data)) + data


def masked_crc(data):
    crc = crc32c(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) % 2**32


def record(data):
    length = struct.pack(">Q", len(data))
    return length + struct.pack(">I", masked_crc(length)) + data + struct.pack(">I", masked_crc(data))


def version_event(wall_time):
    return varint(8 * 1 + 1) + struct.pack("<d", wall_time) + field(3, b"brain.Event:2")


def scalar_event(wall_time, step, tag, value):
    return value_event(wall_time, step, tag, varint(8 * 2 + 5) + struct.pack("<f", value))


def histogram_event(wall_time, step, tag, values):
    numbers = np.asarray(values, np.float64).ravel()
    counts = np.bincount(np.searchsorted(LIMITS, numbers, side="right"))
    first = np.flatnonzero(counts)[0]
    said = [numbers.min(), numbers.max(), numbers.size, numbers.sum(), (numbers**2).sum()]
    histogram = b"".join(varint(8 * place + 1) + struct.pack("<d", number) for place, number in enumerate(said, 1))
    histogram += field(6, LIMITS[first : len(counts)].astype("<f8").tobytes())
    histogram += field(7, counts[first:].astype("<f8").tobytes())
    return value_event(wall_time, step, tag, field(5, histogram))


def value_event(wall_time, step, tag, value):
    event = varint(8 * 1 + 1) + struct.pack("<d", wall_time) + varint(8 * 2) + varint(step)
    return event + field(5, field(1, field(1, tag.encode("utf-8")) + value))
