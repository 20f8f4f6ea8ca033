"""A training while it runs: a progress bar, the time that is left, and curves that grow."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from aics.card.theme import INK, LINE, PAGE, word_ink
from aics.language import noted, tr
from aics.show.figure import PALETTE
from aics.show.live import LiveDisplay

if TYPE_CHECKING:
    from aics.notebook.training import Training

#: Size of a panel, and of what lies around its curves: the title above, numbers at the left and below.
_WIDTH, _HEIGHT, _LEFT, _TOP, _BELOW = 330, 210, 52, 26, 24
#: Points of a curve at most: of a longer one, each point stands for several steps.
_POINTS = 160
#: Dashes of the curves in a panel: told apart also where colours are not.
_DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "1 4")


#: What the frame of a training says: where it is, and the numbers of its curves.
_WHERE, _WHERE_AND_WHAT = (
    noted("epoch {epoch} of {epochs}, step {step} of {steps}"),
    noted("epoch {epoch} of {epochs}, step {step} of {steps}: {numbers}"),
)
#: Names that this lab's trainings give their numbers.
_CURVES = (noted("loss"), noted("scale"), noted("accuracy"), noted("density"))


class TrainingFrame:
    """A running training as it is now: a progress bar, a line of text, and a panel of curves for each quantity.

    It is drawn several times a second while the training is computed, so it is a few lines of SVG.
    """

    def __init__(
        self, run: Training, epochs: int, *, curves: Sequence[str] = (), log: Sequence[str] = (), note: str = ""
    ) -> None:
        """Show the state of `run`; curves and log are those of `watch_training`, note is a sentence to add."""
        self._step, self._epoch, self._all = run.step, run.epoch, run.steps_per_epoch * epochs
        self._epochs, self._note = epochs, note
        numbers, measured = _panels(run.numbers), _panels(run.measured)
        steps, ends = np.arange(1, run.step + 1), run.steps_per_epoch * np.arange(run.epoch + 1)
        panels = {name: (rows, steps) for name, rows in numbers.items()}
        panels |= {name: _without_distant_start(rows, ends) for name, rows in measured.items()}
        self._curves = {name: panels[name] for name in curves or panels if name in panels}
        self._log = set(log)

    def __repr__(self) -> str:
        last = [_last(name, rows) for name, (rows, _) in self._curves.items()]
        said: dict[str, object] = {"epoch": self._epoch, "epochs": self._epochs, "step": self._step, "steps": self._all}
        text = tr(_WHERE_AND_WHAT if last else _WHERE, **said, numbers=tr("; ").join(last))
        return tr("{text}. {note}", text=text, note=self._note) if self._note else text

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        bar = f'<progress value="{self._step}" max="{self._all}" style="width:{_WIDTH}px"></progress>'
        panels = "".join(self._panel(name, *curves) for name, curves in self._curves.items())
        row = f'<div style="display:flex;gap:1em;flex-wrap:wrap">{panels}</div>'
        return {"text/html": f"{bar}<p>{html.escape(repr(self))}</p>{row}", "text/plain": repr(self)}

    def _panel(self, name: str, rows: Mapping[str, np.ndarray], steps: np.ndarray) -> str:
        """All curves whose names begin alike, with a scale of their own."""
        scale = _Scale(list(rows.values()), name in self._log)
        parts = [
            f'<rect x="{_LEFT}" y="{_TOP}" width="{_WIDTH - _LEFT - 2}" height="{_HEIGHT - _TOP - _BELOW}" '
            f'style="fill:{PAGE};stroke:{LINE}"/>',
            _text(_LEFT, 16, html.escape(self._title(name)), size=13),
            _text(_WIDTH - 2, _HEIGHT - 6, tr("epoch {number}", number=self._epochs), anchor="end"),
            _text(_LEFT, _HEIGHT - 6, "0"),
            *(_text(_LEFT - 5, float(scale.height(value)) + 4, _short(value, 3), anchor="end") for value in scale.ends),
        ]
        across = _LEFT + (_WIDTH - _LEFT - 2) * steps / max(self._all, 1)
        for number, (curve, row) in enumerate(rows.items()):
            color, dashes = PALETTE[number % len(PALETTE)], _DASHES[number % len(_DASHES)]
            parts.append(_curve(across, row, scale, color, dashes))
            if len(rows) > 1:
                parts.append(_name(curve, _WIDTH - 62 * (len(rows) - number), color, dashes))
        alt = html.escape(_last(name, rows))
        return f'<svg role="img" aria-label="{alt}" width="{_WIDTH}" height="{_HEIGHT}">{"".join(parts)}</svg>'

    def _title(self, name: str) -> str:
        """What stands above a panel."""
        return tr("{name}, logarithmic", name=tr(name)) if name in self._log else tr(name)


class _Scale:
    """Heights in a panel, from the least finite value to the greatest."""

    def __init__(self, rows: Sequence[np.ndarray], log: bool) -> None:
        self._log = log
        values = np.concatenate(rows)
        values = values[self.has(values)]
        self.ends = sorted({float(values.min()), float(values.max())}) if values.size else [1.0]

    def has(self, values: np.ndarray) -> np.ndarray:
        """Return which values have a place on the scale, as a bool array."""
        finite: np.ndarray = np.isfinite(values)
        return finite & (values > 0) if self._log else finite

    def height(self, values: np.ndarray | float) -> np.ndarray:
        """Return where values stand, in pixels from the top; a constant curve stands in the middle."""
        low, high = (self._position(end) for end in (self.ends[0], self.ends[-1]))
        share = (self._position(values) - low) / (high - low) if high > low else 0.5 + 0 * np.asarray(values)
        height: np.ndarray = _TOP + 8 + (_HEIGHT - _TOP - _BELOW - 16) * (1 - share)
        return height

    def _position(self, values: np.ndarray | float) -> np.ndarray:
        return np.asarray(np.log10(values) if self._log else values)


def _panels(rows: Mapping[str, np.ndarray]) -> dict[str, dict[str, np.ndarray]]:
    """Curves by the part of their name before "/": "density/fc1" and "density/fc2" share a panel."""
    panels: dict[str, dict[str, np.ndarray]] = {}
    for name, row in rows.items():
        panel, _, curve = name.partition("/")
        panels.setdefault(panel, {})[curve or panel] = row
    return panels


def _without_distant_start(
    rows: Mapping[str, np.ndarray], steps: np.ndarray
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """The curves, without their values before the first epoch where those would make all later changes look tiny."""
    spans = [np.ptp(np.concatenate([row[first:] for row in rows.values()])) for first in (0, 1) if len(steps) > 2]
    first = 1 if spans and spans[1] < 0.2 * spans[0] else 0
    return {name: row[first:] for name, row in rows.items()}, steps[first:]


def _last(name: str, rows: Mapping[str, np.ndarray]) -> str:
    """The latest numbers of a panel, in words."""
    numbers = [f"{curve} {_short(row[-1], 4)}" if len(rows) > 1 else _short(row[-1], 4) for curve, row in rows.items()]
    said: dict[str, object] = {"name": tr(name), "numbers": tr(", ").join(numbers)}
    unfit = sum(int(np.sum(~np.isfinite(row))) for row in rows.values())
    if unfit:
        return tr("{name} {numbers} ({unfit} not finite)", **said, unfit=unfit)
    return tr("{name} {numbers}", **said)


def _short(value: float, digits: int) -> str:
    """A number in a few digits; a large power of two, as scales are, by its exponent."""
    fraction, exponent = math.frexp(value)
    if fraction == 0.5 and exponent > 10:
        return f"2^{exponent - 1}"
    return f"{value:.{digits}g}".replace("e+0", "e").replace("e-0", "e-")


def _curve(across: np.ndarray, row: np.ndarray, scale: _Scale, color: str, dashes: str) -> str:
    """A line through the means of groups of steps, over a pale band from the least to the greatest of each."""
    fits = scale.has(row)
    x, y = across[fits], row[fits]
    if not len(y):
        return ""
    starts = np.unique(np.linspace(0, len(y), min(_POINTS, len(y)), endpoint=False).astype(int))
    counts = np.diff([*starts, len(y)])
    at = np.add.reduceat(x, starts) / counts
    low, high = (scale.height(fold.reduceat(y, starts)) for fold in (np.minimum, np.maximum))
    middle = scale.height(np.add.reduceat(y, starts) / counts)
    if len(at) == 1:
        return f'<circle cx="{at[0]:.1f}" cy="{middle[0]:.1f}" r="3" fill="{color}"/>'
    pen = f'fill="none" stroke="{color}" stroke-width="2" stroke-dasharray="{dashes}"'
    line = f'<polyline points="{_points(at, middle)}" {pen}/>'
    if counts.max() == 1:
        return line
    band = f"{_points(at, low)} {_points(at[::-1], high[::-1])}"
    return f'<polygon points="{band}" fill="{color}" opacity="0.2"/>{line}'


def _points(x: np.ndarray, y: np.ndarray) -> str:
    return " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))


def _name(curve: str, x: float, color: str, dashes: str) -> str:
    """A curve's name behind a piece of its line, above the panel."""
    pen = f'stroke="{color}" stroke-width="2" stroke-dasharray="{dashes}"'
    return f'<line x1="{x}" x2="{x + 18}" y1="12" y2="12" {pen}/>' + _text(
        x + 22, 16, html.escape(curve), color=word_ink(color)
    )


def _text(x: float, y: float, text: str, *, size: int = 11, anchor: str = "start", color: str = INK) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" text-anchor="{anchor}" style="fill:{color}">{text}</text>'


def watch_training(
    run: Training,
    epochs: int,
    *,
    curves: Sequence[str] = (),
    log: Sequence[str] = ("loss", "scale"),
    clock: Callable[[], float] = perf_counter,
) -> None:
    """Train until `epochs` epochs are done in all, and show it meanwhile.

    An interrupt stops the training; nothing is lost, and the next call goes on from there.

    run : what is trained
    curves : names of what to draw, such as "loss", "accuracy", "density" (which is density/fc1, density/fc2, ...
        in one panel); if not given, all that the run's steps and measurements return
    log : those of them whose scale is logarithmic
    clock : gives the time in seconds
    """

    def frame(note: str = "") -> TrainingFrame:
        return TrainingFrame(run, epochs, curves=curves, log=log, note=note)

    shown = LiveDisplay(frame())
    before, start, note = run.step, clock(), ""
    try:
        for _ in run.frames(epochs):
            if run.epoch < epochs:
                shown.update(frame(_time_left(run, epochs, before, clock() - start)))
        note = tr("Done in {time}.", time=_duration(clock() - start)) if run.step > before else ""
    except KeyboardInterrupt:
        note = tr("Stopped after step {step}. Run this cell again, and it goes on from there.", step=run.step)
    except Exception:
        note = tr("Failed after step {step}.", step=run.step)
        raise
    finally:
        shown.update(frame(note))


def _time_left(run: Training, epochs: int, before: int, seconds: float) -> str:
    """Say how long the rest will take at the speed so far."""
    if run.step == before:
        return ""
    left = epochs * run.steps_per_epoch - run.step
    return tr("{time} left.", time=_duration(seconds / (run.step - before) * left))


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return tr("{minutes} min {seconds:02d} s", minutes=minutes, seconds=rest) if minutes else f"{rest} s"
