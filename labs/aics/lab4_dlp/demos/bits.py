"""Demo: the weights of `mini` in 8 bits and fewer: what becomes of the kernels, and of the answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aics.data import CIFAR10_CLASSES
from aics.data.vgg19 import CONVOLUTIONS, FULLY_CONNECTED
from aics.demos import svg
from aics.demos.boxes import Box
from aics.demos.controls import Choice, Control, Slider
from aics.demos.demo import Demo, Scene, Values, View
from aics.lab4_dlp.demos import answers_picture, weights_picture
from aics.lab4_dlp.demos.answers_picture import COUNT
from aics.lab4_dlp.demos.bits_layout import Parts, parts_of
from aics.lab4_dlp.demos.grids import OnGrid, on_grid, stored_bytes
from aics.lab4_dlp.demos.measuring import FLOAT32, Measuring, Setting
from aics.lab4_dlp.demos.mini import Answering, Array, mini, network, photos
from aics.lab4_dlp.demos.own_grids import OwnGrids
from aics.language import noted, tr

LAYERS = (*CONVOLUTIONS, *FULLY_CONNECTED)
FEWEST, MOST = 2, 8

BITS, LAYER, GRIDS = noted("Bits of a weight"), noted("Layer to look at"), noted("Grids")
PER_LAYER, PER_CHANNEL = noted("one per layer"), noted("one per channel")
FLOATS, QUANTISED = "float32", noted("{bits} bits")
ZEROS = noted("{share:.0f} % are 0")
COUNTED, COUNTING = noted("{right} of {count} right"), noted("measuring: {right} of {count}")
BEGINNING = noted("measuring ...")
ONE_CLASS = noted("{right} right, {most} × {name}")
AXIS = noted("right in %, by bits")
SIZES = noted("{stored:.2f} of {whole:.2f} MB")
CAPTION = noted(
    "Each weight becomes the nearest value of its grid, q · 2^position / scale with q from {low} to {high}; all else "
    "stays in float32. Guessing gets 10 %."
)
FAILED = noted("{trouble} Finished code goes on. ")
ALT = noted(
    "{layer} of mini with {bits} bits, {grids}: {zeros:.0f} % of its weights have become 0. {answers}{float32} "
    "All weights take {stored:.2f} MB instead of {whole:.2f} MB."
)
MEASURED = noted(
    "{share:.0f} % of {count} pictures are named right; the most frequent answer, {name}, is given {most} times."
)
MEASURING = noted("The pictures are being answered.")
MEASURED_FLOAT32, MEASURING_FLOAT32 = noted(" In float32 it is {share:.0f} %."), ""
OWN, FINISHED = (
    noted("Your own quant_param and quantize of lab 4 compute the grids."),
    noted("Finished code computes the grids; export lab 4 to see your own quant_param and quantize at work."),
)


class Bits(Demo):
    """Weights in fewer and fewer bits."""

    name = "bits"
    title = noted("How few bits?")
    about = noted("Round all weights of a network to 8, 7, ... 2 bits, and watch its answers break.")
    ask = noted("How many bits does a weight need until the network no longer tells a cat from a truck: 7, 5, 3?")
    draggable = True
    keys = noted("Left and right: fewer or more bits. Up and down: another layer.")

    def __init__(self) -> None:
        super().__init__()
        self._rounding = OwnGrids.exported()
        self._photos = photos(COUNT)
        self.measuring = Measuring(self._network, self._photos, lambda: self.changed())
        self._kept: dict[tuple[str, Setting], OnGrid] = {}

    @property
    def controls(self) -> Sequence[Control]:
        """Bits, the grids, and which layer is seen."""
        return (
            Slider("bits", BITS, FEWEST, MOST, MOST),
            Choice("grids", GRIDS, (PER_LAYER, PER_CHANNEL), PER_LAYER),
            Choice("layer", LAYER, LAYERS, "conv2_1"),
        )

    def scene(self, values: Values, view: View) -> Scene:
        """Draw the layer and the answers; begin to measure where these bits have not been measured yet."""
        setting = _setting(values)
        self.measuring.want(setting)
        parts = parts_of(view)
        drawn = [
            *self._layer(values["layer"], setting, parts, view.label),
            *self._answers(setting, parts, view.label),
            self._sizes(setting, parts.sizes, view.label),
        ]
        return Scene(svg.svg(view, drawn), self._alt(values["layer"], setting), self._caption(setting))

    def pointed(self, x: float, y: float, values: Values, view: View) -> Values:
        """A column is its number of bits."""
        del values
        box = parts_of(view).columns
        columns = answers_picture.column_boxes(box, _columns()) if box else {}
        found = [bits for bits, column in columns.items() if bits <= MOST and column.holds(x, y)]
        return {"bits": found[0]} if found else {}

    def stepped(self, right: int, down: int, values: Values) -> Values:
        """Sideways one bit, up and down one layer."""
        if right:
            return {"bits": min(max(values["bits"] + right, FEWEST), MOST)}
        index = LAYERS.index(values["layer"]) + down
        return {"layer": LAYERS[min(max(index, 0), len(LAYERS) - 1)]}

    def whose(self) -> str:
        """Whose quant_param and quantize compute the grids."""
        return tr(OWN if self._rounding.own else FINISHED)

    def close(self) -> None:
        """Stop measuring."""
        super().close()
        self.measuring.close()

    # Numbers

    def _grid(self, layer: str, setting: Setting) -> OnGrid:
        """One layer's weight on its grids; kept."""
        if (layer, setting) not in self._kept:
            weight = mini().weights[layer]
            self._kept[layer, setting] = on_grid(weight, setting.bits, setting.per_channel, self._rounding)
        return self._kept[layer, setting]

    def _network(self, setting: Setting) -> Answering:
        """The network with all its weights on a setting's grids."""
        weights = mini().weights
        if setting == FLOAT32:
            return network(weights)
        grids = {n: on_grid(w, setting.bits, setting.per_channel, self._rounding) for n, w in weights.items()}
        return network({name: grid.values for name, grid in grids.items()})

    # Pieces of the scene

    def _layer(self, layer: str, setting: Setting, parts: Parts, size: float) -> list[str]:
        weight, grid = mini().weights[layer], self._grid(layer, setting)
        titles = (FLOATS, tr(QUANTISED, bits=setting.bits))
        zeros = tr(ZEROS, share=100 * grid.zeros) if parts.zeros else ""
        drawn = [weights_picture.draw_kernels(parts.kernels, weight, grid, titles, size)]
        if parts.histogram:
            drawn.append(weights_picture.draw_histogram(parts.histogram, weight, grid, zeros, size))
        return drawn

    def _answers(self, setting: Setting, parts: Parts, size: float) -> list[str]:
        answers, labels = self.measuring.answers(setting), self._photos.labels
        right, count = int(np.sum(answers == labels)), int(np.sum(answers >= 0))
        return [
            _heading(parts.wall, answers, right, count, size),
            answers_picture.draw_wall(parts.wall.below(1.5 * size), answers, labels),
            self._bars(setting, parts, right / count if count else None, size),
        ]

    def _bars(self, setting: Setting, parts: Parts, partly: float | None, size: float) -> str:
        if parts.columns is None:
            return ""
        known = {bits: self.measuring.right(_of(bits, setting)) for bits in _columns()}
        columns = answers_picture.draw_columns(parts.columns, known, setting.bits, size, partly=partly)
        words = svg.text(parts.columns.x, parts.columns.y - 0.7 * size, tr(AXIS), size=size) if parts.axis else ""
        return words + columns

    def _sizes(self, setting: Setting, box: Box | None, size: float) -> str:
        if box is None:
            return ""
        stored, whole = megabytes(setting)
        return answers_picture.draw_bytes(box, stored, whole, tr(SIZES, stored=stored, whole=whole), size)

    def _caption(self, setting: Setting) -> str:
        end = 2 ** (setting.bits - 1)
        trouble = tr(FAILED, trouble=self._rounding.trouble) if self._rounding.trouble else ""
        return trouble + tr(CAPTION, low=f"−{end}", high=end - 1)

    def _alt(self, layer: str, setting: Setting) -> str:
        share, float32 = self.measuring.right(setting), self.measuring.right(FLOAT32)
        (stored, whole), (most, name) = megabytes(setting), _most_named(self.measuring.answers(setting))
        return tr(
            ALT,
            layer=layer,
            bits=setting.bits,
            grids=tr(PER_CHANNEL if setting.per_channel else PER_LAYER),
            zeros=100 * self._grid(layer, setting).zeros,
            answers=tr(MEASURING)
            if share is None
            else tr(MEASURED, share=100 * share, count=COUNT, most=most, name=name),
            float32=MEASURING_FLOAT32 if float32 is None else tr(MEASURED_FLOAT32, share=100 * float32),
            stored=stored,
            whole=whole,
        )


def megabytes(setting: Setting) -> tuple[float, float]:
    """Return the megabytes of all weights in these bits with their grids, and in float32."""
    weights = mini().weights
    grids = sum(len(weight) for weight in weights.values()) if setting.per_channel else len(weights)
    count = sum(weight.size for weight in weights.values())
    return stored_bytes(count, grids, setting.bits) / 1e6, 4 * count / 1e6


def _most_named(answers: Array) -> tuple[int, str]:
    """The class that is named most often: how often, and its name."""
    counts = np.bincount(answers[answers >= 0], minlength=len(CIFAR10_CLASSES))
    return int(counts.max()), CIFAR10_CLASSES[int(counts.argmax())]


def _heading(box: Box, answers: Array, right: int, count: int, size: float) -> str:
    """How many answers are right so far; and if one class is named for many photos, which, where there is room."""
    most, name = _most_named(answers)
    words = tr(COUNTED if count == COUNT else COUNTING if count else BEGINNING, right=right, count=count)
    more = tr(ONE_CLASS, right=right, most=most, name=name)
    fits = svg.text_width(more, size) < box.width
    said = more if count == COUNT and most > COUNT / 3 and fits else words
    return svg.text(box.x, box.y + 0.7 * size, said, size=size, bold=True)


def _columns() -> tuple[int, ...]:
    """The numbers of bits that have a column: float32 first, then from most to fewest."""
    return (FLOAT32.bits, *range(MOST, FEWEST - 1, -1))


def _setting(values: Values) -> Setting:
    return Setting(values["bits"], values["grids"] == PER_CHANNEL)


def _of(bits: int, setting: Setting) -> Setting:
    """The setting with other bits."""
    return FLOAT32 if bits == FLOAT32.bits else Setting(bits, setting.per_channel)
