"""Frames between the grader and the sandbox: a JSON header and raw array buffers, never a pickle.

A frame is 12 bytes (header length, body length; big endian), the header as UTF-8 JSON, then the
arrays' bytes one after another in C order. The header's ``arrays`` lists dtype and shape of each.
Whoever reads states the limits: sizes are checked before memory is taken.
"""

from __future__ import annotations

import json
import math
import socket
import struct
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

import numpy as np

_PREFIX = struct.Struct(">IQ")
#: What may travel. Everything else (objects, strings, structured and extended types) is refused.
DTYPES = frozenset(["<f2", "<f4", "<f8", "<c8", "<c16", "|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8"])

#: Seconds for which the other side need not be given up yet; 0 once it must.
Left = Callable[[], float]


class WireError(Exception):
    """The other side sent something that is not a frame within the limits."""


class FrameLimits(NamedTuple):
    """The most that a reader accepts: bytes of header and body, arrays, dimensions of an array."""

    header_bytes: int = 64 * 1024
    body_bytes: int = 64 * 1024 * 1024
    arrays: int = 64
    dimensions: int = 8


def pack(values: Mapping[str, object]) -> tuple[dict[str, object], list[np.ndarray]]:
    """Split named values into a JSON tree and the arrays it points to (as ``{"array": index}``)."""
    tree: dict[str, object] = {}
    arrays: list[np.ndarray] = []
    for name, value in values.items():
        if isinstance(value, np.ndarray):
            tree[name] = {"array": len(arrays)}
            arrays.append(value)
        else:
            tree[name] = value
    return tree, arrays


def unpack(tree: Mapping[str, object], arrays: list[np.ndarray]) -> dict[str, object]:
    """Inverse of `pack`; raises WireError where the tree points to no array."""
    values = {}
    for name, value in tree.items():
        if isinstance(value, dict):
            index = value.get("array")
            if not isinstance(index, int) or not 0 <= index < len(arrays):
                raise WireError(f"{name} points to array {index!r} of {len(arrays)}")
            value = arrays[index]
        values[name] = value
    return values


def send(
    connection: socket.socket,
    header: Mapping[str, object],
    arrays: Sequence[np.ndarray] = (),
    left: Left | None = None,
) -> None:
    """Send one frame; arrays of a dtype outside `DTYPES` raise WireError. For `left` see `receive`."""
    plain = [np.ascontiguousarray(array).reshape(np.shape(array)) for array in arrays]
    listed = [{"dtype": a.dtype.newbyteorder("<").str, "shape": list(a.shape)} for a in plain]
    for entry in listed:
        if entry["dtype"] not in DTYPES:
            raise WireError(f"arrays of dtype {entry['dtype']} do not travel")
    plain = [a.astype(a.dtype.newbyteorder("<"), copy=False) for a in plain]
    text = json.dumps({**header, "arrays": listed}).encode()
    body = sum(a.nbytes for a in plain)
    _write(connection, memoryview(_PREFIX.pack(len(text), body) + text), left)
    for array in plain:
        if array.nbytes:
            _write(connection, array.reshape(-1).view(np.uint8).data, left)


def receive(
    connection: socket.socket, limits: FrameLimits = FrameLimits(), left: Left | None = None
) -> tuple[dict[str, Any], list[np.ndarray]]:
    """Receive one frame as (header, arrays).

    ``left()`` says for how many seconds the other side need not be given up yet; once it is 0, TimeoutError
    is raised, however slowly the bytes drip. A frame outside the limits or the form raises WireError, a
    closed peer EOFError.
    """
    size, body = _PREFIX.unpack(_read(connection, _PREFIX.size, left))
    if size > limits.header_bytes or body > limits.body_bytes:
        raise WireError(f"a frame of {size} + {body} bytes is over the limit")
    try:
        header = json.loads(bytes(_read(connection, size, left)).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise WireError(f"the header is not JSON: {type(error).__name__}") from None
    entries: object = header.pop("arrays", None) if isinstance(header, dict) else None
    if not isinstance(entries, list) or len(entries) > limits.arrays:
        raise WireError("the header does not list its arrays")
    shapes = [_checked(entry, limits) for entry in entries]
    if sum(dtype.itemsize * math.prod(shape) for dtype, shape in shapes) != body:
        raise WireError("the body's size is not that of the listed arrays")
    buffer, arrays, start = _read(connection, body, left), [], 0
    for dtype, shape in shapes:
        count = math.prod(shape)
        arrays.append(np.frombuffer(buffer, dtype, count, start).reshape(shape))
        start += count * dtype.itemsize
    return header, arrays


def _checked(entry: object, limits: FrameLimits) -> tuple[np.dtype, tuple[int, ...]]:
    dtype = entry.get("dtype") if isinstance(entry, dict) else None
    if not isinstance(dtype, str) or dtype not in DTYPES:
        raise WireError("an array of a dtype that does not travel")
    shape: object = entry["shape"] if isinstance(entry, dict) and "shape" in entry else None
    if not isinstance(shape, list) or len(shape) > limits.dimensions:
        raise WireError("an array without a proper shape")
    if not all(type(n) is int and 0 <= n <= limits.body_bytes for n in shape):
        raise WireError(f"an array of shape {str(shape)[:80]}")
    # A zero makes the product zero, and the other sizes could still be more than NumPy counts to.
    if math.prod(max(n, 1) for n in shape) > max(limits.body_bytes, 1):
        raise WireError(f"an array of shape {str(shape)[:80]}")
    return np.dtype(dtype), tuple(shape)


def _write(connection: socket.socket, data: memoryview, left: Left | None) -> None:
    while data:
        data = data[_in_time(connection, left, partial(connection.send, data)) :]


def _read(connection: socket.socket, size: int, left: Left | None) -> bytearray:
    buffer = bytearray(size)
    view = memoryview(buffer)
    while view:
        got = _in_time(connection, left, partial(connection.recv_into, view))
        if not got:
            raise EOFError("the connection was closed")
        view = view[got:]
    return buffer


def _in_time(connection: socket.socket, left: Left | None, move: Callable[[], int]) -> int:
    """The bytes that `move` moves; it is tried again as long as there is time left."""
    while left is not None:
        seconds = left()
        if seconds <= 0:
            raise TimeoutError("no whole frame in time")
        connection.settimeout(seconds)
        with suppress(TimeoutError):
            return move()
    return move()
