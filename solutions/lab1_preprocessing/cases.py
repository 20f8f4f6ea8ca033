"""Lab 1's inputs, drawn so that every mistake in misconceptions/ shows on every draw.

Shapes are fixed, only values vary. No picture is square unless a square one is what is tested, and
pictures are small: a wrong pixel is as wrong in 30 as in 150,000.
"""

from __future__ import annotations

from collections.abc import Callable

import files
import numpy as np

from autograder.course.question import Case

# Pictures


def _bytes(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Any values from 0 to 255, uint8."""
    return rng.integers(0, 256, shape).astype(np.uint8)


def _floats(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Multiples of 1/256 in [0, 1), float32; the largest is set to 1."""
    values = (rng.integers(0, 256, shape) / 256).astype(np.float32)
    values.flat[values.argmax()] = 1
    return values


def _corners(rng: np.random.Generator, height: int, width: int) -> np.ndarray:
    """A smooth picture whose corners are red, green, blue and white in some order: no two turns are alike."""
    colors = np.array([[230, 20, 20], [20, 230, 20], [20, 20, 230], [230, 230, 230]])[rng.permutation(4)]
    down, across = np.linspace(0, 1, height)[:, None, None], np.linspace(0, 1, width)[:, None]
    top, bottom = (colors[i] * (1 - across) + colors[i + 1] * across for i in (0, 2))
    return np.round(top * (1 - down) + bottom * down).astype(np.uint8)


def _case(kind: str, file: np.ndarray, suffix: str = ".png") -> Case:
    return {"kind": kind, "file": file, "suffix": suffix}


def read_image(rng: np.random.Generator) -> list[Case]:
    """A file of every kind, and of every EXIF orientation: JPEG as cameras write it, PNG for the mirrored ones."""
    palette = _bytes(rng, 8, 3)
    bits = rng.integers(0, 2, (7, 10))
    bits[0, :2] = 0, 1
    deep = rng.integers(0, 65536, (5, 8))
    deep[0, :2] = 300, 32768  # neither black nor white in 8 bits
    cases = [
        _case("colour", files.png(_bytes(rng, 5, 7, 3), files.RGB)),
        _case("grey", files.png(_bytes(rng, 6, 9), files.GREY)),
        _case("grey with alpha", files.png(_bytes(rng, 7, 4, 2), files.GREY_ALPHA)),
        _case("colour with alpha", files.png(_bytes(rng, 4, 6, 4), files.RGB_ALPHA)),
        _case("palette", files.png(rng.integers(1, 8, (6, 5)), files.PALETTE, palette=palette)),
        _case("black and white, 1 bit", files.png(bits, files.GREY, depth=1)),
        _case("grey, 16 bit", files.png(deep, files.GREY, depth=16)),
        _case("CMYK", files.cmyk_tiff(_bytes(rng, 5, 6, 4)), ".tif"),
    ]
    for tag in (1, 3, 6, 8):
        cases.append(_case(f"EXIF orientation {tag}", files.jpeg(_corners(rng, 16, 24), tag), ".jpg"))
    for tag in (2, 4, 5, 7):
        turned = files.png(_bytes(rng, 4, 5, 3), files.RGB, orientation=tag)
        cases.append(_case(f"EXIF orientation {tag}", turned))
    return cases


def vgg_input(rng: np.random.Generator) -> list[Case]:
    """A tall colour picture and a wide grey one: one side shrinks to 224, the other grows. Noise shows aliasing."""
    return [
        _case("colour", files.png(_bytes(rng, 520, 36, 3), files.RGB)),
        _case("grey", files.png(_bytes(rng, 40, 600), files.GREY)),
    ]


# Size

#: (H, W, height, width, values): larger, smaller, both, halved, unchanged, from and to a single row or column
RESIZES = [
    (4, 6, 8, 15, "floats"),
    (9, 14, 4, 5, "bytes"),
    (8, 10, 4, 5, "floats"),
    (6, 5, 11, 3, "bytes"),
    (4, 7, 4, 7, "bytes"),
    (1, 5, 3, 2, "floats"),
    (7, 3, 5, 1, "bytes"),
]


def _picture(rng: np.random.Generator, height: int, width: int, values: str) -> np.ndarray:
    return (_bytes if values == "bytes" else _floats)(rng, height, width, 3)


def resize(rng: np.random.Generator) -> list[Case]:
    """All of `RESIZES`."""
    return [{"image": _picture(rng, h, w, kind), "height": nh, "width": nw} for h, w, nh, nw, kind in RESIZES]


def timed_resize(rng: np.random.Generator) -> Case:
    """0.2 MB that become 0.27 MB: with what lies between, everything fits the cache."""
    return {"image": _floats(rng, 112, 150, 3), "height": 130, "width": 176}


#: (H, W, height, width, values): even and odd remainders of odd and even sides, none at all, too small
CROPS = [
    (8, 11, 4, 5, "bytes"),
    (7, 10, 4, 5, "floats"),
    (9, 6, 4, 6, "bytes"),
    (5, 8, 5, 3, "floats"),
    (6, 4, 6, 4, "bytes"),
    (5, 9, 6, 4, "bytes"),
    (9, 5, 4, 7, "bytes"),
]


def center_crop(rng: np.random.Generator) -> list[Case]:
    """All of `CROPS`."""
    return [{"image": _picture(rng, h, w, kind), "height": nh, "width": nw} for h, w, nh, nw, kind in CROPS]


#: (H, W, shorter, size). The longer side comes out at 21.6, 26.25, 12, 35.56, 20: rounded up, down, exact.
#: After rounding to the nearest, an even number of rows and columns is left over.
SHRINKS = [(20, 27, 16, 12), (35, 24, 18, 14), (15, 15, 12, 10), (9, 16, 20, 16), (21, 30, 14, 14)]


def resize_then_crop(rng: np.random.Generator) -> list[Case]:
    """All of `SHRINKS`: landscape, portrait, square, enlarged, without a margin."""
    return [{"image": _bytes(rng, h, w, 3), "shorter": s, "size": size} for h, w, s, size in SHRINKS]


#: (H, W, share, size); rounding as above: 15.75 and 27.1, 26.25 and 14.875, 14 and 14, 28.9 and 13.1, 10 and 14
SHARES = [(18, 31, 0.875, 12), (30, 17, 0.875, 10), (16, 16, 0.875, 10), (33, 15, 0.875, 26), (20, 28, 0.5, 8)]


def crop_then_resize(rng: np.random.Generator) -> list[Case]:
    """All of `SHARES`: landscape, portrait, square, enlarged, another share."""
    return [{"image": _bytes(rng, h, w, 3), "share": share, "size": size} for h, w, share, size in SHARES]


# Values and layout


def normalize(rng: np.random.Generator) -> list[Case]:
    """Single pictures and batches of both ranges; bytes that begin with 0, with 200, and bytes no larger than 1.

    No two channels have the same mean or std.
    """
    dark = rng.integers(0, 2, (2, 3, 5, 3)).astype(np.uint8)
    dark[0, 0, 0], dark[1, 0, 0] = 0, 1
    images = [
        _bytes(rng, 5, 7, 3),
        _bytes(rng, 2, 4, 6, 3),
        _floats(rng, 3, 4, 3, 3),
        _floats(rng, 4, 5, 3) / 8,
        dark,
        _bytes(rng, 3, 6, 3),
    ]
    for values, first in ((images[0], 0), (images[1], 0), (images[5], 200)):
        values.reshape(-1)[:3] = first
    cases = []
    for values in images:
        mean = rng.permutation([0.3, 0.45, 0.6]) + rng.uniform(-0.05, 0.05, 3)
        std = rng.permutation([0.15, 0.22, 0.3]) + rng.uniform(-0.02, 0.02, 3)
        cases.append({"images": values, "mean": mean.astype(np.float32), "std": std.astype(np.float32)})
    return cases


def whiten(rng: np.random.Generator) -> list[Case]:
    """Both ranges; one colour only; contrast below the floor in both ranges."""
    one_colour = np.full((4, 5, 3), rng.integers(20, 236), np.uint8)
    one_off = one_colour.copy()
    one_off.flat[rng.integers(one_off.size)] += 1
    faint = (0.5 + rng.integers(-1, 2, (5, 8, 3)) / 512).astype(np.float32)
    channels = _bytes(rng, 6, 9, 3) // np.array([1, 2, 4], np.uint8)  # no two channels of the same brightness
    return [{"image": image} for image in (channels, _floats(rng, 7, 5, 3), one_colour, one_off, faint)]


#: (batch sizes, H, W, C): single pictures, batches, square pictures, a side as long as the channels
LAYOUTS = [((), 4, 5, 3), ((2,), 4, 5, 3), ((3,), 4, 4, 3), ((2,), 3, 5, 4), ((), 3, 2, 3), ((1,), 2, 6, 3)]


def layout(rng: np.random.Generator) -> list[Case]:
    """All of `LAYOUTS`, each as one picture or batch of either layout."""
    return [{"last": _bytes(rng, *n, h, w, c), "first": _floats(rng, *n, c, h, w)} for n, h, w, c in LAYOUTS]


# Chance


def _seed(rng: np.random.Generator, wanted: Callable[[np.random.Generator], bool] = lambda _rng: True) -> int:
    """A seed whose generator draws what is `wanted`."""
    while True:
        seed = int(rng.integers(1 << 30))
        if wanted(np.random.default_rng(seed)):
            return seed


#: Probabilities of a flip; with 1 every picture is flipped.
FLIP_PROBABILITIES = (0.5, 0.2, 1.0)


def flip(rng: np.random.Generator) -> list[Case]:
    """Eight pictures, which the ask repeats; none equals one of its mirror images or has two equal channels."""
    cases = []
    for p in FLIP_PROBABILITIES:
        pictures = _bytes(rng, 8, 3, 4, 3)
        pictures[:, 0, 0], pictures[:, 0, -1], pictures[:, -1, 0] = (10, 20, 30), (40, 50, 60), (70, 80, 90)
        cases.append({"pictures": pictures, "seed": _seed(rng), "p": p})
    return cases


#: (H, W, size); in the last no crop ever fits, in the one before only some do
RANDOM_CROPS = [(23, 31, 4), (34, 20, 5), (16, 16, 4), (10, 40, 3), (2, 80, 3)]


def random_resized_crop(rng: np.random.Generator) -> list[Case]:
    """All of `RANDOM_CROPS`."""
    return [{"image": _bytes(rng, h, w, 3), "size": size, "seed": _seed(rng)} for h, w, size in RANDOM_CROPS]


def _colors(rng: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Random colours, among them black, white, a grey and two reds on either side of hue 0."""
    values = _floats(rng, height, width, 3)
    values[0, :5] = [[0, 0, 0], [1, 1, 1], [0.5, 0.5, 0.5], [1, 0.02, 0], [1, 0, 0.02]]
    return values


def _strong(rng: np.random.Generator) -> bool:
    """Whether the first picture gets much brighter, then loses contrast: it must be clipped in between."""
    brightness, contrast, _, _ = rng.uniform(0.6, 1.4, 4)
    return brightness > 1.25 and contrast < 0.85


#: (H, W, brightness, contrast, saturation, hue); strengths of 0 still draw a number
JITTERS = [(5, 6, 0.4, 0.4, 0.4, 0.1), (4, 7, 0.4, 0.4, 0.4, 0.5), (6, 5, 0.0, 0.3, 0.0, 0.2)]


def color_jitter(rng: np.random.Generator) -> list[Case]:
    """All of `JITTERS`."""
    return [
        {"image": _colors(rng, h, w), "seed": _seed(rng, _strong)}
        | {"brightness": b, "contrast": c, "saturation": s, "hue": hue}
        for h, w, b, c, s, hue in JITTERS
    ]


def compose(rng: np.random.Generator) -> list[Case]:
    """Two pictures; a factor and an offset that do not commute."""
    return [
        {"image": _floats(rng, *shape), "seed": _seed(rng), "factor": factor, "offset": offset}
        for shape, factor, offset in [((4, 5, 3), 2.0, 0.25), ((2, 3, 3), 0.5, -0.75)]
    ]
