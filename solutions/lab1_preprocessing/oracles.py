"""Lab 1's right answers, in float64 and from each step's definition.

Nothing here is shared with the notebook's solution. Pillow opens files and hands over their samples
as they are stored; every conversion is done here.
"""

from __future__ import annotations

import colorsys
import io
import math
from fractions import Fraction

import numpy as np
from PIL import Image

#: EXIF orientation -> (rows and columns change places first, rows reversed, columns reversed).
ORIENTATIONS = {
    1: (False, False, False),
    2: (False, False, True),
    3: (False, True, True),
    4: (False, True, False),
    5: (True, False, False),
    6: (True, False, True),
    7: (True, True, True),
    8: (True, True, False),
}

#: Brightness of red, green and blue, by the ITU-R's standards.
LUMA = {"BT.601": (0.299, 0.587, 0.114), "BT.709": (0.2126, 0.7152, 0.0722), "BT.2020": (0.2627, 0.6780, 0.0593)}
#: Mean colour of VGG19's training pictures, RGB, 0 to 255.
MEAN_COLOR = np.array([123.68, 116.779, 103.939])

# Files


def _rgb(stored: Image.Image) -> np.ndarray:
    """The stored samples of a picture as (H, W, 3) float64 in 0 to 255, not turned."""
    values = np.asarray(stored)
    if stored.mode == "P":
        return np.array(stored.getpalette("RGB"), np.float64).reshape(-1, 3)[values]
    if stored.mode == "CMYK":
        ink, black = values[..., :3].astype(np.float64), values[..., 3:].astype(np.float64)
        return (255 - ink) * (255 - black) / 255
    if stored.mode == "1":
        values = values * 255
    elif values.dtype.itemsize > 1:
        values = values >> 8
    colors = values[..., None] if values.ndim == 2 else values
    return np.repeat(colors[..., :1], 3, axis=-1) * 1.0 if colors.shape[-1] < 3 else colors[..., :3] * 1.0


def _opened(file: np.ndarray) -> Image.Image:
    return Image.open(io.BytesIO(file.tobytes()))


def _upright(stored: Image.Image) -> np.ndarray:
    """A picture as (H, W, 3) float64 in 0 to 255, the right way up."""
    swapped, rows, columns = ORIENTATIONS[stored.getexif().get(274, 1)]
    picture = _rgb(stored)
    picture = picture.swapaxes(0, 1) if swapped else picture
    return picture[:: -1 if rows else 1, :: -1 if columns else 1]


def read_image(*, kind, file, suffix):
    """Every pixel as red, green, blue, turned as the EXIF orientation says."""
    return {"picture": np.round(_upright(_opened(file))).astype(np.uint8)}


def vgg_input(*, kind, file, suffix):
    """Bilinear with a filter that grows when the picture shrinks; minus the mean colour; [1, 3, 224, 224]."""
    picture = _upright(_opened(file))
    filters = [_hats(size, 224, wider=max(1.0, size / 224)) for size in picture.shape[:2]]
    resized = np.einsum("ih,jw,hwc->cij", *filters, picture, optimize=True)
    values = (resized - MEAN_COLOR[:, None, None])[None]
    return {"shape": np.array(values.shape), "sample": values[..., ::8, ::8]}


# Size


def _hats(size: int, new: int, wider: float = 1.0) -> np.ndarray:
    """Weights (new, size) of hat functions around each new pixel's centre, normalised to sum to 1."""
    centres = (np.arange(new) + 0.5) * size / new
    distance = np.abs(np.arange(size) + 0.5 - centres[:, None])
    weights = np.maximum(0, 1 - distance / wider)
    return weights / weights.sum(axis=1, keepdims=True)


def resize(*, image, height, width):
    """Bilinear: each new pixel is a mean of old ones, weighted by 1 minus the distance of the centres.

    Beyond the border's centres only the border itself is nearer than 1, so that normalising the
    weights repeats it.
    """
    rows, columns = _hats(image.shape[0], height), _hats(image.shape[1], width)
    return {"picture": np.einsum("ih,jw,hwc->ijc", rows, columns, image.astype(np.float64), optimize=True)}


def center_crop(*, image, height, width, row="bottom", column="right"):
    """Rows taken off in turn, the one at `row` first, until `height` are left; columns likewise."""
    if height > image.shape[0] or width > image.shape[1]:
        return {"raises ValueError": np.array(True), "both sizes in its message": np.array(True)}
    sides = []
    last_first = (row == "bottom", column == "right")
    for have, want, last in zip(image.shape, (height, width), last_first, strict=False):
        places = list(range(have))
        while len(places) > want:
            places.pop(-1 if ((have - len(places)) % 2 == 0) == last else 0)
        sides.append(places)
    return {"raises ValueError": np.array(False), "crop": _exact(image[np.ix_(*sides)])}


def _exact(values: np.ndarray) -> np.ndarray:
    """Bytes as bytes, all else as float64."""
    return values if values.dtype == np.uint8 else values.astype(np.float64)


def _nearest(value: Fraction) -> int:
    """The nearest whole number; no case is a half."""
    assert value.denominator != 2
    return round(value)


def resize_then_crop(*, image, shorter, size):
    """Place by place: which pixel of the original each of the result comes from.

    The ask's stand-in for resize takes pixel ``i * old // new`` for place i.
    """
    scale = Fraction(shorter, min(image.shape[:2]))
    places = []
    for old in image.shape[:2]:
        new = _nearest(old * scale)
        places.append([(i + (new - size) // 2) * old // new for i in range(size)])
    return {"picture": image[np.ix_(*places)].astype(np.float64)}


def crop_then_resize(*, image, share, size):
    """As above, the other way round."""
    places = []
    for old in image.shape[:2]:
        new = _nearest(old * Fraction(share))
        places.append([(old - new) // 2 + i * new // size for i in range(size)])
    return {"picture": image[np.ix_(*places)].astype(np.float64)}


# Values and layout


def normalize(*, images, mean, std):
    """``(x - mean) / std`` by channel; x in 0..1."""
    scale = 255 if images.dtype == np.uint8 else 1
    channels = [
        (images[..., c].astype(np.float64) / scale - float(mean[c])) / float(std[c]) for c in range(images.shape[-1])
    ]
    return {"output": np.stack(channels, axis=-1), "input_changed": np.array(0)}


def whiten(*, image):
    """Deviation over ``max(std, 1 / sqrt(N))``, of all N numbers of the picture."""
    values = image.astype(np.float64)
    count = values.size
    mean = math.fsum(values.flat) / count
    variance = math.fsum((values - mean).ravel() ** 2) / count
    return {"output": (values - mean) / max(math.sqrt(variance), 1 / math.sqrt(count))}


def layout(*, last, first):
    """Number by number: ``[..., h, w, c]`` is ``[..., c, h, w]``."""
    height, width, channels = last.shape[-3:]
    planes, rows = np.empty((*last.shape[:-3], channels, height, width)), np.empty(last.shape)
    for h, w, c in np.ndindex(height, width, channels):
        planes[..., c, h, w] = last[..., h, w, c]
        rows[..., h, w, c] = first[..., c, h, w]
    return {"channels_first": planes.astype(np.uint8), "channels_last": rows, "contiguous": np.array([True, True])}


# Chance


def flip(*, pictures, seed, p):
    """What independent flips of probability p come to on average."""
    agree = p**2 + (1 - p) ** 2
    flags = dict.fromkeys(("any_odd", "batch_changed", "global_state_used"), False)
    shares = {"share_flipped": p, "like_neighbour": agree, "like_same_seed": 1.0}
    shares |= {"like_other_seed": agree, "like_next_batch": agree}
    odd_example = np.zeros(pictures[0].shape)
    return {name: np.array(value) for name, value in (flags | {"odd_example": odd_example} | shares).items()}


def random_resized_crop(*, image, size, seed, least=0.1):
    """Up to ten draws of area and ratio; the first box that fits; else the centre square."""
    rng, (height, width) = np.random.default_rng(seed), image.shape[:2]
    crops = []
    for _ in range(8):
        top, left, h, w = _random_box(rng, height, width, least)
        rows, columns = ([start + i * n // size for i in range(size)] for start, n in ((top, h), (left, w)))
        crops.append(image[np.ix_(rows, columns)].astype(np.float64))
    return {"crops": np.stack(crops)}


def _random_box(rng: np.random.Generator, height: int, width: int, least: float = 0.1) -> tuple[int, int, int, int]:
    """Top, left, height, width of one crop, of which `least` is the smallest area."""
    for _ in range(10):
        area = (least + (1 - least) * rng.random()) * height * width
        ratio = 2.0 ** (2 * rng.random() - 1)
        w, h = round(math.sqrt(area * ratio)), round(math.sqrt(area / ratio))
        if w <= width and h <= height:
            return int(rng.integers(height - h + 1)), int(rng.integers(width - w + 1)), h, w
    side = min(height, width)
    return (height - side) // 2, (width - side) // 2, side, side


def color_jitter(*, image, seed, brightness, contrast, saturation, hue, standard="BT.601"):
    """Four factors, four steps, each clipped to 0..1; hue by colorsys, pixel by pixel."""
    luma = np.array(LUMA[standard])
    rng, pictures = np.random.default_rng(seed), []
    for _ in range(4):
        b, c, s = (1 + strength * (2 * rng.random() - 1) for strength in (brightness, contrast, saturation))
        turn = hue * (2 * rng.random() - 1)
        values = np.clip(image.astype(np.float64) * b, 0, 1)
        middle = np.mean(values @ luma)
        values = np.clip(c * values + (1 - c) * middle, 0, 1)
        grey = (values @ luma)[..., None]
        values = np.clip(s * values + (1 - s) * grey, 0, 1)
        pixels = [_turned(pixel, turn) for pixel in values.reshape(-1, 3)]
        pictures.append(np.reshape(pixels, image.shape))
    return {"pictures": np.stack(pictures), "input_changed": np.array(0)}


def _turned(pixel: np.ndarray, turn: float) -> tuple[float, float, float]:
    h, s, v = colorsys.rgb_to_hsv(*map(float, pixel))
    return colorsys.hsv_to_rgb((h + turn) % 1, s, v)


def compose(*, image, seed, factor, offset):
    """The ask's three steps written out: times the factor, plus the offset, plus a random number."""
    draws, start = np.random.default_rng(seed).random(3), image.astype(np.float64)
    first = start * factor + offset + draws[0]
    return {
        "picture": first,
        "again": start * factor + offset + draws[1],
        "next_draw": np.array(draws[2]),
        "from_iterator": first,
        "nested": (start + offset) * factor + offset + draws[0],
        "no_steps": start,
        "list_emptied": first,
    }
