"""What every scene of a demo keeps to, whatever is chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from aics.demos.controls import Choice, Control, Film, Photo, Press, Slider, Toggle
from aics.demos.demo import Demo, Scene, Values, View

#: A projector, a laptop and a phone.
VIEWS = (View(1280, 720, 32), View(800, 520, 16), View(360, 520, 16))
_SIZE = re.compile(r"font-size:([\d.]+)px")
#: Widths of letters and digits in parts of their height, a little less than the narrowest usual font has.
_LETTER = 0.45


def starting_values(demo: Demo, photo: object = None) -> dict[str, object]:
    """What a page holds before anything is moved; `photo` are the pixels."""
    return {c.name: photo if isinstance(c, Photo) else c.value for c in demo.controls}


def extremes(control: Control) -> list[object]:
    """The values at the ends of a control."""
    match control:
        case Slider():
            return [control.low, control.high]
        case Choice():
            return list(control.options)
        case Toggle():
            return [False, True]
        case Film():
            return [0, control.frames - 1]
        case Press():
            return [0]
    return []


def every_extreme(demo: Demo, values: Values) -> Iterator[dict[str, object]]:
    """The values with one control after the other at each of its ends."""
    for control in demo.controls:
        for value in extremes(control):
            yield {**values, control.name: value}


def assert_shown_well(scene: Scene, view: View) -> None:
    """Well-formed markup, words for those who do not see it, and letters that are large enough and inside the stage."""
    tree = ElementTree.fromstring(scene.markup)
    assert scene.alt
    assert scene.caption
    for tag in tree.iter():
        words = "".join(tag.itertext()).strip()
        if tag.tag.endswith("text") and words:
            size = float(_SIZE.search(tag.get("style", ""))[1])
            assert size >= view.label, f"{words!r} has {size} pixels"
            _assert_inside(words, float(tag.get("x")), float(tag.get("y")), size, tag.get("text-anchor"), view)


def _assert_inside(words: str, x: float, y: float, size: float, anchor: str | None, view: View) -> None:
    width = _LETTER * size * len(words)
    left = x - width * {"middle": 0.5, "end": 1}.get(anchor or "start", 0)
    assert left >= -1, f"{words!r} is cut off at the left"
    assert left + width <= view.width + 1, f"{words!r} is cut off at the right"
    assert size / 2 <= y <= view.height, f"{words!r} is cut off above or below"
