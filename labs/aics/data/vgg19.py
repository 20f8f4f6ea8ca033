"""VGG19's plan: which layers it has, in order, whatever their width (Simonyan & Zisserman 2015, configuration E)."""

from __future__ import annotations

from collections.abc import Sequence

#: Convolutions in each of the five blocks; a ReLU follows each, and a pooling ends each block.
BLOCKS = (2, 2, 4, 4, 4)
#: The sixteen convolutions.
CONVOLUTIONS = tuple(f"conv{block}_{i}" for block, count in enumerate(BLOCKS, 1) for i in range(1, count + 1))
#: The layers that see all positions at once.
FULLY_CONNECTED = ("fc6", "fc7", "fc8")
#: The layers up to pool5: 37.
FEATURES = tuple(
    name
    for block, count in enumerate(BLOCKS, 1)
    for name in (
        *(f"{kind}{block}_{i}" for i in range(1, count + 1) for kind in ("conv", "relu")),
        f"pool{block}",
    )
)
#: All 44 layers.
LAYERS = (*FEATURES, "flatten", "fc6", "relu6", "fc7", "relu7", "fc8", "softmax")


def weight_shapes(
    channels: Sequence[int], hidden: Sequence[int], classes: int, image_size: int
) -> dict[str, tuple[int, ...]]:
    """Return name -> shape (H, W, Cin, Cout) of the 19 weights in the file of a VGG19 of some width, in order.

    channels : of the five blocks; hidden : outputs of fc6 and fc7; image_size : height and width of the input
    """
    found: dict[str, tuple[int, ...]] = {}
    before = 3
    for name in CONVOLUTIONS:
        after = channels[int(name[4]) - 1]
        found[name] = (3, 3, before, after)
        before = after
    side = image_size // 2 ** len(BLOCKS)
    for name, after in zip(FULLY_CONNECTED, (*hidden, classes), strict=True):
        found[name] = (side, side, before, after)
        side, before = 1, after
    return found
