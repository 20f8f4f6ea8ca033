"""Lab 7: what is right of what TensorBoard reads, from the formats' definitions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

#: The generator of CRC-32C, with its highest power first (RFC 3720: 0x11EDC6F41).
_GENERATOR = 0x11EDC6F41
_READ = {"bytes that cannot be read": 0, "fields that TensorBoard does not know": 0}
BUCKETS = 30


def event_file(*, about: str, **case: Any) -> dict[str, np.ndarray]:
    """What each function gives, or what can be read in it."""
    answers: dict[str, Callable[..., Mapping[str, object]]] = {
        "varint": lambda numbers: {f"varint of {number}": _array(_varint(int(number))) for number in numbers},
        "field": lambda number, data: {"field": _array(_varint(8 * number + 2) + _varint(len(data)) + data.tobytes())},
        "masked_crc": lambda data: {"masked crc": masked(data.tobytes())},
        "record": lambda data: _record(data.tobytes()),
        "version_event": lambda wall_time: {"wall_time": wall_time, "step": 0, "file_version is brain.Event:2": True},
        "scalar_event": _scalar,
        "histogram_event": _histogram,
    }
    said = (_READ if about.endswith("_event") else {}) | dict(answers[about](**case))
    return {name: np.asarray(value) for name, value in said.items()}


def _array(data: bytes) -> np.ndarray:
    return np.frombuffer(data, np.uint8)


def _varint(number: int) -> bytes:
    """The number's bits in groups of seven, the last group first, 1 before all groups but the last."""
    bits = format(number % 2**64, "b")
    bits = bits.zfill(-(-len(bits) // 7) * 7)
    groups = [bits[start : start + 7] for start in range(0, len(bits), 7)][::-1]
    return bytes(int(more + group, 2) for more, group in zip("1" * (len(groups) - 1) + "0", groups, strict=True))


def crc(data: bytes) -> int:
    """The remainder of a division of polynomials over two elements; bytes have their lowest bit first."""
    bits = "".join(format(byte, "08b")[::-1] for byte in data)
    remainder = int(bits + "0" * 32, 2) ^ 0xFFFFFFFF << len(bits)
    for place in range(len(bits) + 31, 31, -1):
        remainder ^= (_GENERATOR << place - 32) * (remainder >> place & 1)
    return int(format(remainder ^ 0xFFFFFFFF, "032b")[::-1], 2)


def masked(data: bytes) -> int:
    """The checksum, turned right by 15 bits, plus a constant, in 32 bits."""
    bits = format(crc(data), "032b")
    return (int(bits[-15:] + bits[:-15], 2) + 0xA282EAD8) % 2**32


def _record(data: bytes) -> dict[str, object]:
    return {
        "bytes of the record": 16 + len(data),
        "length at the front": len(data),
        "crc behind the length": masked(len(data).to_bytes(8, "little")),
        "data": _array(data),
        "crc behind the data": masked(data),
    }


def _value(wall_time: float, step: int, tag: str) -> dict[str, object]:
    told = {"values in the summary": 1, "bytes of the tag": len(tag.encode()), "tag is the one given": True}
    return {"wall_time": wall_time, "step": step, **told}


def _scalar(wall_time: float, step: int, tag: str, values: np.ndarray) -> dict[str, object]:
    return _value(wall_time, step, tag) | {"times simple_value is there": 1, "simple_value": float(values[0])}


def _histogram(wall_time: float, step: int, tag: str, values: np.ndarray) -> dict[str, object]:
    """The statistics in float64; each value looked for between the limits that TensorFlow's loop makes."""
    numbers = values.astype(np.float64).ravel()
    limits = _limits()
    inside = (limits[:-1, None] <= numbers) & (numbers < limits[1:, None])
    counts = inside.sum(1)
    filled = np.flatnonzero(counts)
    low, high, total = min(numbers), max(numbers), sum(numbers)
    statistics = {"min": low, "max": high, "num": float(len(numbers)), "sum": total, "sum_squares": sum(numbers**2)}
    buckets = {
        "upper limits of filled buckets": limits[1:][filled],
        "lower limits of filled buckets": limits[:-1][filled[1:]],
        "counts of filled buckets": counts[filled].astype(np.float64),
    }
    shared = _value(wall_time, step, tag) | {"times histo is there": 1, "bucket_limit beyond bucket": 0}
    return shared | statistics | buckets


def _limits() -> np.ndarray:
    """TensorFlow's, by its own loop: from 1e-12 to 1e20, each 1.1 times the one before; both signs, 0, and the ends."""
    limit, positive = 1e-12, []
    while limit < 1e20:
        positive.append(limit)
        limit *= 1.1
    positive.append(float(np.finfo(np.float64).max))
    return np.array([-limit for limit in positive[::-1]] + [0.0] + positive)


def graph_def(*, nodes: Sequence[Mapping[str, Any]]) -> dict[str, np.ndarray]:
    """Every node once, with its operator, its device and its inputs in order, and behind them what it waits for."""
    said: dict[str, object] = _READ | {"nodes": len(nodes)}
    for node in nodes:
        name = node["name"]
        facts = [f"{name} is there", f"op of {name} is {node['op']}", f"device of {name} is {node['device']}"]
        facts += [f"input {n} of {name} is {_short(tensor)}" for n, tensor in enumerate(node["inputs"])]
        facts += [f"^{other} is behind the inputs of {name}" for other in node["after"]]
        said |= dict.fromkeys(facts, True) | {f"inputs of {name}": len(node["inputs"]) + len(node["after"])}
    return {fact: np.asarray(value) for fact, value in said.items()}


def _short(tensor: str) -> str:
    return tensor[: -len(":0")] if tensor.endswith(":0") else tensor


def gradient_summary(*, gradient: np.ndarray) -> dict[str, np.ndarray]:
    """Statistics of the finite entries in float64; how many fall into each thirtieth of the way from min to max."""
    entries = [float(entry) for entry in gradient.ravel()]
    finite = np.array([entry for entry in entries if abs(entry) < float("inf")])
    nothing = float("nan")
    low, high = (finite.min(), finite.max()) if finite.size else (nothing, nothing)
    mean = finite.sum() / finite.size if finite.size else nothing
    std = (((finite - mean) ** 2).sum() / finite.size) ** 0.5 if finite.size else nothing
    limits, counts = _thirtieths(finite)
    said = {"count": finite.size, "not_finite": len(entries) - finite.size, "min": low, "max": high, "mean": mean}
    return {
        name: np.asarray(value) for name, value in (said | {"std": std, "limits": limits, "counts": counts}).items()
    }


def _thirtieths(finite: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """31 limits and 30 counts; the last bucket holds its upper limit too."""
    low, high = (finite.min(), finite.max()) if finite.size else (0.0, 1.0)
    if low == high:
        low, high = low - 0.5, high + 0.5
    places = np.minimum(np.floor((finite - low) / (high - low) * BUCKETS), BUCKETS - 1).astype(int)
    steps = np.arange(BUCKETS + 1) / BUCKETS
    return low + steps * (high - low), np.bincount(places, minlength=BUCKETS)
