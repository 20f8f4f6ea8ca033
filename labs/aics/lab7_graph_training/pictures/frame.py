"""The picture of the lab as a whole: what a graph that learns is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aics.language import tr
from aics.show.figure import INK, MUTED, ORANGE, PAPER, SKY, bare, box, new_picture
from aics.show.graphs import arrow

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.show.picture import Picture

_WIDE, _TALL = 2.3, 1.15
#: Where each part stands: the left side and the middle of its box.
_PLACES = {
    "images": (0.0, 0.0),
    "layers": (3.1, 0.0),
    "loss": (9.3, 0.0),
    "memory": (0.0, 2.6),
    "variables": (3.1, 2.6),
    "optimizer": (6.2, 2.6),
    "gradients": (9.3, 2.6),
    "window": (12.4, 1.3),
}
#: What lab 4's graph has already.
_KNOWN = frozenset({"images", "layers", "loss"})


def _parts() -> dict[str, tuple[str, str]]:
    """What stands in each box: the part, and what it does or in which sections it is built."""
    return {
        "images": (tr("images"), tr("a placeholder")),
        "layers": (tr("layers"), tr("more in 7, 9 to 11")),
        "loss": (tr("loss"), tr("one number")),
        "gradients": (tr("gradients"), tr("sections 5 and 6")),
        "optimizer": (tr("optimizer"), tr("section 8")),
        "variables": (tr("variables"), tr("sections 3 and 4")),
        "memory": (tr("a memory"), tr("section 12")),
        "window": (tr("a window"), tr("section 13")),
    }


def road() -> Picture:
    """Draw a training step as a round trip through the graph: what lab 4 had, and what each section adds."""
    alt = tr(
        "A round trip. Images go into the layers, the layers give a loss: lab 4's graph ends here. New: from the loss "
        "to the gradients (sections 5 and 6), from there to the optimizer (section 8), which changes the variables "
        "(sections 3 and 4), which the layers read (more layers: 7, 9 to 11). Beside it: a memory that keeps the "
        "variables in a file (section 12), and a window that shows the loss and the gradients (section 13). Each run "
        "has a plan (section 2)."
    )
    picture, (axis,) = new_picture(10.2, 3.6, alt=alt)
    middle = (3.1 + 9.3 + _WIDE) / 2
    for name, (part, sections) in _parts().items():
        _part(axis, name, part, sections)
    for start, end in ("images layers", "layers loss"), ("gradients optimizer", "optimizer variables"):
        for pair in (start, end):
            _join(axis, *pair.split())
    for pair in ("variables layers", "loss gradients", "variables memory", "memory variables"):
        _join(axis, *pair.split())
    for name, drop in (("loss", -0.25), ("gradients", 0.25)):
        arrow(axis, (_PLACES[name][0] + _WIDE, _PLACES[name][1]), (_PLACES["window"][0], 1.3 + drop))
    axis.text(middle, 1.3, tr("a plan for each run: section 2"), ha="center", va="center", fontsize=10, color=MUTED)
    axis.set_xlim(-0.15, 12.4 + _WIDE + 0.15)
    axis.set_ylim(3.4, -0.8)
    bare(axis)
    return picture


def _part(axis: Axes, name: str, part: str, sections: str) -> None:
    """A box; dashed where it has yet to be built."""
    left, middle = _PLACES[name]
    color = SKY if name in _KNOWN else ORANGE
    style = {"facecolor": color + "88" if name in _KNOWN else PAPER, "linestyle": "-" if name in _KNOWN else "--"}
    box(axis, left, middle - _TALL / 2, _WIDE, _TALL, fill=True, edgecolor=color, linewidth=1.8, **style)
    axis.text(left + _WIDE / 2, middle - 0.17, part, ha="center", va="center", fontsize=11, color=INK)
    axis.text(left + _WIDE / 2, middle + 0.25, sections, ha="center", va="center", fontsize=8, color=INK)


def _join(axis: Axes, start: str, end: str) -> None:
    """An arrow from the side of one box to that of another, beside it or above it; there and back, side by side."""
    (x0, y0), (x1, y1) = _PLACES[start], _PLACES[end]
    if x0 == x1:
        way = 1 if y1 > y0 else -1
        arrow(axis, (x0 + _WIDE / 2, y0 + way * _TALL / 2), (x1 + _WIDE / 2, y1 - way * _TALL / 2))
        return
    beside = {"memory": -0.2, "variables": 0.2}.get(start, 0.0) if {start, end} == {"memory", "variables"} else 0.0
    ends = (x0 + _WIDE, x1) if x1 > x0 else (x0, x1 + _WIDE)
    arrow(axis, (ends[0], y0 + beside), (ends[1], y1 + beside))
