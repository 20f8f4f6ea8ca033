"""The demo of the receptive field: which part of a photo one number of a feature map sees, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aics.demos.controls import Control, Photo, Slider, Toggle
from aics.demos.demo import Demo, Scene, Values, View
from aics.lab3_vgg19.demos.features import LAST, LONGEST, Maps, Reader
from aics.lab3_vgg19.demos.fields import fields
from aics.lab3_vgg19.demos.influence import Influence, half_of_it
from aics.lab3_vgg19.demos.network import Networks
from aics.lab3_vgg19.demos.receptive_layout import Layout, layout
from aics.lab3_vgg19.demos.receptive_markup import Chosen, drawn
from aics.language import noted, sentences, tr

FIELDS = fields()
#: Maps that one can look at: as many as the narrowest layer has.
MAPS = 16
ALT = noted(
    "{layer}: the number in row {row}, column {column} of a map of {rows} x {columns} sees {size} x {size} pixels of "
    "the photo, from column {left} to {right} and row {top} to {bottom}. {value}"
)
VALUE, WAITING = noted("It is {number:.2f}."), noted("The maps are being computed.")
CAPTION = noted("A layer adds (kernel - 1) x jump pixels; the jump is the product of all strides before it.")
OUTSIDE = noted(
    "A layer adds (kernel - 1) x jump pixels; the jump is the product of all strides before it. Of this field "
    "{share:.0%} are zeros around the photo."
)
COUNTS = noted(
    "The brighter a pixel, the more the number changes with it. {share:.1f} % of the {size} x {size} pixels have half "
    "of all influence."
)


class ReceptiveField(Demo):
    """The mouse over a feature map lights up the patch of the photo that this number depends on."""

    name = "receptive"
    title = noted("What one number sees")
    about = noted("Point at a number deep in the network: the patch of the photo that it depends on lights up.")
    ask = noted(
        "One number of the last layer, pool5: how much of the photo does it see? A spot, a quarter, or all of it?"
    )
    keys = noted("The arrow keys move to the next number of the map.")
    draggable = hovering = True

    def __init__(self) -> None:
        super().__init__()
        self._networks = Networks()
        self._reader = Reader(self._networks, lambda: self.changed())
        self._influence = Influence(self._networks, lambda: self.changed())

    @property
    def controls(self) -> Sequence[Control]:
        """What can be chosen."""
        return (
            Slider("layer", noted("Layer"), 1, len(FIELDS), 8),
            Slider("map", noted("Map, the strongest first"), 1, MAPS, 3),
            Slider("across", noted("Across the photo"), 0, LONGEST - 1, 126, unit="px"),
            Slider("down", noted("Down the photo"), 0, LONGEST - 1, 62, unit="px"),
            Toggle("counts", noted("Show what counts most")),
            Photo("photo", noted("Photo")),
        )

    def scene(self, values: Values, view: View) -> Scene:
        """Draw the photo with the field, the field enlarged, the map, and the sizes of all fields."""
        maps = self._reader.maps(values["photo"])
        chosen = chosen_in(values, maps)
        if values["counts"] and LAST in maps.found:
            chosen = replace(chosen, counts=self._influence.of(maps, chosen.number))
        words = sentences(self._networks.trouble, _words(chosen))
        return Scene(drawn(chosen, _layout(maps, view), view), _alt(chosen), words)

    def pointed(self, x: float, y: float, values: Values, view: View) -> Values:
        """Go to the number under the mouse, in the map or in the photo, or to the layer whose bar is there."""
        maps = self._reader.maps(values["photo"])
        where = _layout(maps, view)
        if where.bars.holds(x, y):
            return {"layer": 1 + min(int(where.bars.share(x, y)[0] * len(FIELDS)), len(FIELDS) - 1)}
        for box in (where.map, where.photo):
            if box.holds(x, y):
                across, down = box.share(x, y)
                return _inside(across * maps.photo.shape[1], down * maps.photo.shape[0], maps)
        return {}

    def stepped(self, right: int, down: int, values: Values) -> Values:
        """Go to a neighbour in the map."""
        maps = self._reader.maps(values["photo"])
        chosen = chosen_in(values, maps)
        field = chosen.field
        columns, rows = (field.count(side) for side in chosen.sides)
        column = min(max(chosen.column + right, 0), columns - 1)
        row = min(max(chosen.row + down, 0), rows - 1)
        return _inside(field.centre(column), field.centre(row), maps)

    def whose(self) -> str:
        """Say whose network computes the maps."""
        return self._networks.whose

    def close(self) -> None:
        """Stop computing maps."""
        super().close()
        self._reader.close()
        self._influence.close()


def _words(chosen: Chosen) -> str:
    """How the field has become so large, and what of it lies outside; or what of it counts."""
    if chosen.counts is not None:
        size = chosen.field.size
        return tr(COUNTS, share=100 * half_of_it(chosen.counts, size**2), size=size)
    return tr(OUTSIDE, share=chosen.share_outside) if chosen.share_outside else tr(CAPTION)


def chosen_in(values: Values, maps: Maps) -> Chosen:
    """Return the number that these choices mean."""
    field = FIELDS[int(values["layer"]) - 1]
    height, width = maps.photo.shape[:2]
    column = field.nearest(min(values["across"], width - 1), field.count(width))
    row = field.nearest(min(values["down"], height - 1), field.count(height))
    found = maps.found.get(field.name)
    if found is None:
        return Chosen(FIELDS, field, row, column, maps.photo)
    channel = int(maps.order[field.name][min(int(values["map"]), len(found)) - 1])
    return Chosen(FIELDS, field, row, column, maps.photo, found[channel], channel)


def _layout(maps: Maps, view: View) -> Layout:
    return layout(view, maps.photo.shape[1] / maps.photo.shape[0])


def _inside(x: float, y: float, maps: Maps) -> Values:
    """The pixel as values of the two sliders."""
    height, width = maps.photo.shape[:2]
    return {"across": int(np.clip(round(x), 0, width - 1)), "down": int(np.clip(round(y), 0, height - 1))}


def _alt(chosen: Chosen) -> str:
    (left, right), (top, bottom) = chosen.spans
    columns, rows = (chosen.field.count(side) for side in chosen.sides)
    value = tr(WAITING) if chosen.value is None else tr(VALUE, number=chosen.value)
    said = {"left": left, "right": right - 1, "top": top, "bottom": bottom - 1, "rows": rows, "columns": columns}
    said |= {"row": chosen.row, "column": chosen.column, "size": chosen.field.size}
    return tr(ALT, layer=chosen.field.name, value=value, **said)
