"""Protocol buffers as they lie in bytes: a message is a row of fields, each a number, a kind and a value.

https://protobuf.dev/programming-guides/encoding is the description that this follows.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

#: Kinds of values ("wire types").
VARINT, EIGHT_BYTES, LENGTH, FOUR_BYTES = 0, 1, 2, 5
_FIXED = {EIGHT_BYTES: 8, FOUR_BYTES: 4}
#: A varint has ten bytes at most, seven bits in each.
_LONGEST = 10


class Malformed(ValueError):
    """Bytes that are no message; `place` is where the first field begins that cannot be read."""

    def __init__(self, place: int) -> None:
        """Keep the place."""
        super().__init__(place)
        self.place = place


class Field(NamedTuple):
    """One field of a message; `value` is a number of 64 bits for a varint, bytes for every other kind."""

    number: int
    kind: int
    value: int | bytes
    start: int
    end: int


def fields(data: bytes) -> Iterator[Field]:
    """Yield the fields of a message, in order. Raises Malformed."""
    place = 0
    while place < len(data):
        try:
            field = _field(data, place)
        except (IndexError, KeyError, ValueError):
            raise Malformed(place) from None
        yield field
        place = field.end


def _field(data: bytes, start: int) -> Field:
    key, place = read_varint(data, start)
    number, kind = key >> 3, key & 7
    if not number:
        raise ValueError
    if kind == VARINT:
        value, end = read_varint(data, place)
        return Field(number, kind, value, start, end)
    length, place = read_varint(data, place) if kind == LENGTH else (_FIXED[kind], place)
    if place + length > len(data):
        raise ValueError
    return Field(number, kind, data[place : place + length], start, place + length)


def read_varint(data: bytes, start: int = 0) -> tuple[int, int]:
    """Return the number that begins there, without a sign, and where the next thing begins."""
    number = 0
    for count in range(_LONGEST):
        byte = data[start + count]
        number |= (byte & 0x7F) << 7 * count
        if byte < 0x80:
            return number & (1 << 64) - 1, start + count + 1
    raise ValueError(start)


def write_varint(number: int) -> bytes:
    """Return a number of 64 bits as a varint."""
    bits = number % (1 << 64)
    size = max(-(-bits.bit_length() // 7), 1)
    return bytes(bits >> 7 * place & 0x7F | (0x80 if place < size - 1 else 0) for place in range(size))


def write_field(number: int, data: bytes) -> bytes:
    """Return a field that holds bytes."""
    return write_varint(number << 3 | LENGTH) + write_varint(len(data)) + data


def signed(number: int) -> int:
    """64 bits as a number with a sign."""
    return number - (1 << 64) if number >> 63 else number


def double(value: int | bytes) -> float:
    """Eight bytes as a number."""
    return float(struct.unpack("<d", bytes(value))[0]) if isinstance(value, bytes) else float("nan")


def doubles(value: int | bytes) -> list[float]:
    """Many numbers of eight bytes, one behind the other. Raises Malformed."""
    if not isinstance(value, bytes) or len(value) % 8:
        raise Malformed(0)
    return list(struct.unpack(f"<{len(value) // 8}d", value))
