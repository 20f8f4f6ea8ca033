"""MNIST's idx format: two zero bytes, the type (8 for unsigned bytes), the number of axes, their lengths, the values.

Numbers are big-endian, 32 bit.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from aics.data.errors import WrongData
from aics.language import tr

UNSIGNED_BYTE = 8


def read(path: Path) -> np.ndarray:
    """Read an idx file as a uint8 array: (N, 28, 28) pictures or (N,) labels.

    Raises WrongData if the header is not one of bytes, or the file's length does not match it.
    """
    content = path.read_bytes()
    if len(content) < 4 or content[:2] != b"\0\0" or content[2] != UNSIGNED_BYTE or not content[3]:
        said = {"file": path.name, "start": content[:4].hex(" ")}
        raise WrongData(tr("{file} begins with {start}; an idx file of bytes begins with 00 00 08.", **said))
    axes = content[3]
    start = 4 + 4 * axes
    if len(content) < start:
        raise WrongData(tr("{file} ends within its header.", file=path.name))
    shape = struct.unpack(f">{axes}I", content[4:start])
    expected = start + int(np.prod(shape, dtype=object))
    if len(content) != expected:
        sizes = {"size": len(content), "expected": expected}
        raise WrongData(tr("{file} has {size:,} bytes, and its header promises {expected:,}.", file=path.name, **sizes))
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape).copy()
