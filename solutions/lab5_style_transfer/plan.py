"""VGG19 up to pool5 as lists: 37 layers with their sizes, for any number of channels.

Simonyan & Zisserman 2015, configuration E, without what stands behind the last pooling.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from aics.data.vgg19 import BLOCKS


def convolutions_only(channels: Sequence[int]) -> list[list]:
    """Return [name, size, ...] of the 37 layers, or of the first blocks' that `channels` are given for.

    Sizes stand in the order of the layer's constructor; type is 1.
    """
    rows, before = [], 3
    for block, (count, after) in enumerate(zip(BLOCKS, channels, strict=False), 1):
        for place in (f"{block}_{i}" for i in range(1, count + 1)):
            rows += [[f"conv{place}", 3, before, after, 1, 1, 1], [f"relu{place}"]]
            before = after
        rows.append([f"pool{block}", 2, 2, 1])
    return rows


def down_to(plan: Sequence[Sequence], names: Collection[str]) -> list[Sequence]:
    """Return the plan up to the deepest of these layers."""
    deepest = max(index for index, row in enumerate(plan) if row[0] in names)
    return list(plan[: deepest + 1])


def output_shapes(plan: Sequence[Sequence], x_shape: Sequence[int]) -> dict[str, tuple[int, ...]]:
    """Name -> shape of the layer's output, for a picture batch [N, 3, H, W]."""
    n, channels, height, width = x_shape
    shapes = {}
    for name, *sizes in plan:
        if name.startswith("conv"):
            channels = sizes[2]
        elif name.startswith("pool"):
            height, width = height // 2, width // 2
        shapes[name] = (n, channels, height, width)
    return shapes
