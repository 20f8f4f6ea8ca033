"""One training step of mnist_cnn in lab 7's finished graph, beside the same step written by hand.

    .venv/bin/python benchmarks/graph_training.py [--batch 64] [--rounds 15] [--threads N] [--json FILE]

The graph is that of lab 7's solution: its network, rules, gradients, gradient descent, and its walk in the session.
By hand, forward, loss, backward and update follow one another, once with the fast layers of lab 2's solution and once
with the finished layers, whose convolutions and poolings are the kernels of the graph, too. All three begin with the
same weights and take the same batches; their losses are compared. One step of each in every round, in an order that
moves on; medians, and the median of the rounds' ratios to lab 2's fast layers. The goal is 1.5 at most.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from aics import data
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.session import Session
from aics.layers import layers_1, layers_2
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab

GRAPH, BY_HAND, READY = "graph of lab 7", "by hand, lab 2's fast layers", "by hand, the graph's kernels"
GOAL, RATE = 1.5, 0.05
#: What is taken from lab 7's solution.
NAMES = ("VariableStore", "mnist_cnn", "GradientDescent", "walk")
#: One step: images (N, 1, 28, 28) and digits (N,) in, the loss out.
Step = Callable[[np.ndarray, np.ndarray], float]


def solution(lab: str) -> dict[str, Any]:
    """Everything that a lab's finished notebook defines."""
    with working_folder(Lab(lab)) as folder:
        return run_cells(solution_cells(Lab(lab)), beside=folder)


def of_graph(names: dict[str, Any], first: dict[str, np.ndarray]) -> Step:
    """A step in the graph; what its variables begin with is put into `first`, by name."""
    graph = training_graph()
    store = names["VariableStore"](graph)
    images, labels = graph.placeholder("images", (None, 1, 28, 28)), graph.placeholder("labels", (None, 10))
    _, loss = names["mnist_cnn"](store, images, labels)
    train = names["GradientDescent"](store, RATE).minimize(loss)
    session, ones = Session(graph, names["walk"]), np.eye(10, dtype=np.float32)
    first |= {name: np.array(tensor.node.value) for name, tensor in store.variables.items()}

    def step(pictures: np.ndarray, digits: np.ndarray) -> float:
        return float(session.run([loss, train], {images: pictures, labels: ones[digits]})[0])

    return step


def by_hand(names: dict[str, Any], first: dict[str, np.ndarray], fast: bool) -> Step:
    """A step with layers of lab 2's classes, `fast` if they have two types."""
    kind = {"type": 1} if fast else {}
    conv, pool = names["ConvolutionalLayer"], names["MaxPoolingLayer"]
    learning = [conv(5, 1, 32, 2, 1, **kind), conv(5, 32, 64, 2, 1, **kind), names["FullyConnectedLayer"](3136, 10)]
    one, two, last = learning
    relu, flatten = names["ReLULayer"], names["FlattenLayer"]([64, 7, 7], [3136])
    layers = [one, relu(), pool(2, 2, **kind), two, relu(), pool(2, 2, **kind), flatten, last]
    softmax = names["SoftmaxLossLayer"]()
    for layer, (weight, bias) in zip(learning, parameters(first), strict=True):
        layer.init_param()
        layer.load_param(weight.copy(), bias.copy())

    def step(pictures: np.ndarray, digits: np.ndarray) -> float:
        features = pictures
        for layer in layers:
            features = layer.forward(features)
        softmax.forward(features)
        loss = float(softmax.get_loss(digits))
        slope = softmax.backward()
        for layer in reversed(layers):
            slope = layer.backward(slope)
        for layer in learning:
            layer.update_param(RATE)
        return loss

    return step


def parameters(first: dict[str, np.ndarray]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Weight and bias of the three layers, in lab 2's layout: its flattening has the channels last."""
    found = [(first[f"{name}/weight"], first[f"{name}/bias"]) for name in ("conv1", "conv2", "fc10")]
    weight, bias = found.pop()
    last = weight.reshape(64, 7, 7, 10).transpose(1, 2, 0, 3).reshape(3136, 10)
    return [*found, (np.ascontiguousarray(last), bias.reshape(1, 10))]


def batches(size: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Batches of MNIST's training digits: float32 images, whole-number labels."""
    images, digits = data.mnist("train")
    pictures = np.asarray(images, np.float32).reshape(-1, 1, 28, 28)
    pictures = pictures / 255 if pictures.max() > 1 else pictures
    starts = range(0, len(pictures) - size + 1, size)
    return [(pictures[at : at + size], np.asarray(digits[at : at + size], np.int64)) for at in starts]


def measured(steps: dict[str, Step], size: int, rounds: int) -> tuple[dict[str, list[float]], float]:
    """Seconds of each way in each round, after one round that does not count; and how far losses lie apart."""
    seconds: dict[str, list[float]] = {name: [] for name in steps}
    apart, drawn, order = 0.0, batches(size), list(steps)
    for number in range(rounds + 1):
        losses = []
        for name in order:
            begun = perf_counter()
            losses.append(steps[name](*drawn[number % len(drawn)]))
            seconds[name].append(perf_counter() - begun)
        apart = max(apart, (max(losses) - min(losses)) / max(losses))
        order = [*order[1:], order[0]]
    return {name: times[1:] for name, times in seconds.items()}, apart


def cpu() -> str:
    """The processor's name, as Linux says it."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown CPU")


def table(seconds: dict[str, list[float]], ratios: dict[str, float], title: str) -> Table:
    """A row for each way: the median step, the fastest, and the ratio to lab 2's fast layers."""
    shown = Table(title=title)
    for heading in ("way", "ms a step", "fastest", "beside lab 2"):
        shown.add_column(heading, justify="left" if heading == "way" else "right")
    for name, times in seconds.items():
        shown.add_row(name, f"{1e3 * median(times):.1f}", f"{1e3 * min(times):.1f}", f"{ratios[name]:.2f}x")
    return shown


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument(
        "--threads", type=int, help="cores for NumPy and ONNX Runtime; all that there are, if not given"
    )
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    if asked.threads:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: asked.threads])
    names = solution("lab7_graph_training")
    missing = [name for name in NAMES if name not in names]
    if missing:
        raise SystemExit(f"lab 7's solution does not define {', '.join(missing)}: nothing to measure yet")
    first: dict[str, np.ndarray] = {}
    ready = {name: getattr(room, name) for room in (layers_1, layers_2) for name in dir(room) if name.endswith("Layer")}
    steps = {GRAPH: of_graph(names, first)}
    steps |= {BY_HAND: by_hand(solution("lab2_layers"), first, True), READY: by_hand(ready, first, False)}
    with threadpool_limits(asked.threads):
        seconds, apart = measured(steps, asked.batch, asked.rounds)
    show(seconds, apart, asked.batch, asked.json)


def show(seconds: dict[str, list[float]], apart: float, batch: int, file: Path | None) -> None:
    """Print the table, and write the same as JSON."""
    ratios = {
        name: median(mine / base for mine, base in zip(times, seconds[BY_HAND], strict=True))
        for name, times in seconds.items()
    }
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    console = Console()
    console.print(table(seconds, ratios, f"batch {batch}, {cores} cores, {cpu()}"))
    within = "within" if ratios[GRAPH] <= GOAL else "beyond"
    console.print(
        f"The graph takes {ratios[GRAPH]:.2f} times as long as lab 2's fast layers, {within} the goal of {GOAL}."
    )
    console.print(f"Losses lie {apart:.0e} of their size apart, at most.")
    if file:
        found = {"cpu": cpu(), "cores": cores, "batch": batch, "seconds": seconds, "ratios": ratios, "apart": apart}
        file.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
