"""Pictures of checkpoints: the bytes of a file, and a run that was killed and went on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from aics.language import noted, tr
from aics.show.figure import BLUE, GREEN, INK, LINE, ORANGE, PALE, PALETTE, RED, bare, box, new_picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.show.picture import Picture

#: Bytes to a row, and rows that are drawn at most.
_ROW, _ROWS = 24, 18
_LENGTH, _HEADER, _SPACES = noted("length of the header"), noted("header"), noted("spaces")


def bytes_of(data: bytes) -> Picture:
    """Draw a safetensors file byte by byte: the length, the header, its spaces, and each tensor's numbers."""
    parts = _parts(data)
    shown = data[: _ROW * _ROWS]
    rows = -(-len(shown) // _ROW)
    colors = {title: color for (title, _, _), color in zip(parts, _colors(len(parts)), strict=True)}
    words = tr("; ").join(
        tr("{title}: bytes {begin} to {end}", title=title, begin=begin, end=end - 1) for title, begin, end in parts
    )
    alt = tr("The {count} bytes of a file, in hexadecimal. {words}.", count=len(data), words=words)
    picture, (axis,) = new_picture(9.5, 0.27 * rows + 0.28 * -(-len(parts) // 3) + 0.25, alt=alt)
    for title, begin, end in parts:
        for place in range(begin, min(end, len(shown))):
            _byte(axis, place, data[place], colors[title], title)
    for row in range(rows):
        axis.text(-0.4, row + 0.5, str(row * _ROW), ha="right", va="center", fontsize=8)
    for number, (title, begin, end) in enumerate(parts):
        left, top = 8.2 * (number % 3), rows + 0.5 + 1.05 * (number // 3)
        box(axis, left, top, 0.9, 0.75, fill=True, facecolor=colors[title], edgecolor=LINE, linewidth=0.6)
        axis.text(left + 1.1, top + 0.4, f"{title} ({end - begin})", va="center", fontsize=8)
    axis.set_xlim(-1.8, _ROW + 0.4)
    axis.set_ylim(rows + 0.7 + 1.05 * -(-len(parts) // 3), -0.2)
    bare(axis)
    return picture


def _byte(axis: Axes, place: int, value: int, color: str, title: str) -> None:
    """A byte as two digits; in the header as the letter that it is."""
    column, row = place % _ROW, place // _ROW
    box(axis, column, row, 1, 1, fill=True, facecolor=color, edgecolor=LINE, linewidth=0.4)
    letter = title == tr(_HEADER) and 32 < value < 127
    text = chr(value) if letter else f"{value:02x}"
    size = 9 if letter else 8
    axis.text(column + 0.5, row + 0.52, text.replace("$", r"\$"), ha="center", va="center", fontsize=size)


def _colors(count: int) -> list[str]:
    """Of the length, the header and its spaces; then the tensors'."""
    tensors = (GREEN, ORANGE, *PALETTE[3:])
    return [RED + "44", BLUE + "2A", PALE, *(tensors[number % len(tensors)] + "44" for number in range(count - 3))]


def _parts(data: bytes) -> list[tuple[str, int, int]]:
    """(what it is, first byte, first byte behind it), from a sound file; of others as far as can be seen."""
    size = int.from_bytes(data[:8], "little")
    text = data[8 : 8 + size]
    written = 8 + len(text.rstrip(b" "))
    parts = [(tr(_LENGTH), 0, 8), (tr(_HEADER), 8, written), (tr(_SPACES), written, 8 + len(text))]
    header: Mapping[str, Mapping[str, list[int]]] = json.loads(text)
    entries = {name: entry["data_offsets"] for name, entry in header.items() if name != "__metadata__"}
    found = sorted((8 + size + begin, 8 + size + end, name) for name, (begin, end) in entries.items())
    return [*parts, *((name, begin, end) for begin, end, name in found)]


def killed_run(whole: Mapping[int, float], before: Mapping[int, float], after: Mapping[int, float]) -> Picture:
    """Draw the losses of a run that went through, and of one that was killed and went on from its last checkpoint.

    whole, before, after : step -> loss
    """
    killed, again = max(before), min(after)
    said = {"killed": killed, "again": again - 1, "last": max(whole), "loss": whole[max(whole)]}
    alt = tr(
        "Loss against step. One run goes through to step {last}, with a loss of {loss:.4f}. Another one ends at step "
        "{killed}, begins once more behind step {again}, and lies on the first one to the end.",
        **said,
    )
    picture, (axis,) = new_picture(8.5, 3.2, alt=alt)
    axis.semilogy(list(whole), list(whole.values()), color=INK, linewidth=5, alpha=0.18, label=tr("goes through"))
    axis.semilogy(list(before), list(before.values()), color=RED, linewidth=1.8, label=tr("until it is killed"))
    axis.semilogy(list(after), list(after.values()), color=BLUE, linewidth=1.8, linestyle="--", label=tr("goes on"))
    axis.plot(killed, before[killed], "x", color=RED, markersize=10, markeredgewidth=2.5)
    axis.axvspan(again - 1, killed, color=PALE, zorder=0)
    axis.text((again - 1 + killed) / 2, max(whole.values()), tr("twice"), ha="center", va="top", fontsize=9)
    axis.set_xlabel(tr("step"))
    axis.set_ylabel(tr("loss"))
    axis.legend(fontsize=9)
    axis.spines[["top", "right"]].set_visible(False)
    return picture
