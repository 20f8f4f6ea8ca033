"""Lab 7: what is compared of checkpoints: their bytes, taken apart here, and the names of files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.ask import Outputs
from aics.check.returned import Returned

Array = NDArray[Any]
#: The format's name of each dtype that NumPy has too.
CODES = {
    **{"F64": "<f8", "F32": "<f4", "F16": "<f2", "BOOL": "|b1", "U8": "|u1", "I8": "|i1"},
    **{"I16": "<i2", "I32": "<i4", "I64": "<i8", "U16": "<u2", "U32": "<u4", "U64": "<u8"},
}


def saver(
    returned: Returned,
    *,
    task: str,
    names: Sequence[str] = (),
    **case: Any,
) -> Outputs:
    """What bytes, files or variables hold; or whether something was refused, and what the refusal mentions."""
    if task == "write":
        wanted = {name: value for name, value in case.items() if isinstance(value, np.ndarray)}
        return {"bytes": True} | _taken_apart(returned["file"], wanted) if "file" in returned else {"bytes": False}
    if task == "save":
        wanted = {name: value for name, value in case.items() if isinstance(value, np.ndarray)}
        return _folder(returned, f"model-{max(case['steps'])}.safetensors") | _taken_apart(returned["file"], wanted)
    return _refusal(returned, names) | _values(returned, task)


def _refusal(returned: Returned, names: Sequence[str]) -> Outputs:
    if "refusal" not in returned:
        return {"refusal": False}
    said = "\n".join(returned.words("refusal"))
    mentions: Outputs = {f"mention of {name}": name in said for name in names}
    return mentions | {"refusal": True}


def _values(returned: Returned, task: str) -> Outputs:
    """The arrays that were read, or what the variables hold, and how many bits each number has."""
    end = " afterwards"
    if task == "restore":
        held = {name.removesuffix(end): array for name, array in returned.items() if name.endswith(end)}
        return {f"{name}{end}": array for name, array in held.items()} | _bits(held)
    read = returned.beginning("tensor ")
    found: Outputs = {f"tensor {name}": array for name, array in read.items()}
    return found | _bits(read) | ({"number of tensors": len(returned.words("names"))} if "names" in returned else {})


def _bits(arrays: Mapping[str, Array]) -> Outputs:
    return {f"bits of {name}": 8 * array.dtype.itemsize for name, array in arrays.items()}


def _folder(returned: Returned, newest: str) -> Outputs:
    """Which files are there, whether `checkpoint` names the newest, and whether the second name kept its bytes."""
    files = returned.words("files")
    found: Outputs = {f"file {name}": True for name in files if len(name) < 80}
    said = "".join(returned.words("checkpoint"))
    paths = returned.words("paths")
    found |= {"number of files": len(files), "folder in checkpoint": "/" in said or "\\" in said}
    found["newest in checkpoint"] = said == newest
    found |= {f"path {number}: {path[:80]}": True for number, path in enumerate(paths, 1)}
    kept = returned.shaped("second name", -1).astype(np.uint8).tobytes()
    found["old file untouched"] = kept == b"as before"
    return found


def _taken_apart(file: Array, wanted: Mapping[str, Array]) -> Outputs:
    """A file's header, and the wanted tensors as it tells to read them."""
    data = file.astype(np.uint8).tobytes() if file.ndim == 1 and file.dtype.kind in "fiub" else b""
    size = int.from_bytes(data[:8], "little")
    fits = len(data) >= 8 and size <= len(data) - 8
    header = _header(data[8 : 8 + size]) if fits else None
    found: Outputs = {"length fits": fits, "brace": data[8:9] == b"{"}
    found |= {"strange bytes": _strange(data[8 : 8 + size]) if fits else 0, "header": header is not None}
    if header is None:
        return found
    body = data[8 + size :]
    found["numbers begin at a multiple of 8"] = size % 8 == 0
    tensors = {name: entry for name, entry in header.items() if name != "__metadata__"}
    found |= {"number of tensors": len(tensors), "numbers back to back": _back_to_back(tensors, len(body))}
    for name, array in wanted.items():
        found |= _tensor(name, tensors.get(name), body, array)
    return found


def _strange(text: bytes) -> int:
    """How many bytes behind the JSON are no spaces."""
    try:
        _, end = json.JSONDecoder().raw_decode(text.decode("latin-1"))
    except (ValueError, RecursionError):
        return 0
    return len(text[end:].replace(b" ", b""))


def _header(text: bytes) -> dict[str, Any] | None:
    """The header, which has to begin with a brace; None where it is no JSON object."""
    try:
        header = json.loads(text.decode("utf-8")) if text[:1] == b"{" else None
    except (ValueError, RecursionError):
        return None
    return header if isinstance(header, dict) else None


def _back_to_back(entries: Mapping[str, Any], size: int) -> bool:
    """Whether the offsets cover all bytes behind the header, without a hole and without an overlap."""
    pairs = [_offsets(entry) for entry in entries.values()]
    if any(pair is None for pair in pairs):
        return False
    edges = [edge for pair in sorted(pair for pair in pairs if pair) for edge in pair]
    return [*edges[::2], size] == [0, *edges[1::2]]


def _offsets(entry: Any) -> tuple[int, int] | None:
    pair = entry.get("data_offsets") if isinstance(entry, dict) else None
    fits = isinstance(pair, list) and len(pair) == 2 and all(type(edge) is int for edge in pair)
    return (pair[0], pair[1]) if fits and pair else None


def _tensor(name: str, entry: Any, body: bytes, wanted: Array) -> Outputs:
    """One tensor of a file: whether it is there, its dtype and shape, and its numbers."""
    offsets, code = _offsets(entry), entry.get("dtype") if isinstance(entry, dict) else None
    if offsets is None:
        return {f"{name} in the header": False}
    found: Outputs = {f"{name} in the header": True}
    found[f"{name}: dtype"] = isinstance(code, str) and CODES.get(code) == wanted.dtype.newbyteorder("<").str
    shape = entry.get("shape")
    fits = isinstance(shape, list) and len(shape) <= 8 and all(type(side) is int and side >= 0 for side in shape)
    found[f"{name}: shape"] = fits and tuple(shape) == wanted.shape
    piece = body[offsets[0] : offsets[1]] if 0 <= offsets[0] <= offsets[1] else b""
    if found[f"{name}: dtype"] and found[f"{name}: shape"] and len(piece) == prod(shape) * wanted.dtype.itemsize:
        numbers = np.frombuffer(piece, wanted.dtype.newbyteorder("<")).reshape(shape)
        found[f"{name}: numbers"] = numbers.astype(wanted.dtype)
    return found
