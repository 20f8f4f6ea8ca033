"""Lab 7's inputs on what TensorBoard reads, drawn so that every mistake in misconceptions/ shows on every draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.course.question import Case

Array = np.ndarray
#: Tags: plain ones, and such that have more bytes than letters.
_PLAIN, _WIDE = ("loss", "accuracy", "train/loss", "fc10/weight"), ("损失/训练", "précision", "梯度/第一层", "Größe/σ")


def event_file(rng: np.random.Generator) -> list[Case]:
    """Numbers of all lengths; fields, checksums and records; events with much, with little and with odd in them."""
    small, large = int(rng.integers(2, 126)), int(rng.integers(2**35, 2**62))
    numbers = [0, 1, small, 127, 128, 300, int(rng.integers(2**14, 2**21)), large, 2**63 - 1, -1, -small, -(2**63)]
    short, long = _octets(rng, 5, 20), _octets(rng, 130, 300)
    plain, wide = str(rng.choice(_PLAIN)), str(rng.choice(_WIDE))
    return [
        {"about": "varint", "numbers": np.array(numbers)},
        {"about": "field", "number": int(rng.integers(1, 16)), "data": short},
        {"about": "field", "number": int(rng.integers(16, 200)), "data": long},
        {"about": "field", "number": 5, "data": np.zeros(0, np.uint8)},
        {"about": "masked_crc", "data": np.frombuffer(b"123456789", np.uint8)},
        {"about": "masked_crc", "data": long},
        {"about": "record", "data": short},
        {"about": "record", "data": long},
        {"about": "version_event", "wall_time": _time(rng)},
        {"about": "scalar_event", **_event(rng, int(rng.integers(1, 90)), plain, _one(rng.normal() + 3))},
        {"about": "scalar_event", **_event(rng, int(rng.integers(2**33, 2**40)), wide, _one(-rng.uniform(0.1, 1)))},
        {"about": "scalar_event", **_event(rng, 0, plain, _one(0))},
        {"about": "scalar_event", **_event(rng, int(rng.integers(200, 9000)), plain, _one(np.nan))},
        {"about": "histogram_event", **_event(rng, int(rng.integers(200, 9000)), wide, _gradient(rng))},
        {"about": "histogram_event", **_event(rng, 0, plain, rng.uniform(2, 900, (7, 5)).astype(np.float32))},
        {"about": "histogram_event", **_event(rng, 1, plain, np.zeros((2, 3), np.float32))},
    ]


def _octets(rng: np.random.Generator, low: int, high: int) -> Array:
    return rng.integers(0, 256, int(rng.integers(low, high)), np.uint8)


def _time(rng: np.random.Generator) -> float:
    """Seconds since 1970, of some day in the twenties, in quarters."""
    return float(rng.integers(1_600_000_000, 1_900_000_000)) + 0.25 * float(rng.integers(1, 4))


def _event(rng: np.random.Generator, step: int, tag: str, values: Array) -> dict[str, Any]:
    return {"wall_time": _time(rng), "step": step, "tag": tag, "values": values}


def _one(value: float) -> Array:
    return np.array([value], np.float32)


def _gradient(rng: np.random.Generator) -> Array:
    """Of both signs, of very different sizes, many of them 0, as behind a ReLU; the sum is not near 0."""
    sizes = 10 ** rng.uniform(-6, -1, (12, 10)) * rng.choice([-1, 1, 1, 1], (12, 10))
    sizes[rng.random((12, 10)) < 0.3] = 0
    sizes[0, :4] = 0, -rng.uniform(0.2, 0.3), rng.uniform(0.5, 1), 0
    return sizes.astype(np.float32)


def graph_def(rng: np.random.Generator) -> list[Case]:
    """A small training step, whose names a draw deals out; then scopes, other outputs, waiting, other letters."""
    x, weight, loss, layer, train = rng.permutation(["x", "images", "kernel", "cost", "fc", "dense", "step"]).tolist()[
        :5
    ]
    cpu, card = "numpy:0", f"dlp:{rng.integers(1, 9)}"
    step = [
        _node(x, "Placeholder"),
        _node(f"{layer}/{weight}", "Variable", device=card),
        _node(f"{layer}/matmul", "MatMul", [f"{x}:0", f"{layer}/{weight}:0"], device=card),
        _node(loss, "Square", [f"{layer}/matmul:0"]),
        _node("update", "AssignSub", [f"{loss}:0"], device=cpu),
        _node(train, "NoOp", after=["update"]),
    ]
    parts = [
        _node("初值", "Const"),
        _node(f"{layer}/inner/split", "Split", ["初值:0"], outputs=3),
        _node("product", "Mul", [f"{layer}/inner/split:{rng.integers(1, 3)}", f"{layer}/inner/split:0"]),
        _node("square", "Mul", ["product:0", "product:0"]),
        _node(f"{layer}/late", "Relu", ["square:0"], after=["初值", f"{layer}/inner/split"]),
        _node("a" * int(rng.integers(130, 160)), "Relu", [f"{layer}/late:0"]),
    ]
    return [{"nodes": step}, {"nodes": parts}]


def _node(
    name: str,
    op: str,
    inputs: list[str] | None = None,
    *,
    outputs: int = 1,
    device: str = "numpy:0",
    after: list[str] | None = None,
) -> Mapping[str, object]:
    made = {"name": name, "op": op, "inputs": inputs or [], "outputs": outputs, "device": device}
    return {**made, "after": after or []}


def gradient_summary(rng: np.random.Generator) -> list[Case]:
    """Gradients of a usual size, with entries that are no numbers, vanishing, all equal, none a number, and empty."""
    usual = _off_limits(rng.normal(0.4, 1, (9, int(rng.integers(6, 12)))))
    broken = _off_limits(rng.gamma(2, 3, int(rng.integers(30, 60))) - 1)
    broken = np.concatenate([broken, [np.nan, np.inf, -np.inf, np.nan]])
    vanishing = _off_limits(rng.normal(0.5, 1, (3, 4, 5))) * 10.0 ** -float(rng.integers(26, 30))
    equal, lost = np.full((2, 4), 0.5 * rng.integers(1, 9)), np.full(int(rng.integers(2, 6)), np.nan)
    gradients = [usual, rng.permutation(broken), vanishing, equal, lost, np.zeros((0, 3))]
    return [{"gradient": gradient.astype(np.float32)} for gradient in gradients]


def _off_limits(values: Array) -> Array:
    """The values, those that lie within 5 % of a limit moved into the middle of their buckets."""
    low, width = values.min(), np.ptp(values) / 30
    place = (values - low) / width
    inside = (values > low) & (values < values.max()) & (abs(place - np.round(place)) < 0.05)
    return np.where(inside, low + (np.clip(np.floor(place), 0, 29) + 0.5) * width, values)
