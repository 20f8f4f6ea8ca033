"""The same network on several machines: a table of answers and times, and a picture of each layer's error."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aics.language import tr
from aics.language.columns import columns, padded
from aics.show.figure import INK, LINE, MUTED, new_picture
from aics.show.graphs import DEVICE_COLORS

if TYPE_CHECKING:
    from aics.show.picture import Picture


@dataclass(frozen=True)
class BackendRow:
    """What one machine answered.

    Attributes
    ----------
    device : str
    prob : (classes,) array
        Probabilities for one picture.
    seconds : float
        Time of a run, measured here.
    modelled : float or None
        Seconds that a real card of this kind would take by a model; None where there is no model.
    """

    device: str
    prob: np.ndarray
    seconds: float
    modelled: float | None = None


class TextTable:
    """Rows of text that show themselves as an HTML table, or as aligned text."""

    def __init__(self, heads: Sequence[str], rows: Sequence[Sequence[str]], note: str) -> None:
        self._heads, self._rows, self._note = heads, rows, note

    def __repr__(self) -> str:
        lines = [self._heads, *self._rows]
        wide = [max(columns(line[column]) for line in lines) for column in range(len(self._heads))]
        table = ["  ".join(padded(cell, w) for cell, w in zip(line, wide, strict=True)).rstrip() for line in lines]
        return "\n".join([*table, *([self._note] if self._note else [])])

    def _repr_html_(self) -> str:
        def line(cells: Sequence[str], tag: str) -> str:
            scope = ' scope="col"' if tag == "th" else ""
            style = "text-align:left; vertical-align:top"
            return "<tr>" + "".join(f'<{tag}{scope} style="{style}">{html.escape(c)}</{tag}>' for c in cells) + "</tr>"

        body = "".join(line(row, "td") for row in self._rows)
        return f"<table>{line(self._heads, 'th')}{body}</table><p>{html.escape(self._note)}</p>"


def backends(rows: Sequence[BackendRow], names: Sequence[str], errors: Mapping[str, float]) -> TextTable:
    """Return a table of each machine's five best classes, its largest error, and its time.

    names : of the classes; errors : device -> largest difference of any layer, relative to the layer's largest value
    """
    heads = (
        *(tr("device"), tr("five best classes"), tr("largest difference")),
        *(tr("time here"), tr("modelled time of a card")),
    )
    modelled = any(row.modelled is not None for row in rows)
    lines = []
    for row in rows:
        best = np.argsort(-row.prob, kind="stable")[:5]
        line = [
            row.device,
            ", ".join(f"{names[i]} {row.prob[i]:.1%}" for i in best),
            f"{errors[row.device]:.1e}" if row.device in errors else tr("the reference"),
            f"{1e3 * row.seconds:.1f} ms",
        ]
        line.append("" if row.modelled is None else f"{1e6 * row.modelled:.0f} µs")
        lines.append(line if modelled else line[:-1])
    note = tr("The modelled time comes from a model of a card; it is no measurement. dlp runs in an emulator here.")
    return TextTable(heads if modelled else heads[:-1], lines, note if modelled else "")


def layer_errors(layers: Sequence[str], errors: Mapping[str, Sequence[float]]) -> Picture:
    """Draw how far each layer's output on other machines is from the first one's, on a logarithmic scale.

    layers : names; errors : device -> a difference for each layer, relative to the layer's largest value
    """
    picture, (axis,) = new_picture(10.5, 3.2, alt=_differences(layers, errors))
    for (device, some), mark in zip(errors.items(), "osDv^", strict=False):
        shown = np.maximum(np.asarray(some, float), 1e-9)
        axis.plot(range(len(layers)), shown, mark, color=DEVICE_COLORS.get(device, INK), label=device, markersize=5)
    for value, text in (
        (2.0**-24, tr("half a step of float32")),
        (2.0**-11, tr("half a step of FP16")),
        (2.0**-8, tr("half a step of INT8")),
    ):
        axis.plot((-0.8, len(layers) - 0.5), (value, value), "--", color=LINE, linewidth=0.8)
        axis.text(len(layers) - 0.2, value, text, va="center", fontsize=8, color=MUTED)
    axis.set_yscale("log")
    axis.set_ylim(5e-10, 1)
    axis.set_xticks(range(len(layers)), layers, rotation=90, fontsize=8)
    axis.set_ylabel(tr("difference / largest value"))
    axis.set_xlim(-0.8, len(layers) + 6)
    axis.legend(frameon=False, fontsize=9, loc="center right", bbox_to_anchor=(1, 0.43))
    axis.spines[["top", "right"]].set_visible(False)
    return picture


def _differences(layers: Sequence[str], errors: Mapping[str, Sequence[float]]) -> str:
    """What `layer_errors` draws, for those who cannot see it."""
    each = [
        tr(
            "{device} from {least:.1e} to {most:.1e}, largest at {layer}",
            device=device,
            least=min(some),
            most=max(some),
            layer=layers[int(np.argmax(some))],
        )
        for device, some in errors.items()
    ]
    return tr("Difference to numpy, layer by layer: {devices}", devices=tr("; ").join(each))
