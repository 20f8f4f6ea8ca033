"""The roofline of a machine, with a network's layers below it: a model, not a measurement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aics.language import tr
from aics.show.figure import BLUE, FAINT, GREEN, INK, ORANGE, new_picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.pycnml.cost_model import LayerCost, Machine
    from aics.show.picture import Picture

#: Colour and marker of a layer by the beginning of its name.
_STYLES = {"conv": (BLUE, "o"), "fc": (ORANGE, "s")}
#: Layers without multiply-adds, by what they share.
_OTHERS = "relu, pool, flatten, softmax"


def roofline(rows: Sequence[LayerCost], machine: Machine) -> Picture:
    """Draw what each layer reaches on a machine, and where the time goes.

    rows : what `CnmlNet.layer_costs(machine)` returns
    """
    counted = [row for row in rows if row.multiply_adds]
    whole = sum(row.seconds for row in rows)
    shares = {kind: sum(r.seconds for r in rows if r.name.startswith(kind)) / whole for kind in _STYLES}
    shares[_OTHERS] = 1 - sum(shares.values())
    alt = tr(
        "Modelled, not measured: {milliseconds:.2f} ms. {waiting} of {count} layers that multiply lie below the "
        "slanted part of the roof: they wait for memory; its end is at {ridge:.0f} multiply-adds a byte. "
        "Time: {shares}.",
        milliseconds=1e3 * whole,
        waiting=sum(row.limit == "memory" for row in counted),
        count=len(counted),
        ridge=machine.ridge,
        shares=", ".join(f"{kind} {share:.0%}" for kind, share in shares.items()),
    )
    picture, (left, right) = new_picture(11, 4.6, alt=alt, columns=2, width_ratios=(2.2, 1))
    _roof(left, machine, counted)
    for kind, (color, marker) in _STYLES.items():
        some = [row for row in counted if row.name.startswith(kind)]
        left.scatter(
            [row.intensity for row in some],
            [row.multiply_adds / row.seconds for row in some],
            color=color,
            marker=marker,
            label=kind,
            zorder=3,
        )
    _names(left, counted)
    left.legend(frameon=False, loc="lower right")
    bars = right.barh(list(shares), [1e3 * whole * share for share in shares.values()], color=[BLUE, ORANGE, GREEN])
    right.bar_label(bars, [f"{1e3 * whole * s:.2f} ms ({s:.0%})" for s in shares.values()], padding=3, fontsize=8)
    right.invert_yaxis()
    right.margins(x=0.6)
    right.set_xticks([])
    right.set_title(tr("modelled time: {milliseconds:.2f} ms", milliseconds=1e3 * whole), fontsize=10)
    right.spines[["top", "right", "bottom"]].set_visible(False)
    return picture


def _roof(axis: Axes, machine: Machine, rows: Sequence[LayerCost]) -> None:
    """Both parts of the roof, and what the axes say."""
    low, high = min([1e-1, *(r.intensity for r in rows)]) / 2, max([r.intensity for r in rows] + [machine.ridge]) * 4
    axis.loglog([low, machine.ridge, high], [low * machine.bandwidth, machine.peak, machine.peak], color=INK)
    axis.axvline(machine.ridge, color=FAINT, linewidth=0.8, linestyle=":")
    peak = tr("arithmetic: {peak:.3g} T multiply-adds/s", peak=machine.peak / 1e12)
    slope = tr("memory: {bandwidth:.4g} GB/s", bandwidth=machine.bandwidth / 1e9)
    axis.text(high, machine.peak * 1.3, peak, ha="right", fontsize=9)
    axis.text(low, low * machine.bandwidth * 100, slope, fontsize=9)
    axis.set_ylim(top=machine.peak * 4)
    axis.set_xlabel(tr("multiply-adds for each byte moved"))
    axis.set_ylabel(tr("multiply-adds a second"))
    axis.set_title(tr("roofline, modelled: every layer at its best"), fontsize=10)
    axis.spines[["top", "right"]].set_visible(False)


def _names(axis: Axes, rows: Sequence[LayerCost]) -> None:
    """Name the layers that lie apart from those named before."""
    named: list[float] = []
    for row in sorted(rows, key=lambda row: -row.seconds):
        if all(abs(row.intensity / other - 1) > 0.5 for other in named):
            place = (row.intensity, row.multiply_adds / row.seconds)
            axis.annotate(row.name, place, (6, -11), textcoords="offset points", fontsize=8)
            named.append(row.intensity)
