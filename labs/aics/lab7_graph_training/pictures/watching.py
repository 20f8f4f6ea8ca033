"""Pictures of what TensorBoard reads: a record byte by byte, the gradients of each layer, TensorBoard itself."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aics.lab7_graph_training.protobuf import Malformed, double, fields, signed
from aics.language import noted, plural, tr
from aics.show.figure import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    LINE,
    ORANGE,
    PALETTE,
    PURPLE,
    RED,
    SKY,
    YELLOW,
    bare,
    box,
    new_picture,
)
from aics.show.image_tag import image_tag

if TYPE_CHECKING:
    from aics.show.picture import Picture

#: A record of a real log: the loss was 0.25 at step 300.
EXAMPLE = bytes.fromhex(
    "1b00000000000000 1a0d9e13 09000000 40fc54d9 4110ac02 2a0d0a0b 0a046c6f 73731500 00803e71 0190a7"
)
#: Bytes in a row, and rows that are drawn at most.
_ACROSS, _ROWS = 16, 9


class Part(NamedTuple):
    """A run of bytes: where it begins and ends, what it is, and its colour."""

    start: int
    end: int
    words: str
    colour: str


def record_bytes(record: bytes = EXAMPLE) -> Picture:
    """Draw a record byte by byte, its parts in colours, and beside it what each part says."""
    parts = [*_parts(record)]
    rows = min(-(-len(record) // _ACROSS), _ROWS)
    alt = tr(
        "A record of {count} bytes: {parts}.", count=len(record), parts=tr("; ").join(part.words for part in parts)
    )
    picture, (axis,) = new_picture(11, max(0.34 * rows, 0.27 * len(parts)) + 0.5, alt=alt)
    for part in parts:
        for place in range(part.start, min(part.end, rows * _ACROSS)):
            row, column = divmod(place, _ACROSS)
            box(axis, column, row, 1, 1, fill=True, facecolor=part.colour, edgecolor=LINE, linewidth=0.6)
            text = f"{record[place]:02x}"
            axis.text(column + 0.5, row + 0.52, text, ha="center", va="center", fontsize=9, family="monospace")
    for number, part in enumerate(parts):
        top = number * max(rows, 0.8 * len(parts)) / len(parts)
        box(axis, _ACROSS + 0.7, top + 0.1, 0.6, 0.6, fill=True, facecolor=part.colour, edgecolor=LINE, linewidth=0.6)
        axis.text(_ACROSS + 1.6, top + 0.42, part.words, va="center", fontsize=9)
    if len(record) > rows * _ACROSS:
        more = plural("... and 1 byte more", "... and {count} bytes more", len(record) - rows * _ACROSS)
        axis.text(0, rows + 0.4, more, va="center", fontsize=9)
    bare(axis)
    axis.set_xlim(-0.2, _ACROSS + 13)
    axis.set_ylim(max(rows, 0.8 * len(parts)) + 0.8, -0.2)
    return picture


def _parts(record: bytes) -> Iterator[Part]:
    """A record's parts in order, those of its event one by one."""
    if len(record) < 16:
        yield Part(0, len(record), tr("too short for a record"), RED + "80")
        return
    (length,) = struct.unpack_from("<Q", record)
    yield Part(0, 8, tr("length of the data: {length}", length=length), SKY + "90")
    yield Part(8, 12, tr("masked checksum of the length"), FAINT)
    yield from _event(record[:-4], 12)
    yield Part(len(record) - 4, len(record), tr("masked checksum of the data"), FAINT)


#: Path of a field -> what it is called, and its colour.
_NAMES = {
    (1,): ("wall_time", GREEN),
    (2,): ("step", ORANGE),
    (3,): ("file_version", YELLOW),
    (4,): ("graph_def", BLUE),
    (5, 1, 1): ("tag", YELLOW),
    (5, 1, 2): ("simple_value", PURPLE),
    (5, 1, 5): ("histo", BLUE),
}
#: Messages, which are drawn field by field.
_OUTER = {
    (5,): noted("summary, field 5: {length} bytes follow"),
    (5, 1): noted("a value, field 1: {length} bytes follow"),
}


def _event(data: bytes, start: int, path: tuple[int, ...] = ()) -> Iterator[Part]:
    """The fields of a message that begins there, one by one."""
    try:
        for field in fields(data[start:]):
            here, (first, last) = (*path, field.number), (start + field.start, start + field.end)
            if here in _OUTER and isinstance(field.value, bytes):
                inside = last - len(field.value)
                yield Part(first, inside, tr(_OUTER[here], length=len(field.value)), INK + "26")
                yield from _event(data[:last], inside, here)
            else:
                name, colour = _NAMES.get(here, (tr("unknown"), RED))
                yield Part(first, last, _said(name, field.number, field.value), colour + "80")
    except Malformed as error:
        yield Part(start + error.place, len(data), tr("cannot be read"), RED + "80")


def _said(name: str, number: int, value: int | bytes) -> str:
    """What a field is and holds, in a line."""
    if isinstance(value, int):
        return tr("{name}, field {number}: {value}", name=name, number=number, value=signed(value))
    if name in ("tag", "file_version"):
        shown = value[:24].decode("utf-8", "replace")
        return tr("{name}, field {number}: {value}", name=name, number=number, value=f"{shown!r}")
    if len(value) == 8:
        return tr("{name}, field {number}: {value}", name=name, number=number, value=f"{double(value):.15g}")
    if len(value) == 4:
        four = f"{struct.unpack('<f', value)[0]:g}"
        return tr("{name}, field {number}: {value}", name=name, number=number, value=four)
    return tr("{name}, field {number}: {length} bytes", name=name, number=number, length=len(value))


def gradients_by_layer(steps: Sequence[int], spreads: Mapping[str, Sequence[float]]) -> Picture:
    """Draw how large the gradients of each layer are while a network learns, on a scale of powers of ten.

    steps : (S,); spreads : layer -> (S,) standard deviations of its gradient
    """
    words = [
        tr("{layer} from {first:.1e} to {last:.1e}", layer=layer, first=row[0], last=row[-1])
        for layer, row in spreads.items()
    ]
    alt = tr("Standard deviation of the gradient over the steps. {layers}.", layers=tr("; ").join(words))
    picture, (axis,) = new_picture(8, 3.6, alt=alt)
    for number, (layer, row) in enumerate(spreads.items()):
        axis.plot(steps, np.maximum(row, 1e-30), color=PALETTE[number % len(PALETTE)], label=layer)
    axis.set_yscale("log")
    axis.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False, fontsize=9)
    axis.set_xlabel(tr("step"))
    axis.set_ylabel(tr("deviation of the gradient"))
    axis.spines[["top", "right"]].set_visible(False)
    return picture


class Still:
    """A picture from a file beside this module, and the same in words."""

    def __init__(self, path: Path, alt: str) -> None:
        self.path, self.alt = path, alt

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        markup = image_tag(self.path.read_bytes(), alt=self.alt, kind="webp", style="max-width: 100%")
        return {"text/html": markup, "text/plain": self.alt}


#: What is shown of TensorBoard -> where it lies; docs/make/board.py draws it, on a log of the finished notebook.
STILLS = {page: Path(__file__).with_name(f"tensorboard_{page}.webp") for page in ("timeseries", "graphs")}
_STILLS = {
    "timeseries": noted(
        "TensorBoard in a browser: curves of accuracy and loss over 600 steps, which stand still at first; below them, "
        "as rows of hills, where the gradients of two layers lie: they spread once the loss begins to fall."
    ),
    "graphs": noted(
        "TensorBoard in a browser: the network as boxes with arrows, from the images through fc1, fc2, fc3 and fc to "
        "loss and accuracy; beside it the gradients as one box, and the steps that they lead to."
    ),
}


def tensorboard(page: str) -> Still:
    """Show what TensorBoard makes of section 13's log, for those who have not installed it.

    page : "timeseries" or "graphs"
    """
    return Still(STILLS[page], tr(_STILLS[page]))
