"""One step of a style transfer up to relu5_1, by the project's fast layers, beside PyTorch on the same cores.

    .venv/bin/python benchmarks/style_transfer.py [--height 192] [--width 320] [--rounds 9] [--json FILE]
    .venv/bin/python benchmarks/style_transfer.py --whole vgg16-conv      # a whole transfer of 256 x 256 pixels instead

VGG19's thirteen convolutions up to conv5_1 with random weights, ReLUs and poolings; features of the course's six
layers; content and style losses of lab 5's solution; one accumulated pass back to the picture. PyTorch runs the same
step with autograd. Both sides have all cores that this process has; one after the other in every round, medians, and
the median of the rounds' ratios. The finished layers of lab 2 run too. Where
one unit's input rounds to the other side of 0, the gradient differs within all that this unit sees: by a thousandth,
not a millionth.

With --whole it times a transfer of the cat and The Scream with real weights, as the studio runs it: 100 steps.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from rich.console import Console
from rich.table import Table

from aics.layers.fast import fast_layers
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab5_style_transfer")
WIDTHS, COUNTS = (64, 128, 256, 512, 512), (2, 2, 4, 4, 1)
CONTENT, STYLE = ["relu4_2"], ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"]
ALPHA, BETA = 1.0, 500.0


def weights(rng: np.random.Generator) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Random weights (Cin, 3, 3, Cout), of a size that keeps the features' size, and no biases."""
    found, before = {}, 3
    for block, (count, width) in enumerate(zip(COUNTS, WIDTHS, strict=True), 1):
        for i in range(1, count + 1):
            scale = np.sqrt(2 / (9 * before))
            weight = rng.normal(0, scale, (before, 3, 3, width)).astype(np.float32)
            found[f"conv{block}_{i}"] = weight, np.zeros(width, np.float32)
            before = width
    return found


def lab_step(names: dict, params: dict, fast: bool) -> Callable:
    """The lab's solution: ``step(image, targets)`` gives the image's gradient; ``targets(image)`` the features."""
    net = names["VGG19"].__new__(names["VGG19"])
    net.layers = {}
    for name in net.param_layer_name[: net.param_layer_name.index("relu5_1") + 1]:
        if name in params:
            weight, bias = params[name]
            net.layers[name] = names["FrozenConvolution"](3, weight.shape[0], weight.shape[3], 1, 1, type=1)
            net.layers[name].load_param(weight, bias)
        else:
            net.layers[name] = names["MaxPoolingLayer"](2, 2, type=1) if "pool" in name else names["ReLULayer"]()
    if fast:
        net.layers = fast_layers(net.layers)
    content, style = names["ContentLossLayer"](), names["StyleLossLayer"]()

    def targets(image):
        return net.forward(image, CONTENT + STYLE)

    def step(image, wanted):
        seen = net.forward(image, CONTENT + STYLE)
        dlosses = {name: ALPHA / len(CONTENT) * content.backward(seen[name], wanted[name]) for name in CONTENT}
        dlosses |= {name: BETA / len(STYLE) * style.backward(seen[name], wanted[name]) for name in STYLE}
        return net.backward_once(dlosses)

    return targets, step


def torch_step(params: dict, threads: int) -> Callable:
    """The same in PyTorch, by autograd."""
    import torch

    torch.set_num_threads(threads)
    functional = torch.nn.functional
    kernels = {name: torch.from_numpy(weight.transpose(3, 0, 1, 2).copy()) for name, (weight, _) in params.items()}
    biases = {name: torch.from_numpy(bias) for name, (_, bias) in params.items()}

    def forward(x):
        seen = {}
        for block, count in enumerate(COUNTS, 1):
            for i in range(1, count + 1):
                name = f"{block}_{i}"
                x = functional.relu(functional.conv2d(x, kernels[f"conv{name}"], biases[f"conv{name}"], padding=1))
                if f"relu{name}" in CONTENT + STYLE:
                    seen[f"relu{name}"] = x
            if block < len(COUNTS):
                x = functional.max_pool2d(x, 2)
        return seen

    def gram(x):
        flat = x.flatten(2)
        return flat @ flat.transpose(1, 2)

    def targets(image):
        with torch.no_grad():
            return forward(torch.from_numpy(image))

    def step(image, wanted):
        x = torch.from_numpy(image).requires_grad_()
        seen, loss = forward(x), 0
        for name in CONTENT:
            loss = loss + ALPHA / len(CONTENT) * ((seen[name] - wanted[name]) ** 2).sum() / (2 * seen[name].numel())
        for name in STYLE:
            n, c, h, w = seen[name].shape
            difference = gram(seen[name]) - gram(wanted[name])
            loss = loss + BETA / len(STYLE) * (difference**2).sum() / (4 * n * c**2 * (h * w) ** 2)
        loss.backward()
        return x.grad.numpy()

    return targets, step


def whole(weights_name: str, steps: int = 100, side: int = 256) -> None:
    """A whole transfer by the finished code, with the layers that the studio takes; prints its time and losses."""
    from aics import data
    from aics.lab5_style_transfer.studio.code import TransferCode
    from aics.lab5_style_transfer.weights import USUAL

    with working_folder(LAB) as folder:
        code = TransferCode.among(run_cells(solution_cells(LAB), beside=folder))
    start = perf_counter()
    net = code.network(weights_name)
    photo, painting = (net.load_image(file, side, side)[0] for file in (data.photo("cat"), data.style("scream")))
    goal, optimizer, image = code.begin_transfer(net, photo, painting, lr=4.0, beta=5, **USUAL[weights_name].layers)
    losses = []
    for _ in range(steps):
        image, loss = code.transfer_step(goal, optimizer, image)
        losses.append(loss[0])
    seconds = perf_counter() - start
    Console().print(
        f"{weights_name}, {side} x {side}, {steps} steps, {len(os.sched_getaffinity(0))} cores: {seconds:.0f} s; "
        f"total loss {losses[0]:.1f} -> {losses[-1]:.2f}"
    )


def table(seconds: Mapping[str, Sequence[float]], gradients: Mapping[str, np.ndarray], base: str, title: str) -> Table:
    """The ways with their medians and gradients, beside those of `base`."""
    shown = Table("way", "ms a step", f"beside {base}", "gradient differs by", title=title)
    for way, values in seconds.items():
        ratio = median(one / other for one, other in zip(values, seconds[base], strict=True))
        error = np.abs(gradients[way] - gradients[base]).max() / np.abs(gradients[base]).max()
        shown.add_row(way, f"{1e3 * median(values):.0f}", f"{ratio:.2f}x", f"{error:.0e}")
    return shown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--height", type=int, default=192)
    parser.add_argument("--width", type=int, default=320)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", type=Path, help="also write the seconds here")
    parser.add_argument("--whole", metavar="WEIGHTS", help="time a whole transfer with these weights instead")
    asked = parser.parse_args()
    if asked.whole:
        return whole(asked.whole)
    rng, cores = np.random.default_rng(0), len(os.sched_getaffinity(0))
    with working_folder(LAB) as folder:
        names = run_cells(solution_cells(LAB), beside=folder)
    params = weights(rng)
    ways = {"fast layers": lab_step(names, params, fast=True), "lab 2's layers": lab_step(names, params, fast=False)}
    try:
        ways["PyTorch"] = torch_step(params, cores)
    except ImportError:
        Console().print("PyTorch is not installed here: nothing to compare with.")
    picture, goal = (
        rng.normal(0, 60, (1, 3, asked.height, asked.width)).astype(np.float32) for _ in ("picture", "goal")
    )
    wanted = {way: targets(goal) for way, (targets, _) in ways.items()}
    gradients = {way: step(picture, wanted[way]) for way, (_, step) in ways.items()}
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(asked.rounds):
        for way, (_, step) in ways.items():
            start = perf_counter()
            step(picture, wanted[way])
            seconds[way].append(perf_counter() - start)
    base = "PyTorch" if "PyTorch" in ways else "lab 2's layers"
    Console().print(table(seconds, gradients, base, f"{asked.height} x {asked.width}, {cores} cores"))
    if asked.json:
        asked.json.write_text(json.dumps(seconds, indent=1) + "\n")


if __name__ == "__main__":
    main()
