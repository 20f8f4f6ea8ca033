"""Lab 1, preprocessing: what is compared, computed from what a student's functions returned."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.ask import Outputs
from aics.check.returned import AFTER, Returned
from aics.doubles.changes import overwritten
from aics.lab1_preprocessing.asks import FLIPS

#: Every so many rows and columns of a network's input are compared.
STEP = 8


def vgg_input(returned: Returned, **_: object) -> Outputs:
    """The input's shape, and every eighth row and column of it: [1, 3, 28, 28] of 224 x 224."""
    values = returned.shaped("input", *[-1] * max(returned["input"].ndim, 2))
    return {"shape": np.array(values.shape), "sample": values[..., ::STEP, ::STEP]}


def center_crop(returned: Returned, *, image: NDArray[Any], height: int, width: int) -> Outputs:
    """The crop, or that there was a ValueError instead and whether it named the sizes that do not fit."""
    if "refusal" not in returned:
        return {"raises ValueError": False, "crop": returned["crop"]}
    said = set(re.findall(r"\d+", "\n".join(returned.words("refusal"))))
    sides = zip(image.shape, (height, width), strict=False)
    wanted = {str(size) for have, want in sides if want > have for size in (have, want)}
    return {"raises ValueError": True, "both sizes in its message": wanted <= said}


def normalize(returned: Returned, *, images: NDArray[Any], **_: object) -> Outputs:
    """The pictures, and how many entries of the input were changed."""
    return {"output": returned["output"], "input_changed": overwritten(returned, images=images)}


def layout(returned: Returned, **_: object) -> Outputs:
    """Both arrays, and of each whether it lies in memory in the order of its own axes."""
    found = {name: returned[name] for name in ("channels_first", "channels_last")}
    return found | {"contiguous": np.array([_contiguous(returned, name) for name in found])}


def _contiguous(returned: Returned, name: str) -> bool:
    """Whether an array's entries lie in memory one after another, in the order of its axes; size 1 has no order."""
    sizes = returned[name].shape
    *strides, step = returned.shaped(f"strides and item size of {name}", len(sizes) + 1).tolist()
    for size, stride in zip(reversed(sizes), reversed(strides), strict=True):
        if size != 1 and stride != step:
            return False
        step *= size
    return True


def flip(returned: Returned, *, pictures: NDArray[Any], seed: int, **_: object) -> Outputs:
    """Statistics of thousands of flips, since which pictures are flipped is up to the code.

    Shares of all pictures: flipped; of the same fate as their neighbour; of the same fate when the seed is the
    same, when it is another, and in the next batch. Yes or no: is any picture neither as it was nor flipped
    (`odd_example` is what became of the first one then, else zeros), was the input changed, was NumPy's global random
    state used.
    """
    before = np.tile(pictures, (FLIPS // len(pictures), 1, 1, 1))
    names = ("pictures", "with the same seed", "with another seed", "the next batch")
    outputs = [returned.shaped(name, *before.shape) for name in names]
    mirrored, again, other, following = (_equal_pictures(output, before[:, :, ::-1]) for output in outputs)
    odd = ~(mirrored | _equal_pictures(outputs[0], before))
    examples = [outputs[0][n] for n in range(0, FLIPS, len(pictures)) if odd[n]]
    return {
        "any_odd": odd.any(),
        "odd_example": (examples or [np.zeros(pictures[0].shape)])[0] * 1.0,
        "batch_changed": overwritten(returned, batch=before) > 0,
        "global_state_used": _state_moved(returned, seed),
        "share_flipped": np.mean(mirrored),
        "like_neighbour": np.mean(mirrored[1:] == mirrored[:-1]),
        "like_same_seed": np.mean(mirrored == again),
        "like_other_seed": np.mean(mirrored == other),
        "like_next_batch": np.mean(mirrored == following),
    }


def _equal_pictures(a: NDArray[Any], b: NDArray[Any]) -> Any:
    """For each picture of two batches [N, H, W, C]: whether all entries are equal."""
    return (a == b).all(axis=(1, 2, 3))


def _state_moved(returned: Returned, seed: int) -> bool:
    """Whether NumPy's global random state is another than right after it was seeded."""
    fresh = np.random.RandomState(seed).get_state(legacy=False)["state"]
    return any(not np.array_equal(value, returned[f"{name}{AFTER}"]) for name, value in fresh.items())


def color_jitter(returned: Returned, *, image: NDArray[Any], **_: object) -> Outputs:
    """The pictures, and how many entries of the input were changed."""
    return {"pictures": returned["pictures"], "input_changed": overwritten(returned, image=image)}
