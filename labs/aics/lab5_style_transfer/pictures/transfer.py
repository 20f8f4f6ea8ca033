"""Pictures of a style transfer while it runs and after it: picture and losses, film strip, grid of parameters."""

from __future__ import annotations

import html
import io
import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from aics.card.theme import INK, LINE, PAGE
from aics.lab5_style_transfer.pictures.texture import picture_of
from aics.language import listed, noted, tr
from aics.show.figure import BLUE, ORANGE, bare, new_picture
from aics.show.image_tag import image_tag
from aics.show.live import LiveDisplay

if TYPE_CHECKING:
    from aics.lab5_style_transfer.picture_run import PictureRun
    from aics.show.picture import Picture

#: Line colour and dashes of each loss, told apart also where colours are not; and what they are called, one a line.
_LINES = ((INK, ""), (BLUE, "6 3"), (ORANGE, "2 3"))
_LOSSES = noted("total\ncontent\nstyle")
_HEIGHT, _WIDTH = 300, 400
#: Where the legend stands: curves begin at the upper left and fall.
_LEGEND = 224


class TransferFrame:
    """A running transfer as it is now: the picture beside the curves of its losses.

    It is drawn several times a second while the transfer is computed, so it is a small PNG and a few lines of SVG.
    """

    def __init__(self, image: np.ndarray, losses: Sequence[Sequence[float]], until: int, note: str = "") -> None:
        """Show this state.

        image : (H, W, 3) uint8; losses : (total, content, style) of each step; until : steps in all
        """
        self.image, self.losses, self.until, self.note = image, losses, until, note

    def __repr__(self) -> str:
        return tr("{state}. {note}", state=self._state(), note=self.note) if self.note else self._state()

    def _state(self) -> str:
        """How far the run is, and what has become of its losses."""
        if not self.losses:
            return tr("step {step} of {until}", step=0, until=self.until)
        return tr(
            "step {step} of {until}: total loss {first[0]:.3g} -> {last[0]:.3g}, "
            "content loss {first[1]:.3g} -> {last[1]:.3g}, style loss {first[2]:.3g} -> {last[2]:.3g}",
            step=len(self.losses),
            until=self.until,
            first=self.losses[0],
            last=self.losses[-1],
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        style = "display:flex;gap:1em;align-items:center;flex-wrap:wrap"
        row = f'<div style="{style}">{self._picture()}{self._curves()}</div>'
        return {"text/html": f"{row}<p>{html.escape(repr(self))}</p>", "text/plain": repr(self)}

    def _picture(self) -> str:
        from PIL import Image

        file = io.BytesIO()
        Image.fromarray(self.image).save(file, "png")
        width = round(_HEIGHT * self.image.shape[1] / self.image.shape[0])
        alt = tr("The picture after {steps} steps", steps=len(self.losses))
        return image_tag(file.getvalue(), alt=alt, height=_HEIGHT, width=width)

    def _curves(self) -> str:
        """The losses on a logarithmic scale, each as a share of its own largest."""
        lines = []
        for number, (name, (color, dashes)) in enumerate(zip(tr(_LOSSES).split("\n"), _LINES, strict=True)):
            points = _points([row[number] for row in self.losses], self.until)
            pen = f'style="stroke:{color}" fill="none" stroke-width="2" stroke-dasharray="{dashes}"'
            lines.append(
                f'<polyline {pen} points="{points}"/>'
                f'<polyline {pen} points="14,{_LEGEND + 18 * number} 44,{_LEGEND + 18 * number}"/>'
                f'<text x="52" y="{_LEGEND + 4 + 18 * number}" font-size="12" style="fill:{INK}">{name}</text>'
            )
        scale = tr("step 0 to {until}; from line to line the loss is a tenth", until=self.until)
        frame = (
            f'<rect x="1" y="1" width="{_WIDTH - 2}" height="{_HEIGHT - 22}" style="fill:{PAGE};stroke:{LINE}"/>'
            f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 6}" font-size="12" text-anchor="middle" style="fill:{INK}">'
            f"{scale}</text>"
        )
        for tenth in range(1, _DECADES):
            y = _height(10.0**-tenth)
            frame += f'<line x1="1" x2="{_WIDTH - 1}" y1="{y:.1f}" y2="{y:.1f}" style="stroke:{LINE}"/>'
        return (
            f'<svg role="img" aria-label="{html.escape(repr(self))}" width="{_WIDTH}" height="{_HEIGHT}">'
            f"{frame}{''.join(lines)}</svg>"
        )


#: Powers of ten that the curves' scale goes down.
_DECADES = 4


def _height(share: float) -> float:
    """Where a share of the largest loss stands: 1 on top, 0.0001 at the bottom."""
    down = -math.log10(max(share, 10.0**-_DECADES)) / _DECADES
    return 8 + down * (_HEIGHT - 38)


def _points(losses: Sequence[float], until: int) -> str:
    """A curve as SVG points: fewer than 400 of them, so that a long run stays quick to draw."""
    largest = max(losses, default=0.0) or 1.0
    stride = max(1, len(losses) // 200)
    steps = [*range(0, len(losses), stride)]
    return " ".join(f"{4 + (_WIDTH - 8) * k / max(until - 1, 1):.1f},{_height(losses[k] / largest):.1f}" for k in steps)


def watch_transfer(run: PictureRun, until: int, mean: np.ndarray) -> None:
    """Run a transfer until `until` steps are done in all, and show it while it runs.

    An interrupt stops it; nothing is lost, and the next call goes on from there.

    run : its losses are (total, content, style); mean : (3,), the mean colour
    """

    def frame(note: str = "") -> TransferFrame:
        return TransferFrame(picture_of(run.image, mean), run.losses, until, note)

    shown = LiveDisplay(frame())
    try:
        for _ in run.frames(until):
            shown.update(frame())
    except KeyboardInterrupt:
        said = tr("Stopped after step {step}. Run this cell again, and it goes on from there.", step=run.step)
        shown.update(frame(said))


def film_strip(film: Mapping[int, np.ndarray], mean: np.ndarray, count: int = 8) -> Picture:
    """Draw how the picture of a run changed, from its first state to its last.

    film : step -> (1, 3, H, W); mean : (3,), the mean colour; count : pictures at most
    """
    steps = list(film)
    places = np.unique(np.rint(np.linspace(0, len(steps) - 1, min(count, len(steps)))).astype(int))
    chosen = [steps[place] for place in places]
    columns = min(4, len(chosen))
    rows = -(-len(chosen) // columns)
    height, width = film[steps[0]].shape[2:]
    cell = 10.5 / columns
    alt = tr("Pictures of the run after {steps} steps", steps=listed(chosen))
    size = rows * (cell * min(height / width, 1.5) + 0.3)
    picture, axes = new_picture(10.5, size, alt=alt, rows=rows, columns=columns)
    for axis in axes:
        bare(axis)
    for axis, step in zip(axes, chosen, strict=False):
        axis.imshow(picture_of(film[step], mean), interpolation="antialiased")
        bare(axis, tr("step {step}", step=step))
    return picture


#: The name of a parameter, and the values that are tried.
Trials = tuple[str, Sequence[float | str]]


def compare_parameters(make: Callable[..., np.ndarray], *, rows: Trials, columns: Trials, mean: np.ndarray) -> None:
    """Compute a picture for each pair of parameters, and show them in a grid that fills while they are computed.

    make : called with one value of each by keyword, returns (1, 3, H, W)
    rows, columns : the parameter's name, and its values; mean : (3,), the mean colour
    """
    done: dict[tuple[float | str, float | str], np.ndarray] = {}
    shown: LiveDisplay | None = None
    for row in rows[1]:
        for column in columns[1]:
            done[row, column] = picture_of(make(**{rows[0]: row, columns[0]: column}), mean)
            grid = parameter_grid(done, rows, columns)
            if shown is None:
                shown = LiveDisplay(grid)
            else:
                shown.update(grid)


def parameter_grid(
    pictures: Mapping[tuple[float | str, float | str], np.ndarray], rows: Trials, columns: Trials
) -> Picture:
    """Draw pictures in a grid, a row and a column for each value of two parameters; missing ones stay grey.

    pictures : (row's value, column's value) -> (H, W, 3) uint8
    """
    first = next(iter(pictures.values()))
    down, across = len(rows[1]), len(columns[1])
    cell = 9.8 / max(across, 3)
    alt = tr(
        "{count} of {all} pictures: rows {down} {rows}; columns {across} {columns}",
        count=len(pictures),
        all=down * across,
        down=rows[0],
        rows=listed(rows[1]),
        across=columns[0],
        columns=listed(columns[1]),
    )
    high = down * (cell * min(first.shape[0] / first.shape[1], 1.5) + 0.1) + 0.3
    picture, axes = new_picture(cell * across + 0.9, high, alt=alt, rows=down, columns=across)
    for (r, row), (c, column) in ((r, c) for r in enumerate(rows[1]) for c in enumerate(columns[1])):
        axis = axes[r * across + c]
        bare(axis, f"{columns[0]} {_short(column)}" if r == 0 else "")
        if (row, column) in pictures:
            axis.imshow(pictures[row, column], interpolation="bicubic")
        else:
            axis.imshow(np.full_like(first, 236))
        if c == 0:
            axis.set_ylabel(f"{rows[0]}\n{_short(row)}", rotation=0, ha="right", va="center", fontsize=9)
    return picture


def _short(value: object) -> str:
    """A parameter's value as a label."""
    return f"{value:g}" if isinstance(value, int | float) else str(value)
