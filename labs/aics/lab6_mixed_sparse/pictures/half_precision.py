"""Pictures of half precision: its numbers, what rounding to them loses, and which gradients it cannot hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from aics.language import noted, tr
from aics.show.figure import BLUE, GREEN, INK, LINE, ORANGE, PALE, PALETTE, PURPLE, RED, bare, box, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture

#: Powers of two in half precision: its smallest number, its smallest normal number, and the first one too large for it.
LAST, FULL, END = -24, -14, 16


def half_bits(values: Sequence[float] = (1.0, 1 / 3, -2048.0, 65504.0, 2.0**-14, 2.0**-24)) -> Picture:
    """Draw the 16 bits of some numbers: sign, exponent and digits."""
    halves = np.array(values, np.float16)
    words = []
    picture, (axis,) = new_picture(9, 0.5 + 0.42 * len(halves), alt="")
    for row, half in enumerate(halves):
        bits = f"{int(half.view(np.uint16)):016b}"
        for place, bit in enumerate(bits):
            color = _FIELDS[0 if place == 0 else 1 if place < 6 else 2]
            left = place + 0.4 * (place > 0) + 0.4 * (place > 5)
            box(axis, left, row, 0.92, 0.8, fill=True, facecolor=color, edgecolor=LINE, linewidth=0.8)
            axis.text(left + 0.46, row + 0.42, bit, ha="center", va="center", fontsize=10)
        axis.text(-0.5, row + 0.42, f"{float(half):.5g}", ha="right", va="center", fontsize=10)
        said = {"sign": bits[0], "exponent": bits[1:6], "digits": bits[6:]}
        words.append(tr("{value:.5g} is {sign} {exponent} {digits}", value=float(half), **said))
    for left, text in ((0.46, tr("sign")), (3.9, tr("exponent")), (11.8, tr("digits"))):
        axis.text(left, -0.35, text, ha="center", fontsize=10)
    bare(axis)
    axis.set_xlim(-3.2, 17)
    axis.set_ylim(len(halves) + 0.1, -0.9)
    picture.alt = tr("Sign, five bits of exponent, ten bits of digits: {numbers}.", numbers=tr("; ").join(words))
    return picture


#: Colours of sign, exponent and digits.
_FIELDS = (RED + "33", BLUE + "2A", GREEN + "22")


def half_spacing() -> Picture:
    """Draw the distance to the next larger number against the number, in half precision and in float32."""
    sizes = 2.0 ** np.arange(-30, 18)
    halves = sizes[(sizes >= 2.0**LAST) & (sizes < 2.0**END)].astype(np.float16)
    words = [tr("at {value:g}: {step:g}", value=v, step=np.spacing(np.float16(v))) for v in (0.001, 1, 2048)]
    alt = tr(
        "Distance to the next value against the value, both logarithmic. Half precision: {steps}; the same step of "
        "2^-24 everywhere below 2^-14, nothing below 2^-24 and above 65504. Float32: 8192 times as fine, and no end in "
        "sight on either side.",
        steps=tr("; ").join(words),
    )
    picture, (axis,) = new_picture(8.5, 3.9, alt=alt)
    axis.axvspan(2.0**LAST, 2.0**FULL, color=PALE, zorder=0)
    for color, values, title in ((ORANGE, halves, "float16"), (BLUE, sizes.astype(np.float32), "float32")):
        steps = np.repeat(np.spacing(values).astype(np.float64), 2)
        ends = np.ravel(np.column_stack([values.astype(np.float64), 2 * values.astype(np.float64)]))
        axis.loglog(ends, steps, color=color, linewidth=2)
        axis.text(ends[-1] / 4, steps[-1] * 3.5, title, color=color, ha="right", fontsize=10)
    for place, text in ((2.0**LAST, tr("the last: 2⁻²⁴")), (2.0**FULL, "2⁻¹⁴"), (65504, "65504")):
        axis.axvline(place, color=INK, linewidth=0.8, linestyle=":")
        axis.text(place, 3e3, f" {text}", fontsize=9, va="top")
    axis.plot(2048, np.spacing(np.float16(2048)), "o", color=RED)
    axis.annotate(tr("at 2048: steps of 2"), (2048, 2), (-12, 6), textcoords="offset points", ha="right", fontsize=9)
    axis.text(2.0**-19, 3e-9, tr("subnormal:\nfewer and\nfewer digits"), ha="center", va="center", fontsize=9)
    axis.set_xlim(2.0**-29, 2.0**18)
    axis.set_ylim(1e-14, 5e3)
    axis.set_xlabel(tr("value"))
    axis.set_ylabel(tr("distance to the next"))
    axis.spines[["top", "right"]].set_visible(False)
    return picture


def cast_errors(exact: np.ndarray, rounded: np.ndarray) -> Picture:
    """Draw the relative errors of a cast against their magnitudes.

    exact, rounded : arrays of one shape
    """
    right, got = (np.ravel(array).astype(np.float64) for array in (exact, rounded))
    kept = right != 0
    size, error = np.abs(right[kept]), np.abs(got[kept] / right[kept] - 1)
    beyond = int((error > 2.0**-11).sum())
    alt = tr(
        "{count} values: the relative error of each, against its magnitude. The errors fill the space below "
        "2^-11 = 0.05%; {beyond} values, all smaller than 2^-14, lie above it. Half of all are below {median:.4%}.",
        count=size.size,
        beyond=beyond,
        median=np.median(error),
    )
    picture, (axis,) = new_picture(8.5, 3.6, alt=alt)
    some = slice(None, None, max(1, size.size // 15000))
    tiny = size < 2.0**FULL
    axis.axvspan(min(size.min(), 1e-6), 2.0**FULL, color=PALE, zorder=0)
    axis.scatter(size[some], error[some], s=2, color=BLUE, alpha=0.3, edgecolors="none")
    axis.scatter(size[tiny], error[tiny], s=7, color=RED, edgecolors="none")
    axis.axhline(2.0**-11, color=INK, linewidth=0.8, linestyle=":")
    axis.text(size.max(), 2.0**-11 * 1.25, "2⁻¹¹ = 0.05 %", fontsize=9, ha="right")
    axis.set_xscale("log")
    axis.set_yscale("log")
    axis.set_ylim(1e-7, 2)
    axis.set_xlim(max(size.min(), 1e-8), 2 * size.max())
    axis.set_xlabel(tr("magnitude of the value (grey: subnormal in half precision)"))
    axis.set_ylabel(tr("relative error"))
    axis.spines[["top", "right"]].set_visible(False)
    return picture


def running_sums(count: int = 5000) -> Picture:
    """Draw the running sums of many small terms, in half precision and in float32."""
    rng = np.random.default_rng(0)
    rows = {
        tr("{count} ones", count=count): np.ones(count),
        tr("{count} values from 0 to 0.12", count=count): rng.uniform(0, 0.12, count),
    }
    picture, axes = new_picture(9.5, 3.5, alt="", columns=2)
    words = []
    for axis, (title, terms) in zip(axes, rows.items(), strict=True):
        half, sums = np.float16(0), []
        for term in terms.astype(np.float16):
            half = np.float16(half + term)
            sums.append(half)
        exact = np.cumsum(terms.astype(np.float16).astype(np.float32), dtype=np.float32)
        axis.plot(exact, color=BLUE, label=tr("sum in float32"))
        axis.plot(np.array(sums, np.float32), color=ORANGE, linestyle="--", label=tr("sum in float16"))
        axis.set_title(title, fontsize=10)
        axis.set_xlabel(tr("terms"))
        axis.annotate(f"{float(half):g}", (count, float(half)), (0, -13), textcoords="offset points", ha="right")
        axis.annotate(f"{float(exact[-1]):.5g}", (count, exact[-1]), (-4, 3), textcoords="offset points", ha="right")
        axis.spines[["top", "right"]].set_visible(False)
        ends = {"title": title, "wide": float(exact[-1]), "half": float(half)}
        words.append(tr("{title}: {wide:.5g} in float32, {half:g} in float16", **ends))
    axes[0].legend(frameon=False, fontsize=9, loc="upper left")
    picture.alt = tr("Sums term by term. {sums}. The sums in float16 stop growing.", sums=tr("; ").join(words))
    return picture


def exponents(rows: Mapping[str, np.ndarray], spoiled: Mapping[str, Sequence[np.ndarray]] | None = None) -> Picture:
    """Draw histograms of gradients over their exponents, with the limits of half precision.

    rows : title -> gradient; spoiled : title -> (vanished, subnormal, overflowed), bool arrays of its shape
    """
    alt = []
    picture, axes = new_picture(9.5, 0.6 + 1.9 * len(rows), alt="", rows=len(rows), sharex=True)
    bins = np.arange(-50, 18)
    for axis, (title, row) in zip(axes, rows.items(), strict=True):
        flat = np.ravel(row).astype(np.float64)
        masks = [np.ravel(mask) for mask in spoiled[title]] if spoiled else [np.zeros(flat.shape, bool)] * 3
        there = flat != 0
        axis.axvspan(LAST - 1, FULL, color=PALE, zorder=0)
        axis.axvspan(bins[0], LAST - 1, color=RED + "33", zorder=0)
        axis.axvspan(END, bins[-1], color=RED + "33", zorder=0)
        places = np.log2(np.abs(flat[there]))
        kinds = (~(masks[0] | masks[1] | masks[2]), *masks)
        counts = [np.histogram(places[kind[there]], bins)[0] / max(there.sum(), 1) for kind in kinds]
        bottom = np.zeros(len(bins) - 1)
        for count, color in zip(counts, (BLUE, RED, ORANGE, PURPLE), strict=True):
            axis.bar(bins[:-1] + 0.5, 100 * count, 0.9, bottom=bottom, color=color)
            bottom += 100 * count
        count = max(there.sum(), 1)
        if spoiled:
            parts = {name: mask[there].sum() / count for name, mask in zip(_KINDS, masks, strict=True)}
            shares = tr("vanished {vanished:.1%}, subnormal {subnormal:.1%}, overflowed {overflowed:.1%}", **parts)
        elif there.any():
            shares = tr("half of them below {limit:.1e}", limit=np.median(np.abs(flat[there])))
        else:
            shares = tr("nothing but 0")
        axis.set_title(tr("{title}: {shares}", title=title, shares=shares), fontsize=10)
        axis.set_yticks([])
        axis.spines[["top", "right", "left"]].set_visible(False)
        said = {"title": title, "count": there.sum(), "shares": shares}
        alt.append(tr("{title}, {count} entries that are not 0: {shares}", **said))
    top = axes[0].get_ylim()[1]
    names = (tr("0 in half precision"), tr("subnormal"), tr("all digits"))
    for place, text in zip((bins[0] + 11, (LAST + FULL) / 2, 1), names, strict=True):
        axes[0].text(place, 0.97 * top, text, ha="center", va="top", fontsize=9, color=INK)
    ticks = [-48, -40, -32, -24, -14, -8, 0, 8, 16]
    axes[-1].set_xticks(ticks, [f"$2^{{{tick}}}$" for tick in ticks])
    axes[-1].set_xlim(bins[0], bins[-1])
    picture.alt = tr(
        "Histograms over the exponents of gradients, half precision's limits marked. {rows}.", rows=tr("; ").join(alt)
    )
    return picture


#: What may happen to a value in half precision.
_KINDS = (noted("vanished"), noted("subnormal"), noted("overflowed"))


#: What alt text says of the scales at which hardly anything is lost.
_GOOD = noted("From 2^{low} to 2^{high} less than 5 % is spoiled, and nothing overflows.")


def spoiled_shares(shares: Mapping[int, Sequence[float]]) -> Picture:
    """Draw which fractions of a gradient vanish, lose digits and overflow, against the scale of the loss.

    shares : power of two of the scale -> (vanished, subnormal, overflowed), each from 0 to 1
    """
    powers = sorted(shares)
    rows = 100 * np.array([shares[power] for power in powers], np.float64).T
    good = [power for power, row in zip(powers, rows.T, strict=True) if row[0] + row[1] < 5 and row[2] == 0]
    alt = tr(
        "Fractions of a gradient against the scale, from 2^{low} to 2^{high}. Vanished: from {vanished[0]:.0f} % at "
        "the left to {vanished[1]:.0f} % at the right. Overflowed: from {overflowed[0]:.0f} % to "
        "{overflowed[1]:.0f} %. {good}",
        low=powers[0],
        high=powers[-1],
        vanished=rows[0, [0, -1]],
        overflowed=rows[2, [0, -1]],
        good=tr(_GOOD, low=good[0], high=good[-1]) if good else "",
    )
    picture, (axis,) = new_picture(8.5, 3.3, alt=alt)
    if good:
        axis.axvspan(good[0], good[-1], color=GREEN + "22", zorder=0)
        axis.text((good[0] + good[-1]) / 2, 88, tr("good scales"), ha="center", color=GREEN, fontsize=10)
    for row, name, color, dashes in zip(rows, _KINDS, (RED, ORANGE, PURPLE), ("-", "--", "-."), strict=True):
        axis.plot(powers, row, dashes, marker="o", markersize=3, color=color, label=tr(name))
    picture.legend(loc="outside lower center", ncols=3, frameon=False, fontsize=9)
    axis.set_xticks(powers[::2], [f"$2^{{{power}}}$" for power in powers[::2]])
    axis.set_ylabel(tr("% of the gradient"))
    axis.set_ylim(-3, 103)
    axis.set_xlabel(tr("scale of the loss"))
    axis.spines[["top", "right"]].set_visible(False)
    return picture


def lost_updates(copies: np.ndarray, alone: np.ndarray, *, step: float) -> Picture:
    """Draw weights that take equal small steps: half-precision copies of a float32 master, and half precision alone.

    copies, alone : (steps + 1, weights) float16; step : how far each step goes down
    """
    copies, alone = (weights.astype(np.float64) for weights in (copies, alone))
    stuck = alone[-1] == alone[0]
    words = [
        tr("{weight:.3g}: does not move by itself", weight=first)
        if still
        else tr("{weight:.3g}: moves by itself", weight=first)
        for first, still in zip(alone[0], stuck, strict=True)
    ]
    alt = tr(
        "{steps} steps of {step:g} down from each of {weights} weights. {found}. With a master copy all come down by "
        "{way:.3g}.",
        steps=len(alone) - 1,
        step=step,
        weights=alone.shape[1],
        found=tr("; ").join(words),
        way=copies[0, 0] - copies[-1, 0],
    )
    picture, axes = new_picture(10, 2.6, alt=alt, columns=alone.shape[1])
    steps = np.arange(len(alone))
    for axis, one, other, still in zip(axes, copies.T, alone.T, stuck, strict=True):
        axis.plot(steps, one, color=BLUE, label=tr("half copy of a master"))
        axis.plot(steps, other, color=PALETTE[5], linestyle="--", label=tr("half alone"))
        title = tr("{weight:.3g}: stuck", weight=other[0]) if still else f"{other[0]:.3g}"
        axis.set_title(title, fontsize=10)
        axis.set_xticks([0, len(alone) - 1])
        axis.tick_params(labelsize=8)
        axis.margins(y=0.15)
        axis.spines[["top", "right"]].set_visible(False)
    handles, labels = axes[0].get_legend_handles_labels()
    picture.legend(handles, labels, loc="outside lower center", ncols=2, frameon=False, fontsize=9)
    return picture
