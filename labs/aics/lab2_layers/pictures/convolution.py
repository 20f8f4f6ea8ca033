"""Pictures of convolution: windows counted, gradients overlapping, img2col as a matrix, feature maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from aics.language import listed, tr
from aics.show.figure import INK, LINE, MUTED, PALE, PALETTE, PAPER, bare, box, gray_image, new_picture, number_grid

if TYPE_CHECKING:
    from aics.show.picture import Picture


def window(size: int = 7, kernel_size: int = 3, stride: int = 2, padding: int = 1) -> Picture:
    """Draw one side of a padded picture and, below it, every position of the window, counted."""
    starts = range(0, size + 2 * padding - kernel_size + 1, stride)
    length = size + 2 * padding
    left_over = length - (starts[-1] + kernel_size) if starts else length
    counts = {"size": size, "kernel": kernel_size, "stride": stride, "padding": padding}
    counts |= {"positions": len(starts), "left_over": left_over}
    alt = tr(
        "A row of {size} cells with {padding} padding cell(s) at each end. Below it a window of {kernel} cells "
        "moves by {stride}: {positions} positions fit, {left_over} cell(s) at the end are left over.",
        **counts,
    )
    picture, (axis,) = new_picture(7.5, 0.9 + 0.36 * (len(starts) + 1), alt=alt)
    for cell in range(length):
        inside = padding <= cell < size + padding
        style = {"facecolor": PAPER} if inside else {"facecolor": PALE, "hatch": "///"}
        box(axis, cell, 0, 1, 1, fill=True, edgecolor=LINE, linewidth=0.8, **style)
        text = str(cell - padding) if inside else "0"
        axis.text(cell + 0.5, 0.5, text, ha="center", va="center", color=INK if inside else MUTED)
    for k, start in enumerate(starts):
        color = PALETTE[k % len(PALETTE)]
        box(
            axis,
            start + 0.06,
            k + 1.3,
            kernel_size - 0.12,
            0.7,
            fill=True,
            facecolor=color + "66",
            edgecolor=color,
        )
        axis.text(start + kernel_size / 2, k + 1.65, tr("position {k}", k=k), ha="center", va="center", fontsize=9)
    axis.set_xlim(-0.2, length + 0.2)
    axis.set_ylim(len(starts) + 1.3, -0.2)
    bare(axis, _window_title(counts))
    return picture


def _window_title(counts: Mapping[str, int]) -> str:
    if counts["left_over"]:
        return tr(
            "size {size}, kernel {kernel}, stride {stride}, padding {padding}: {positions} positions, "
            "{left_over} left over",
            **counts,
        )
    return tr("size {size}, kernel {kernel}, stride {stride}, padding {padding}: {positions} positions", **counts)


def sliding(row: int = 1, column: int = 2) -> Picture:
    """Draw one step of a convolution: the products of a window and the filter add up to one entry of the output.

    row, column : which entry of the output, of 4 x 5
    """
    image = np.array([[1, 0, 2, 1, 0], [0, 1, 3, 0, 1], [2, 1, 0, 1, 2], [0, 2, 1, 0, 1]], dtype=float)
    kernel = np.array([[0, 1, 0], [-1, 0, 1], [0, -1, 0]], dtype=float)
    padded = np.pad(image, 1)
    output = np.einsum("hwij,ij->hw", np.lib.stride_tricks.sliding_window_view(padded, (3, 3)), kernel)
    seen = padded[row : row + 3, column : column + 3]
    pairs = [(a, b) for a, b in zip(seen.ravel(), kernel.ravel(), strict=True) if b]
    terms = " + ".join(f"{a:g}·{b:g}" if b > 0 else f"{a:g}·({b:g})" for a, b in pairs)
    picture, axes = new_picture(9.5, 3.1, alt="", columns=3, width_ratios=(7, 3.2, 5))
    picture.alt = tr(
        "A padded 4 x 5 input, a 3 x 3 filter {filter} and the 4 x 5 output. The window at row {row}, column {column} "
        "times the filter is {terms} = {total:g}, one entry of the output.",
        filter=kernel.tolist(),
        row=row,
        column=column,
        terms=terms,
        total=output[row, column],
    )
    inside = np.pad(np.ones_like(image), 1)
    cells = [[PAPER if cell else PALE for cell in cells] for cells in inside]
    for r in range(3):
        for c in range(3):
            cells[row + r][column + c] = PALETTE[1] + ("88" if inside[row + r, column + c] else "44")
    done = np.arange(output.size).reshape(output.shape) <= row * output.shape[1] + column
    fills = [[PAPER] * output.shape[1] for _ in output]
    fills[row][column] = PALETTE[2] + "88"
    number_grid(axes[0], padded, fills=cells, title=tr("input, padding 1"))
    number_grid(axes[1], kernel, title=tr("filter"))
    number_grid(axes[2], np.where(done, output, np.nan), fills=fills, title=tr("output so far"))
    axes[2].set_xlabel(f"{terms} = {output[row, column]:g}", fontsize=10)
    box(axes[0], column, row, 3, 3, edgecolor=PALETTE[5], linewidth=3)
    return picture


def coverage(size: int = 6, kernel_size: int = 3, strides: Sequence[int] = (1, 2, 3)) -> Picture:
    """Draw how many windows cover each cell, which is how many entries of top_diff are summed there."""
    alt = tr(
        "Grids of {size} x {size} cells, one for each stride in {strides}; each cell holds the number of "
        "{kernel} x {kernel} windows that cover it. Small strides overlap most, in the middle.",
        size=size,
        strides=tuple(strides),
        kernel=kernel_size,
    )
    picture, axes = new_picture(8.5, 3.1, columns=len(strides), alt=alt)
    for axis, stride in zip(axes, strides, strict=True):
        count = np.zeros((size, size))
        for h in range(0, size - kernel_size + 1, stride):
            for w in range(0, size - kernel_size + 1, stride):
                count[h : h + kernel_size, w : w + kernel_size] += 1
        top = max(count.max(), 1)
        fills = [[(0.34, 0.71, 0.91, 0.8 * n / top) for n in row] for row in count]
        number_grid(axis, count, fills=fills, title=tr("stride {stride}", stride=stride))
        box(axis, 0, 0, kernel_size, kernel_size, edgecolor=PALETTE[1], linewidth=2.5)
        box(
            axis,
            min(stride, size - kernel_size),
            0,
            kernel_size,
            kernel_size,
            edgecolor=PALETTE[3],
            linestyle="--",
        )
    return picture


def img2col(height: int = 3, width: int = 4, kernel_size: int = 2) -> Picture:
    """Draw a numbered picture and the matrix that has one column for each window."""
    values = np.arange(1, height * width + 1).reshape(height, width)
    windows = np.lib.stride_tricks.sliding_window_view(values, (kernel_size, kernel_size))
    columns = windows.reshape(-1, kernel_size * kernel_size).T
    alt = tr(
        "Left: a picture of {height} x {width} numbered cells with two windows outlined. Right: a matrix of {rows} "
        "rows, one for each position in the window, and {columns} columns, one for each window. {before} entries "
        "became {after}.",
        height=height,
        width=width,
        rows=columns.shape[0],
        columns=columns.shape[1],
        before=values.size,
        after=columns.size,
    )
    picture, (left, right) = new_picture(8.5, 3.2, alt=alt, columns=2, width_ratios=(width, columns.shape[1] + 1))
    marked = ((0, PALETTE[0]), (columns.shape[1] - 2, PALETTE[5]))
    number_grid(left, values, title=tr("the image: {count} entries", count=values.size))
    fills = [[PAPER] * columns.shape[1] for _ in range(len(columns))]
    for k, color in marked:
        row, column = divmod(k, windows.shape[1])
        inset = 0.06
        side = kernel_size - 2 * inset
        box(left, column + inset, row + inset, side, side, edgecolor=color, linewidth=3)
        for cells in fills:
            cells[k] = color + "44"
    title = tr("columns: {count} entries, one column per window", count=columns.size)
    number_grid(right, columns, fills=fills, title=title)
    for r in range(len(columns)):
        place = divmod(r, kernel_size)
        right.text(-0.15, r + 0.52, f"{place}", ha="right", va="center", fontsize=8, color=MUTED)
    right.set_xlim(-1.2, columns.shape[1] + 0.2)
    return picture


def feature_maps(image: np.ndarray, maps: np.ndarray, names: Sequence[str]) -> Picture:
    """Show a picture and what each filter made of it.

    image : (H, W), maps : (filters, Ho, Wo), names : one for each map, the lab's own filters' in English
    """
    titles = [tr(name) for name in names]
    alt = tr(
        "A picture and its feature maps, bright and dark where the filter answers: {names}",
        names=listed(titles),
    )
    picture, axes = new_picture(10.5, 1.9, alt=alt, columns=1 + len(names))
    gray_image(axes[0], image, title=tr("input"))
    for axis, feature_map, title in zip(axes[1:], maps, titles, strict=True):
        gray_image(axis, feature_map, title=title, signed=True)
    return picture


def filters(kernels: Mapping[str, np.ndarray]) -> Picture:
    """Show small filters as values on colour, side by side.

    kernels : title -> (K, K) array; the lab's own filters' titles are English
    """
    said = {tr(title): values for title, values in kernels.items()}
    numbers = [f"{title} {np.round(np.asarray(values, dtype=float), 1).tolist()}" for title, values in said.items()]
    alt = tr("Filters: {filters}", filters=tr("; ").join(numbers))
    picture, axes = new_picture(2.4 * len(kernels), 2.5, alt=alt, columns=len(kernels))
    for axis, (title, values) in zip(axes, said.items(), strict=True):
        gray_image(axis, values, title=title, signed=True)
        for (r, c), value in np.ndenumerate(np.asarray(values)):
            axis.text(c, r, f"{value:z.1f}", ha="center", va="center", fontsize=9)
    return picture
