"""What holds of every demo's scene: looked for in its markup, without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any
from xml.etree import ElementTree

import numpy as np

from aics.demos.controls import Choice, Control, Film, Numbers, Photo, Press, Slider, Toggle
from aics.demos.demo import Demo, Scene, View
from aics.demos.svg import text_width
from aics.show.photos import opened

#: The stages of a desk, a notebook, a projector at 24 points, a low one of it, and a phone.
VIEWS = (View(980, 560, 16), View(640, 420, 16), View(886, 372, 32), View(886, 240, 32), View(358, 600, 16))
_SIZE = re.compile(r"font-size:([\d.]+)px")


def begin(demo: Demo, photo: np.ndarray | None = None) -> dict[str, Any]:
    """The values that a page begins with; `photo` in the place of the embedded one."""
    return {control.name: _first(control, photo) for control in demo.controls}


def _first(control: Control, photo: np.ndarray | None) -> Any:
    if not isinstance(control, Photo):
        return control.value
    from aics import data

    return opened(data.photo(control.value)) if photo is None else photo


def extremes(control: Control) -> list[Any]:
    """Values at the ends of what a control allows."""
    if isinstance(control, Slider):
        return [type(control.value)(control.low), type(control.value)(control.high)]
    if isinstance(control, Choice):
        return list(control.options)
    if isinstance(control, Toggle):
        return [False, True]
    if isinstance(control, Film):
        return [0, control.frames // 2, control.frames - 1]
    if isinstance(control, Numbers):
        zero, huge = (tuple(tuple(v for _ in row) for row in control.value) for v in (0.0, -12345.678))
        return [zero, huge]
    if isinstance(control, Photo):
        return photos()
    assert isinstance(control, Press)
    return [0]


def photos() -> list[np.ndarray]:
    """Photos that nobody expects: one pixel, a line across, a line down, black."""
    rng = np.random.default_rng(0)
    sizes = ((1, 1), (3, 1024), (1024, 3))
    return [rng.integers(0, 256, (*size, 3), dtype=np.uint8) for size in sizes] + [np.zeros((40, 60, 3), np.uint8)]


def all_extremes(demo: Demo) -> Iterator[Mapping[str, Any]]:
    """The values that a page begins with, and these with each control at each of its ends."""
    first = begin(demo)
    ends = ({**first, control.name: value} for control in demo.controls for value in extremes(control))
    return chain([first], ends)


def expect_readable(scene: Scene, view: View) -> None:
    """Well-formed, in words too, with no letter below the view's label, and nothing beside the stage."""
    root = ElementTree.fromstring(scene.markup)
    assert len(scene.alt) > 20
    assert "{" not in scene.alt + scene.caption
    sizes = [float(size) for size in _SIZE.findall(scene.markup)]
    assert min(sizes, default=view.label) >= view.label
    for box in chain(root.iter(f"{SVG}rect"), root.iter(f"{SVG}image")):
        x, y, width, height = (float(box.get(name, 0)) for name in ("x", "y", "width", "height"))
        assert min(x, y) >= -1, box.attrib
        assert x + width <= view.width + 1, box.attrib
        assert y + height <= view.height + 1, box.attrib


def expect_nothing_cut_off(scene: Scene, view: View) -> None:
    """No line of text reaches beyond the stage's sides, as far as that can be told without a browser."""
    for words in ElementTree.fromstring(scene.markup).iter(f"{SVG}text"):
        left, right = _ends(words)
        assert left >= -2, words.text
        assert right <= view.width + 2, words.text


def _ends(words: ElementTree.Element) -> tuple[float, float]:
    """Where a line of text begins and ends, about: in a font that is a little narrower than what is reckoned with."""
    found = _SIZE.search(words.get("style", ""))
    wide = 0.9 * text_width(words.text or "", float(found[1]) if found else 0)
    left = (
        float(words.get("x", 0)) - {"start": 0.0, "middle": 0.5, "end": 1.0}[words.get("text-anchor", "start")] * wide
    )
    return left, left + wide


SVG = "{http://www.w3.org/2000/svg}"
