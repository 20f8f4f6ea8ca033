"""The convolution explorer: a window is dragged over a photo, and each sum becomes a pixel of the feature map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from aics.demos.controls import Choice, Control, Numbers, Photo, Slider, Toggle
from aics.demos.demo import Demo, Scene, Values, View
from aics.lab2_layers.demos.convolution_drawing import Drawing
from aics.lab2_layers.demos.kernels import KERNELS
from aics.lab2_layers.demos.layer import FeatureMaps
from aics.lab2_layers.demos.short_numbers import short
from aics.lab2_layers.demos.window_step import OWN, Step
from aics.language import noted, sentences, tr

ALT = noted(
    "The kernel {kernel} over a photo of {width} x {height} pixels. The window at row {row}, column {column} of the "
    "output times the kernel adds up to {total}, one pixel of the {across} x {down} feature map."
)
CAPTION = noted(
    "Window times kernel, entry by entry: {products} products add up to {total}, one pixel of the feature map."
)
WRONG = noted("Here the products add up to {total}, but the layer's feature map has {got}.")
#: How far a layer's value may be from the sum, as a fraction of what the sum can be at most.
_CLOSE = 1e-4
#: Positions of a window: the most that the sliders allow.
_MOST = 44


class Convolution(Demo):
    """A window of the photo times a kernel, added up, is one pixel of the feature map."""

    name: ClassVar[str] = "convolution"
    title: ClassVar[str] = noted("Convolution: one window, one sum, one pixel")
    about: ClassVar[str] = noted(
        "Drag a window over a photo and see its pixels times a kernel add up to a feature map."
    )
    ask: ClassVar[str] = noted(
        "Half of the feature map is painted. Where will the other half be green, purple, nearly white?"
    )
    draggable: ClassVar[bool] = True
    keys: ClassVar[str] = noted("The arrow keys move the window by one position.")

    def __init__(self) -> None:
        super().__init__()
        self._maps = FeatureMaps()

    @property
    def controls(self) -> Sequence[Control]:
        """Photo, kernel, and where the window is."""
        numbers = tuple(tuple(float(entry) for entry in row) for row in KERNELS["left to right"])
        return (
            Photo("photo", tr("Photo"), "coffee", longest=512),
            Choice("kernel", tr("Kernel"), (*KERNELS, OWN), "left to right"),
            Numbers("numbers", tr("Own numbers"), numbers),
            Toggle("whole", tr("Whole feature map")),
            Slider("pixels", tr("Pixels across"), 16, 40, 36),
            Slider("stride", tr("Stride"), 1, 4, 1),
            Slider("padding", tr("Padding"), 0, 2, 0),
            Slider("row", tr("Window's row"), 0, _MOST, 11),
            Slider("column", tr("Window's column"), 0, _MOST, 13),
        )

    def scene(self, values: Values, view: View) -> Scene:
        """Return the window on the photo, its sum and the feature map."""
        step = Step.of(values)
        image, kernels = step.image[None].astype(np.float32), step.kernel[None, :, :, None]
        feature_map = self._maps.of(image, kernels, step.stride, step.padding)[0]
        markup = Drawing(step, feature_map, values["whole"], view).markup()
        return Scene(markup, self._alt(step, values["kernel"]), self._caption(step, feature_map))

    def _alt(self, step: Step, kernel: str) -> str:
        (height, width), (down, across) = step.image.shape, step.output
        where = {"row": step.row, "column": step.column, "down": down, "across": across}
        return tr(ALT, kernel=tr(kernel), width=width, height=height, total=short(step.total), **where)

    def _caption(self, step: Step, feature_map: np.ndarray) -> str:
        """What happens here; a sentence more where the layer's own value is another one."""
        said = [tr(CAPTION, products=step.products.size, total=short(step.total))]
        got, most = float(feature_map[step.row, step.column]), 255 * float(np.abs(step.kernel).sum())
        if not abs(got - step.total) <= _CLOSE * max(most, 1):
            said.append(tr(WRONG, total=short(step.total), got=short(got)))
        return sentences(*said, self._maps.trouble)

    def pointed(self, x: float, y: float, values: Values, view: View) -> Values:
        """Move the window's middle, or the map's pixel, to where the mouse is."""
        step = Step.of(values)
        drawing = Drawing(step, np.zeros(step.output), False, view)
        photo, shown = drawing.layout.photo, drawing.layout.feature_map
        if photo.holds(x, y, view.label):
            rows, columns = step.padded.shape
            middle = (step.side - 1) / 2
            down = ((y - photo.y) / photo.height * rows - 0.5 - middle) / step.stride
            across = ((x - photo.x) / photo.width * columns - 0.5 - middle) / step.stride
            return _inside(round(down), round(across), step)
        if shown.holds(x, y, view.label / 2):
            down, across = (y - shown.y) / shown.height * step.output[0], (x - shown.x) / shown.width * step.output[1]
            return _inside(int(down), int(across), step)
        return {}

    def stepped(self, right: int, down: int, values: Values) -> Values:
        """Move the window by one position."""
        step = Step.of(values)
        return _inside(step.row + down, step.column + right, step)

    def chosen(self, name: str, values: Values) -> Values:
        """Let the table follow the kernel's name, and the name an edited table."""
        named, table = KERNELS.get(values["kernel"]), values["numbers"]
        if name == "kernel" and named is not None and named.shape == np.shape(table):
            return {"numbers": tuple(tuple(float(entry) for entry in row) for row in named)}
        if name == "numbers" and (named is None or not np.array_equal(named, np.asarray(table, dtype=float))):
            return {"kernel": OWN}
        return {}

    def whose(self) -> str:
        """Say whose layer computes the feature map."""
        return self._maps.code.whose


def _inside(row: int, column: int, step: Step) -> Values:
    """A position that the output has."""
    down, across = step.output
    return {"row": min(max(row, 0), down - 1), "column": min(max(column, 0), across - 1)}
