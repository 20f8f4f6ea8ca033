"""CRC-32C, the checksum of TensorBoard's records (RFC 3720, section 12.1); Python's own `zlib.crc32` is another one."""

from __future__ import annotations

#: Castagnoli's polynomial, its bits from the lowest power on.
_POLYNOMIAL = 0x82F63B78


def _shifted_out(byte: int) -> int:
    """What a byte does to the checksum on its way out, eight bits one after another."""
    for _ in range(8):
        byte = byte >> 1 ^ (_POLYNOMIAL if byte & 1 else 0)
    return byte


_TABLE = tuple(map(_shifted_out, range(256)))


def crc32c(data: bytes) -> int:
    """Return the CRC-32C of some bytes, 0 to 2**32 - 1.

    >>> hex(crc32c(bytes(32)))
    '0x8a9136aa'
    """
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ _TABLE[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF
