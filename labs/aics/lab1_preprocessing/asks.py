"""Lab 1, preprocessing: how each question calls the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and
returns what came back, name by name. It knows no right answer.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aics.check.ask import Outputs

#: Finished functions that become a file of `stu_upload/`.
EXPORTS = {
    "preprocess.py": (
        "read_image",
        "resize",
        "center_crop",
        "resize_then_crop",
        "crop_then_resize",
        "normalize",
        "whiten",
        "to_channels_first",
        "to_channels_last",
        "flip",
        "random_resized_crop",
        "color_jitter",
        "compose",
        "vgg_input",
    ),
}

#: How often a random function is called on one picture, with one generator.
CROPS, JITTERS = 8, 4
#: How many pictures of a batch are flipped or not.
FLIPS = 4096
#: Every so many rows and columns of a network's input are compared.
STEP = 8


# Files


def _from_file(function: Callable[[str], Any], file: np.ndarray, suffix: str) -> Any:
    """What `function` makes of the path of a file with these bytes (padding at the end does no harm)."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # Windows: left open by the code
        path = Path(folder) / f"picture{suffix}"
        path.write_bytes(file.tobytes())
        return function(str(path))


def read_image(read_image: Callable[..., Any], *, kind: str, file: np.ndarray, suffix: str) -> Outputs:
    """Picture [H, W, 3] of a file; `kind` says in words what is special about it."""
    return {"picture": _from_file(read_image, file, suffix)}


def vgg_input(vgg_input: Callable[..., Any], *, kind: str, file: np.ndarray, suffix: str) -> Outputs:
    """Every eighth row and column of the network's input, [1, 3, 28, 28] of 224 x 224, and its shape."""
    values = _from_file(vgg_input, file, suffix)
    if not isinstance(values, np.ndarray) or values.ndim < 2:
        return {"shape": values}
    return {"shape": np.array(values.shape), "sample": values[..., ::STEP, ::STEP]}


# Size


def resize(resize: Callable[..., Any], *, image: np.ndarray, height: int, width: int) -> Outputs:
    """Picture [height, width, 3]."""
    return {"picture": resize(image, height, width)}


def center_crop(center_crop: Callable[..., Any], *, image: np.ndarray, height: int, width: int) -> Outputs:
    """Crop [height, width, 3], and whether the function raised a ValueError instead."""
    try:
        return {"raises ValueError": np.False_, "crop": center_crop(image, height, width)}
    except ValueError:
        return {"raises ValueError": np.True_}


def _pick(image: np.ndarray, height: int, width: int) -> Any:
    """Stand-in for resize: take one pixel for each place and blend nothing."""
    rows = np.arange(height) * image.shape[0] // height
    columns = np.arange(width) * image.shape[1] // width
    return image[rows[:, None], columns].astype(np.float32)


def _peel(image: np.ndarray, height: int, width: int) -> Any:
    """Stand-in for center_crop where what is left over is even: peel rows and columns off both ends."""
    if height > len(image) or width > len(image[0]):
        raise ValueError(f"cannot crop {height} x {width} from {image.shape[0]} x {image.shape[1]}")
    while image.shape[0] > height:
        image = image[1:-1]
    while image.shape[1] > width:
        image = image[:, 1:-1]
    return image


def resize_then_crop(resize_then_crop: Callable[..., Any], *, image: np.ndarray, shorter: int, size: int) -> Outputs:
    """Picture [size, size, 3], made with a resize and a center_crop that are handed in."""
    return {"picture": resize_then_crop(image, shorter, size, resize=_pick, center_crop=_peel)}


def crop_then_resize(crop_then_resize: Callable[..., Any], *, image: np.ndarray, share: float, size: int) -> Outputs:
    """Picture [size, size, 3], made with a resize and a center_crop that are handed in."""
    return {"picture": crop_then_resize(image, share, size, resize=_pick, center_crop=_peel)}


# Values and layout


def normalize(normalize: Callable[..., Any], *, images: np.ndarray, mean: np.ndarray, std: np.ndarray) -> Outputs:
    """Normalised pictures of the input's shape, and how many numbers of the input were changed."""
    before = images.copy()
    output = normalize(images, mean, std)
    return {"output": output, "input_changed": np.count_nonzero(images != before)}


def whiten(whiten: Callable[..., Any], *, image: np.ndarray) -> Outputs:
    """Standardised picture of the input's shape."""
    return {"output": whiten(image)}


def layout(
    to_channels_first: Callable[..., Any], to_channels_last: Callable[..., Any], *, last: np.ndarray, first: np.ndarray
) -> Outputs:
    """`last` [..., H, W, C] with channels first, `first` [..., C, H, W] with channels last.

    `contiguous` says of each of the two whether it lies in memory in the order of its own axes.
    """
    outputs = [to_channels_first(last), to_channels_last(first)]
    flags = [isinstance(output, np.ndarray) and output.flags.c_contiguous for output in outputs]
    return {"channels_first": outputs[0], "channels_last": outputs[1], "contiguous": np.array(flags)}


# Chance


def flip(flip: Callable[..., Any], *, pictures: np.ndarray, seed: int, p: float) -> Outputs:
    """Statistics of thousands of flips, since which pictures are flipped is up to the code.

    Shares of `FLIPS` pictures: flipped; of the same fate as their neighbour; of the same fate when the
    seed is the same, and when it is another. Yes or no: is any picture neither as it was nor flipped
    (`odd_example` is what became of the first one then, else zeros), was the input changed, was NumPy's
    global random state used.
    """
    before = np.tile(pictures, (FLIPS // len(pictures), 1, 1, 1))
    inputs, seeds = [before.copy() for _ in range(3)], (seed, seed, seed + 1)
    kept = np.random.get_state(legacy=True)
    np.random.seed(seed)  # so that even code which uses it answers the same each time
    state = _global_state()
    outputs = [flip(images, np.random.default_rng(s), p) for images, s in zip(inputs, seeds, strict=True)]
    used = [not np.array_equal(a, b) for a, b in zip(state, _global_state(), strict=True)]
    np.random.set_state(kept)
    if any(np.shape(output) != before.shape for output in outputs):
        return {"any_odd": outputs[0]}
    mirrored = [_equal_pictures(output, before[:, :, ::-1]) for output in outputs]
    odd = ~(mirrored[0] | _equal_pictures(outputs[0], before))
    examples = [outputs[0][n] for n in range(0, FLIPS, len(pictures)) if odd[n]]
    return {
        "any_odd": odd.any(),
        "odd_example": (examples or [np.zeros(pictures[0].shape)])[0] * 1.0,
        "batch_changed": np.bool_(not np.array_equal(inputs[0], before)),
        "global_state_used": np.bool_(any(used)),
        "share_flipped": np.mean(mirrored[0]),
        "like_neighbour": np.mean(mirrored[0][1:] == mirrored[0][:-1]),
        "like_same_seed": np.mean(mirrored[0] == mirrored[1]),
        "like_other_seed": np.mean(mirrored[0] == mirrored[2]),
    }


def _global_state() -> tuple[Any, Any]:
    """NumPy's global random state: its key, and the position in it."""
    state = np.random.get_state(legacy=False)["state"]
    return state["key"], state["pos"]


def _equal_pictures(a: np.ndarray, b: np.ndarray) -> Any:
    """For each picture of two batches [N, H, W, C]: whether all numbers are equal."""
    return (a == b).all(axis=(1, 2, 3))


def random_resized_crop(random_resized_crop: Callable[..., Any], *, image: np.ndarray, size: int, seed: int) -> Outputs:
    """`CROPS` crops [size, size, 3] with one generator, made with a resize that is handed in."""
    rng = np.random.default_rng(seed)
    crops = [random_resized_crop(image, size, rng, resize=_pick) for _ in range(CROPS)]
    return {"crops": _stacked(crops)}


def color_jitter(
    color_jitter: Callable[..., Any],
    *,
    image: np.ndarray,
    seed: int,
    brightness: float,
    contrast: float,
    saturation: float,
    hue: float,
) -> Outputs:
    """`JITTERS` pictures of the input's shape with one generator, and how many numbers of the input changed."""
    rng, before = np.random.default_rng(seed), image.copy()
    pictures = [color_jitter(image, rng, brightness, contrast, saturation, hue) for _ in range(JITTERS)]
    return {"pictures": _stacked(pictures), "input_changed": np.count_nonzero(image != before)}


def _stacked(pictures: Sequence[Any]) -> Any:
    """Pictures as one array, or the first one that is no array of the first one's shape."""
    shape = np.shape(pictures[0])
    odd = [p for p in pictures if not isinstance(p, np.ndarray) or p.shape != shape]
    return odd[0] if odd else np.stack(pictures)


def compose(compose: Callable[..., Any], *, image: np.ndarray, seed: int, factor: float, offset: float) -> Outputs:
    """What pipelines make of three steps: times `factor`, plus `offset`, plus one random number.

    `picture`, `again`: the first and second run with one generator, whose next number is `next_draw`.
    `from_iterator`: the second run where the steps came as an iterator. `list_emptied`: a run after the
    caller's list was emptied. `nested`: a pipeline as a step. `no_steps`: what remains without any.
    """
    steps = [
        lambda image, _rng: image * factor,
        lambda image, _rng: image + offset,
        lambda image, rng: image + rng.random(),
    ]
    rng, pipeline, others = np.random.default_rng(seed), compose(steps), compose(iter(steps))
    outputs = {"picture": pipeline(image, rng), "again": pipeline(image, rng), "next_draw": rng.random()}
    others(image, np.random.default_rng(seed))
    outputs["from_iterator"] = others(image, np.random.default_rng(seed))
    outputs["nested"] = compose([steps[1], pipeline])(image, np.random.default_rng(seed))
    outputs["no_steps"] = compose([])(image, rng)
    steps.clear()
    return outputs | {"list_emptied": pipeline(image, np.random.default_rng(seed))}


# Yardsticks: work of about the reference's cost, with meaningless contents. A student's own check divides
# by their time, since the reference is not shipped.


def _resize_yardstick(*, image: np.ndarray, height: int, width: int) -> Any:
    """A copy, then two gathers and a blend of rows, and the same of columns."""
    rows, columns = (np.resize(np.arange(n), new) for n, new in zip(image.shape, (height, width), strict=False))
    down, across = (np.full((new, 1), 0.5, np.float32) for new in (height, width))
    pixels = image.astype(np.float32)
    tall = pixels[rows] * (1 - down[:, None]) + pixels[rows[::-1]] * down[:, None]
    return tall[:, columns] * (1 - across) + tall[:, columns[::-1]] * across


YARDSTICKS = {"resize": _resize_yardstick}
