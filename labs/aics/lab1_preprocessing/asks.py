"""Lab 1, preprocessing: how each question calls the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and
returns what came back, name by name. It knows no right answer, and computes nothing of what came back: what is
counted and compared is in `aics.lab1_preprocessing.measures`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from aics.check.ask import Outputs
from aics.check.returned import left, spelled, stacked

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
    """The network's input, [1, 3, 224, 224]."""
    return {"input": _from_file(vgg_input, file, suffix)}


# Size


def resize(resize: Callable[..., Any], *, image: np.ndarray, height: int, width: int) -> Outputs:
    """Picture [height, width, 3]."""
    return {"picture": resize(image, height, width)}


def center_crop(center_crop: Callable[..., Any], *, image: np.ndarray, height: int, width: int) -> Outputs:
    """Crop [height, width, 3], or the words of the ValueError that was raised in its place."""
    try:
        return {"crop": center_crop(image, height, width)}
    except ValueError as refusal:
        return {"refusal": spelled([refusal])}


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
    """Normalised pictures of the input's shape, and the input as it is afterwards."""
    return {"output": normalize(images, mean, std), **left(images=images)}


def whiten(whiten: Callable[..., Any], *, image: np.ndarray) -> Outputs:
    """Standardised picture of the input's shape."""
    return {"output": whiten(image)}


def layout(
    to_channels_first: Callable[..., Any], to_channels_last: Callable[..., Any], *, last: np.ndarray, first: np.ndarray
) -> Outputs:
    """`last` [..., H, W, C] with channels first, `first` [..., C, H, W] with channels last.

    How an array lies in memory does not travel with its numbers: its strides say it, and how long a number is.
    """
    found = {"channels_first": to_channels_first(last), "channels_last": to_channels_last(first)}
    return found | {f"strides and item size of {name}": _in_memory(output) for name, output in found.items()}


def _in_memory(output: Any) -> np.ndarray:
    """An array's strides, then its item size, in bytes."""
    return np.array([*getattr(output, "strides", ()), getattr(output, "itemsize", 0)])


# Chance


def flip(flip: Callable[..., Any], *, pictures: np.ndarray, seed: int, p: float) -> Outputs:
    """Four times what became of a batch of `FLIPS` pictures: with a seed, the same, another, and the first going on.

    Beside that the first batch as it is afterwards, and NumPy's global random state, which began at the seed.
    """
    batches = [np.tile(pictures, (FLIPS // len(pictures), 1, 1, 1)) for _ in range(4)]
    kept = np.random.get_state(legacy=True)
    np.random.seed(seed)  # so that even code which uses it answers the same each time
    first, same, other = (np.random.default_rng(s) for s in (seed, seed, seed + 1))
    outputs = [flip(images, rng, p) for images, rng in zip(batches, (first, same, other, first), strict=True)]
    state = np.random.get_state(legacy=False)["state"]
    np.random.set_state(kept)
    names = ("pictures", "with the same seed", "with another seed", "the next batch")
    found = dict(zip(names, outputs, strict=True))
    return found | left(batch=batches[0], **state)


def random_resized_crop(random_resized_crop: Callable[..., Any], *, image: np.ndarray, size: int, seed: int) -> Outputs:
    """`CROPS` crops [size, size, 3] with one generator, made with a resize that is handed in."""
    rng = np.random.default_rng(seed)
    crops = [random_resized_crop(image, size, rng, resize=_pick) for _ in range(CROPS)]
    return {"crops": stacked(crops)}


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
    """`JITTERS` pictures of the input's shape with one generator, and the input as it is afterwards."""
    rng = np.random.default_rng(seed)
    pictures = [color_jitter(image, rng, brightness, contrast, saturation, hue) for _ in range(JITTERS)]
    return {"pictures": stacked(pictures), **left(image=image)}


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
