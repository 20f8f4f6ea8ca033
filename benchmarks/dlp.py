"""What exact 8-bit arithmetic costs on a CPU: VGG19's convolutions on the emulator, beside float32 NumPy.

    .venv/bin/python benchmarks/dlp.py [--rounds 5] [--threads N] [--json FILE]

For each of the sixteen convolutions at 224 x 224, one picture: the emulator's `conv` with prepared weights, and the
fast layer of lab 2's solution, one after the other in every round; medians over the rounds, their ratio, and both
sums. Inputs are what a ReLU leaves of normal numbers; weights are normal, with the grids that QuantTool finds.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

#: Channels of the five blocks.
WIDTHS = (64, 128, 256, 512, 512)


def sizes() -> dict[str, tuple[int, int, int]]:
    """Input channels, output channels and side of VGG19's sixteen convolutions."""
    from aics.data.vgg19 import BLOCKS

    found, before = {}, 3
    for block, (width, count) in enumerate(zip(WIDTHS, BLOCKS, strict=True), 1):
        for i in range(1, count + 1):
            found[f"conv{block}_{i}"] = before, width, 224 >> (block - 1)
            before = width
    return found


def both(layer_class, inputs: int, outputs: int, side: int):
    """Two functions without arguments: float32 and the emulator, on the same numbers."""
    import numpy as np

    from aics.pycnml import QuantTool, operators

    rng = np.random.default_rng(side * inputs)
    x = np.maximum(rng.normal(0, 10, (1, inputs, side, side)), 0).astype(np.float32)
    weight = rng.normal(0, (2 / (9 * inputs)) ** 0.5, (outputs, inputs, 3, 3)).astype(np.float32)
    bias = rng.normal(0, 1, outputs).astype(np.float32)
    layer = layer_class(3, inputs, outputs, 1, 1, type=1)
    layer.load_param(np.ascontiguousarray(weight.transpose(1, 2, 3, 0)), bias)
    tool = QuantTool()
    grid = tool.getQuantParam(x, "input")
    prepared = operators.prepare_conv(weight, bias, tool.getQuantParam(weight, "weight"))
    return (lambda: layer.forward(x)), lambda: operators.conv(x, prepared, stride=1, pad=1, input_quant=grid)


def measure(rounds: int) -> list[dict]:
    """A row a layer: name, and medians in seconds."""
    from autograder.authoring.namespace import importing_from
    from autograder.authoring.start import working_folder
    from autograder.course import labs

    lab = next(lab for lab in labs() if lab.starts_from)
    rows = []
    with working_folder(lab) as folder, importing_from(folder):
        from stu_upload.layers_2 import ConvolutionalLayer

        for name, shape in sizes().items():
            ways = both(ConvolutionalLayer, *shape)
            seconds: tuple[list[float], list[float]] = ([], [])
            for _ in range(rounds + 1):
                for way, taken in zip(ways, seconds, strict=True):
                    start = perf_counter()
                    way()
                    taken.append(perf_counter() - start)
            float32, emulator = (median(taken[1:]) for taken in seconds)  # the first round warms up
            rows.append({"layer": name, "float32": float32, "emulator": emulator})
    return rows


def table(rows: list[dict]) -> str:
    """A line for each row, with both times and their ratio."""
    lines = [f"{'layer':<9}{'float32 ms':>12}{'emulator ms':>13}{'ratio':>8}"]
    for row in rows:
        ratio = row["emulator"] / row["float32"]
        lines.append(f"{row['layer']:<9}{1e3 * row['float32']:>12.1f}{1e3 * row['emulator']:>13.1f}{ratio:>8.2f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the emulator's convolutions beside float32.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, help="BLAS threads; as many as there are cores if not given")
    parser.add_argument("--json", type=Path, help="also write the rows here")
    arguments = parser.parse_args()
    if arguments.threads and os.environ.get("OPENBLAS_NUM_THREADS") != str(arguments.threads):
        environment = os.environ | {"OPENBLAS_NUM_THREADS": str(arguments.threads)}
        os.execve(sys.executable, [sys.executable, *sys.argv], environment)  # before NumPy is imported
    rows = measure(arguments.rounds)
    total = {"layer": "all"} | {way: sum(row[way] for row in rows) for way in ("float32", "emulator")}
    print(table([*rows, total]))
    if arguments.json:
        arguments.json.write_text(json.dumps([*rows, total], indent=1) + "\n")


if __name__ == "__main__":
    main()
