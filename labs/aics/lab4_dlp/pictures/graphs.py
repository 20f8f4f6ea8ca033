"""Pictures about graphs: who could run one, what a fetch needs, and which machine has which kernel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from aics.language import plural, tr
from aics.show.figure import BLUE, INK, LINE, ORANGE, PAPER, RED, SKY, bare, box, new_picture
from aics.show.graphs import DEVICE_COLORS, arrow

if TYPE_CHECKING:
    from aics.show.picture import Picture


def machines() -> Picture:
    """Draw one graph of operators, and below it the machines that could run it, with a kernel for each operator."""
    operators = ("Conv", "Relu", "MaxPool", "...", "Softmax")
    devices = {
        "numpy": tr("the layers of lab 2"),
        "dlp": tr("the course's card"),
        "onnxruntime": tr("fast CPU code"),
        "cuda": tr("a GPU"),
    }
    alt = tr(
        "Above, one graph: {operators}. Below, four machines: {machines}. Each has a kernel for every operator; which "
        "of them runs is decided by one word.",
        operators=", ".join(operators),
        machines=tr(", ").join(tr("{name} ({what})", name=name, what=what) for name, what in devices.items()),
    )
    picture, (axis,) = new_picture(9.5, 3.6, alt=alt)
    for place, name in enumerate(operators):
        box(axis, 2.1 * place, 0, 1.5, 0.7, fill=True, facecolor=PAPER, edgecolor=INK, linewidth=1.4)
        axis.text(2.1 * place + 0.75, 0.35, name, ha="center", va="center", fontsize=10)
        if place:
            arrow(axis, (2.1 * place - 0.6, 0.35), (2.1 * place, 0.35))
    axis.text(4.95, -0.3, tr("what is to be computed: one graph"), ha="center", fontsize=10)
    for row, (name, words) in enumerate(devices.items()):
        top = 1.75 + 0.62 * row
        for place in range(len(operators)):
            style = {"fill": True, "facecolor": DEVICE_COLORS[name] + "88", "edgecolor": DEVICE_COLORS[name]}
            box(axis, 2.1 * place, top, 1.5, 0.4, linewidth=1, **style)
        axis.text(-0.2, top + 0.2, name, ha="right", va="center", fontsize=10)
        axis.text(10.15, top + 0.2, words, ha="left", va="center", fontsize=9)
    below = tr("who computes it: a kernel for each operator, on each machine")
    axis.text(4.95, 1.45, below, ha="center", fontsize=10)
    axis.set_xlim(-2.4, 12.8)
    axis.set_ylim(4.3, -0.6)
    bare(axis)
    return picture


def needed() -> Picture:
    """Draw a small graph with one tensor marked as fetched, and leave open what has to run for it."""
    alt = tr(
        "A graph to think about. Placeholders x and y, a variable w. Node a is made from x and w, b from a, c from a "
        "and y, d from b and a, e from c and d. The output of d is marked: it is fetched."
    )
    picture, (axis,) = new_picture(8, 2.7, alt=alt)
    places = {"x": (0, 0), "w": (0, 1), "y": (1, 2), "a": (1, 0.5), "b": (2, 0), "c": (2, 1.6), "d": (3, 0.5)}
    places["e"] = (4, 1.2)
    sources = {"x": tr("placeholder"), "y": tr("placeholder"), "w": tr("variable")}
    edges = ("x a", "w a", "a b", "a c", "y c", "b d", "a d", "c e", "d e")
    for start, end in map(str.split, edges):
        (x0, y0), (x1, y1) = places[start], places[end]
        arrow(axis, (1.6 * x0 + 0.9, y0), (1.6 * x1, y1))
    for name, (column, row) in places.items():
        style = {"edgecolor": ORANGE, "linewidth": 3} if name == "d" else {"edgecolor": INK, "linewidth": 1.2}
        face = PAPER if name in sources else SKY + "88"
        box(axis, 1.6 * column, row - 0.25, 0.9, 0.5, fill=True, facecolor=face, **style)
        axis.text(1.6 * column + 0.45, row, name, ha="center", va="center", fontsize=11)
        if name in sources:
            axis.text(1.6 * column + 0.45, row + 0.4, sources[name], ha="center", va="center", fontsize=8)
    axis.text(1.6 * 3 + 0.45, 0.05, tr("fetched"), ha="center", fontsize=9)
    axis.set_xlim(-0.2, 7.6)
    axis.set_ylim(2.65, -0.5)
    bare(axis)
    return picture


def kernel_table(kernels: Mapping[tuple[str, str], object]) -> Picture:
    """Draw which operator has a kernel on which type of device.

    kernels : (operator, device type) -> kernel class
    """
    operators = list(dict.fromkeys(operator for operator, _ in kernels))
    devices = list(dict.fromkeys(device for _, device in kernels))
    picture, (axis,) = new_picture(8, 0.7 + 0.42 * len(devices), alt=_who_has_what(kernels, operators, devices))
    for row, device in enumerate(devices):
        for column, operator in enumerate(operators):
            there = (operator, device) in kernels
            color = DEVICE_COLORS.get(device, BLUE) + "88" if there else PAPER
            style = {"edgecolor": LINE if there else RED, "linestyle": "-" if there else "--"}
            box(axis, column * 1.6, row * 0.6, 1.5, 0.5, fill=True, facecolor=color, linewidth=1.2, **style)
            # As a plural, since lab 2's labels say "kernel" too, of a convolution, which is another word in Chinese.
            text = plural("kernel", "kernels", 1) if there else tr("none yet")
            axis.text(column * 1.6 + 0.75, row * 0.6 + 0.26, text, ha="center", va="center", fontsize=9)
        axis.text(-0.15, row * 0.6 + 0.26, device, ha="right", va="center", fontsize=10)
    for column, operator in enumerate(operators):
        axis.text(column * 1.6 + 0.75, -0.12, operator, ha="center", va="bottom", fontsize=10)
    axis.set_xlim(-1.7, len(operators) * 1.6)
    axis.set_ylim(len(devices) * 0.6, -0.5)
    bare(axis)
    return picture


def _who_has_what(kernels: Mapping[tuple[str, str], object], operators: Sequence[str], devices: Sequence[str]) -> str:
    """The table of kernels for those who cannot see it."""
    pairs = [(operator, device) for device in devices for operator in operators]
    holes = [tr("{operator} on {device}", operator=o, device=d) for o, d in pairs if (o, d) not in kernels]
    said = {"operators": ", ".join(operators), "devices": ", ".join(devices)}
    if not holes:
        return tr("Operators {operators}; devices {devices}. Every operator has a kernel on every device.", **said)
    return tr(
        "Operators {operators}; devices {devices}. Every operator has a kernel on every device, but {holes}.",
        holes=", ".join(holes),
        **said,
    )
