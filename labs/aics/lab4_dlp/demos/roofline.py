"""Demo: the roofline of a machine of one's choice, with VGG19's layers below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aics.data.vgg19 import LAYERS
from aics.demos import svg
from aics.demos.boxes import Box
from aics.demos.controls import Choice, Control, Slider
from aics.demos.demo import Demo, Scene, Values, View
from aics.lab4_dlp.demos import roof, roofline_plot, time_bars
from aics.lab4_dlp.demos.roofline_plot import Axes, short
from aics.lab4_dlp.demos.vgg19_costs import KINDS, Dot, dots
from aics.language import noted, tr, words
from aics.pycnml.cost_model import Machine

CORES, BANDWIDTH = noted("Cores"), noted("Memory bandwidth, GB/s")
ON_CHIP, LAYER = noted("On-chip memory per core, KB"), noted("Layer")
BELOW, BESIDE = noted("operations per byte"), noted("operations per second")
PEAK, LANES = noted("{peak} multiply-adds/s"), noted("{lanes} comparisons/s")
MEMORY, RIDGE = "{bandwidth:.4g} GB/s", noted("{ridge} per byte")
THIS, CARD, TIME = noted("this machine"), noted("lab's card"), "{milliseconds:.3g} ms"
KIND = "{kind} {milliseconds:.2f} ms"
WORKS: Mapping[str, str] = {
    "conv": "{name}: {count} multiply-adds",
    "fc": "{name}: {count} multiply-adds",
    "relu": "{name}: {count} comparisons",
    "pool": "{name}: {count} comparisons",
    "other": "{name}: {count} operations",
}
LIMITS: Mapping[str, str] = {"memory": "memory is the limit", "arithmetic": "arithmetic is the limit"}
MOVED, MOVED_AGAIN = noted("{moved}B moved"), noted("{moved}B moved, {again}B of it again")
TAKES = noted("{intensity:.3g} per byte, {milliseconds:.3g} ms")
TWO, FOUR = noted("{first}, {second}"), noted("{first}, {second}, {third}, {fourth}")
CAPTION = noted(
    "Modelled, not measured: a layer takes max(operations / peak, bytes / bandwidth), and the longer it takes, the "
    "larger is its mark. Hollow and dashed: the lab's card."
)
ALT = noted(
    "Cores: {cores}, bandwidth: {bandwidth:.4g} GB/s, on-chip memory per core: {memory} KB. An image takes "
    "{milliseconds:.3g} ms: {conv:.0f} % convolutions, {fc:.0f} % fully connected layers. Arithmetic is the limit of "
    "{busy} of the 19 layers that multiply; from {ridge} operations per byte on it is. {layer}."
)
_work, _limit = words(WORKS), words(LIMITS)


@dataclass(frozen=True)
class Parts:
    """Where the scene's pieces stand; on a low stage some are left out."""

    layer: Box
    lines: int
    plot: Box
    titles: bool
    kinds: Box | None
    bar: Box | None
    other_bar: Box | None


class Roofline(Demo):
    """VGG19 below the roof of a machine."""

    name = "roofline"
    title = noted("What does a layer wait for?")
    about = noted("Choose a machine's cores, bandwidth and memory, and see which of VGG19's layers keep it busy.")
    ask = noted("A card multiplies 625 times while one byte arrives. How many of VGG19's layers keep it busy?")
    hovering = True
    keys = noted("Left and right: one layer. Up and down: the previous or next layer that multiplies.")

    @property
    def controls(self) -> Sequence[Control]:
        """The machine, and the layer that is looked at."""
        return (
            Slider("cores", CORES, 0, 6, 4, power=True),
            Slider("bandwidth", BANDWIDTH, 25.6, 1024, 102.4, 25.6),
            Slider("memory", ON_CHIP, 5, 13, 11, power=True),
            Choice("layer", LAYER, LAYERS, "conv1_2"),
        )

    def scene(self, values: Values, view: View) -> Scene:
        """Draw the layers below the machine's roof, the chosen one's numbers, and the time of an image."""
        machine, parts = _machine(values), parts_of(view)
        found, before = dots(machine), dots(Machine())
        chosen = _named(found, values["layer"])
        drawn = [
            _said(parts.layer, chosen, parts.lines, view.label),
            _plot(parts, machine, found, before, chosen.name, view.label),
            _times(parts, found, before, chosen.name, view.label),
        ]
        return Scene(svg.svg(view, drawn), _alt(values, machine, found, chosen), tr(CAPTION))

    def pointed(self, x: float, y: float, values: Values, view: View) -> Values:
        """The layer whose mark, or piece of the bar, is under the mouse."""
        parts, found, before = parts_of(view), dots(_machine(values)), dots(Machine())
        for bar, some in ((parts.bar, found), (parts.other_bar, before)):
            pieces = time_bars.pieces(bar, some, _longest(found, before)) if bar else ()
            if under := [dot.name for dot, piece in pieces if piece.holds(x, y)]:
                return {"layer": under[0]}
        near = roofline_plot.nearest(Axes(parts.plot), found, x, y, view.label)
        return {"layer": near.name} if near else {}

    def stepped(self, right: int, down: int, values: Values) -> Values:
        """Sideways one layer; up and down to the next layer that multiplies."""
        index = LAYERS.index(values["layer"])
        if right:
            return {"layer": LAYERS[min(max(index + right, 0), len(LAYERS) - 1)]}
        before, after = LAYERS[:index][::-1], LAYERS[index + 1 :]
        found = [name for name in (after if down > 0 else before) if name.startswith(("conv", "fc"))]
        return {"layer": found[0]} if found else {}


def _machine(values: Values) -> Machine:
    on_chip = 1024 * 2 ** values["memory"]
    return Machine(cores=2 ** values["cores"], bandwidth=1e9 * values["bandwidth"], on_chip_bytes=on_chip)


def _named(found: Sequence[Dot], name: str) -> Dot:
    return next(dot for dot in found if dot.name == name)


def _longest(found: Sequence[Dot], before: Sequence[Dot]) -> float:
    """Seconds of the longer bar."""
    return max(time_bars.seconds(found), time_bars.seconds(before))


def words_on(dot: Dot) -> tuple[str, str, str, str]:
    """Return what a layer computes, what it moves, how long it takes, and what limits it."""
    cost = dot.cost
    moved, again = short(cost.bytes_moved), short(cost.extra_bytes)
    return (
        _work(dot.kind, name=dot.name, count=short(dot.operations)),
        tr(MOVED_AGAIN if cost.extra_bytes else MOVED, moved=moved, again=again),
        tr(TAKES, intensity=dot.intensity, milliseconds=1e3 * cost.seconds),
        _limit(cost.limit),
    )


def _said(box: Box, dot: Dot, count: int, size: float) -> str:
    """The chosen layer's numbers, on two lines or on four, of which some may be left out."""
    first, second, third, fourth = said = words_on(dot)
    two = (tr(TWO, first=first, second=second), tr(TWO, first=third, second=fourth))
    lines = said if count == 4 else two[:count]
    return "".join(
        svg.text(box.x, box.y + (0.7 + 1.3 * k) * size, line, size=size, bold=not k) for k, line in enumerate(lines)
    )


def _plot(parts: Parts, machine: Machine, found: Sequence[Dot], before: Sequence[Dot], chosen: str, size: float) -> str:
    said = {
        "peak": tr(PEAK, peak=short(machine.peak)),
        "memory": MEMORY.format(bandwidth=machine.bandwidth / 1e9),
        "ridge": tr(RIDGE, ridge=short(machine.ridge)),
        "lanes": tr(LANES, lanes=short(roof.compared(machine))),
    }
    axes, titles = Axes(parts.plot), (tr(BELOW), tr(BESIDE)) if parts.titles else ("", "")
    notes = roof.note_boxes(axes, machine, said, size)
    taken = [*notes.values(), *roofline_plot.title_boxes(axes, titles, size)]
    drawn = [roofline_plot.draw_axes(axes, titles, size)]
    if found != before:
        drawn += [roof.draw_roof(axes, Machine(), faint=True), roofline_plot.draw_hollow(axes, before, size)]
    drawn += [
        roof.draw_roof(axes, machine),
        roof.draw_lanes(axes, machine),
        roofline_plot.draw_dots(axes, found, chosen, size),
        roof.draw_notes(notes, said, size),
        roofline_plot.draw_names(axes, found, chosen, size, taken),
    ]
    return "".join(drawn)


def _times(parts: Parts, found: Sequence[Dot], before: Sequence[Dot], chosen: str, size: float) -> str:
    longest = _longest(found, before)
    this, card = (TIME.format(milliseconds=1e3 * time_bars.seconds(some)) for some in (found, before))
    if parts.bar is None:
        return ""
    drawn = []
    if parts.kinds:
        drawn.append(time_bars.draw_kinds(parts.kinds, found, KIND, size))
    if parts.other_bar:
        drawn.append(time_bars.draw_bar(parts.other_bar, before, longest, tr(CARD), card, size))
    else:
        drawn.append(time_bars.draw_outline(parts.bar, before, longest))
    name = tr(THIS) if parts.other_bar else ""
    return "".join(drawn) + time_bars.draw_bar(parts.bar, found, longest, name, this, size, chosen)


def _alt(values: Values, machine: Machine, found: Sequence[Dot], chosen: Dot) -> str:
    whole = time_bars.seconds(found)
    conv, fc = (100 * time_bars.seconds(found, kind) / whole for kind in KINDS[:2])
    busy = sum(dot.kind in KINDS[:2] and dot.cost.limit == "arithmetic" for dot in found)
    return tr(
        ALT,
        cores=machine.cores,
        bandwidth=machine.bandwidth / 1e9,
        memory=2 ** values["memory"],
        milliseconds=1e3 * whole,
        conv=conv,
        fc=fc,
        busy=busy,
        ridge=short(machine.ridge),
        layer=tr(FOUR, **dict(zip(("first", "second", "third", "fourth"), words_on(chosen), strict=True))),
    )


def parts_of(view: View) -> Parts:
    """Return where the pieces stand, below one another."""
    size, margin = view.label, 0.5 * view.label
    whole = Box(margin, margin, view.width - 2 * margin, view.height - 2 * margin)
    low, lowest = whole.height < (20 if view.narrow else 17) * size, whole.height < 9 * size
    lines = 1 if lowest else 4 if view.narrow else 2
    rows = time_bars.lines_of_kinds(whole.width, KIND, size)
    kinds, bars = 0.0 if low else (1.4 * rows + 0.3) * size, 0 if lowest else 1 if low else 2
    top, below = (1.3 * lines + 0.4) * size, kinds + 1.5 * bars * size
    plot = whole.below(top).above(whole.height - top - below - 1.7 * size)
    bar = _bar(whole.below(whole.height - 1.4 * bars * size), low, size) if bars else None
    return Parts(
        layer=whole.above(top),
        lines=lines,
        plot=Box(plot.x + 3.4 * size, plot.y, plot.width - 4.4 * size, plot.height),
        titles=plot.height > 5 * size and plot.width > 22 * size,
        kinds=whole.below(whole.height - below) if kinds else None,
        bar=bar,
        other_bar=Box(bar.x, bar.y + 1.5 * size, bar.width, bar.height) if bar and not low else None,
    )


def _bar(box: Box, low: bool, size: float) -> Box:
    """Where a bar stands between its name and its time."""
    name = 0 if low else max(svg.text_width(tr(said), size) for said in (THIS, CARD)) + size
    time = svg.text_width(TIME.format(milliseconds=12.3), size) + size
    return Box(box.x + name, box.y, max(box.width - name - time, size), 1.1 * size)
