"""Lab 1's inputs, drawn so that every mistake in misconceptions/ shows on every draw.

Sizes are drawn as well as values: each case keeps what it is there for (a side that is halved, a margin that cannot
be shared evenly) and grows by a few rows, columns or pictures. No picture is square unless a square one is what is
tested, and pictures are small: a wrong pixel is as wrong in 30 as in 150,000.
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
    """Multiples of 1/65536 in [0, 1), float32, more than half precision holds; the largest is set to 1."""
    values = (rng.integers(0, 65536, shape) / 65536).astype(np.float32)
    values.flat[values.argmax()] = 1
    return values


def _more(rng: np.random.Generator, size: int, most: int = 2) -> int:
    """A size that may be larger by up to `most`; 1 stays 1."""
    return size + int(rng.integers(0, most + 1)) * (size > 1)


def _longer(rng: np.random.Generator, height: int, width: int) -> tuple[int, int]:
    """Sides that may be longer by up to three; a square stays a square, and nothing else becomes one."""
    while True:
        longer = height + int(rng.integers(0, 4)), width + int(rng.integers(0, 4))
        if (longer[0] == longer[1]) == (height == width):
            return longer


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

    def pixels(height: int, width: int, *channels: int) -> np.ndarray:
        return _bytes(rng, *_longer(rng, height, width), *channels)

    palette = _bytes(rng, 8, 3)
    bits = rng.integers(0, 2, _longer(rng, 7, 10))
    bits[0, :2] = 0, 1
    deep = rng.integers(0, 65536, _longer(rng, 5, 8))
    deep[0, :2] = 300, 32768  # neither black nor white in 8 bits
    cases = [
        _case("colour", files.png(pixels(5, 7, 3), files.RGB)),
        _case("grey", files.png(pixels(6, 9), files.GREY)),
        _case("grey with alpha", files.png(pixels(7, 4, 2), files.GREY_ALPHA)),
        _case("colour with alpha", files.png(pixels(4, 6, 4), files.RGB_ALPHA)),
        _case("palette", files.png(rng.integers(1, 8, _longer(rng, 6, 5)), files.PALETTE, palette=palette)),
        _case("black and white, 1 bit", files.png(bits, files.GREY, depth=1)),
        _case("grey, 16 bit", files.png(deep, files.GREY, depth=16)),
        _case("CMYK", files.cmyk_tiff(pixels(5, 6, 4)), ".tif"),
    ]
    for tag in (1, 3, 6, 8):
        cases.append(
            _case(
                f"EXIF orientation {tag}", files.jpeg(_corners(rng, 16, 24 + 8 * int(rng.integers(0, 4))), tag), ".jpg"
            )
        )
    for tag in (2, 4, 5, 7):
        turned = files.png(pixels(4, 5, 3), files.RGB, orientation=tag)
        cases.append(_case(f"EXIF orientation {tag}", turned))
    return cases


def read_deep_turned(rng: np.random.Generator) -> list[Case]:
    """16 bits and turned at once, white among its pixels: what holds for 8 bits holds for these too."""
    deep = rng.integers(0, 65536, _longer(rng, 5, 8))
    deep[0, :3] = 300, 32768, 65535
    return [_case("grey, 16 bit, turned", files.png(deep, files.GREY, depth=16, orientation=6))]


def vgg_input(rng: np.random.Generator) -> list[Case]:
    """A tall colour picture, a wide grey one, a turned one: one side shrinks to 224, the other grows.

    Noise shows aliasing.
    """
    return [
        _case("colour", files.png(_bytes(rng, _more(rng, 520, 30), _more(rng, 36, 6), 3), files.RGB)),
        _case("grey", files.png(_bytes(rng, _more(rng, 40, 6), _more(rng, 600, 30)), files.GREY)),
        _case(
            "EXIF orientation 6",
            files.png(_bytes(rng, _more(rng, 40, 6), _more(rng, 300, 30), 3), files.RGB, orientation=6),
        ),
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
    cases = []
    for *sizes, kind in RESIZES:
        h, w, height, width = _resizing(rng, *sizes)
        cases.append({"image": _picture(rng, h, w, kind), "height": height, "width": width})
    return cases


def _resizing(rng: np.random.Generator, h: int, w: int, height: int, width: int) -> tuple[int, int, int, int]:
    """The same kind of resizing of a picture that may be larger."""
    if (h, w) == (height, width):
        return (*(longer := _longer(rng, h, w)), *longer)
    if (h, w) == (2 * height, 2 * width):
        height, width = _longer(rng, height, width)
        return 2 * height, 2 * width, height, width
    while True:
        old, new = [_more(rng, size) for size in (h, w)], [_more(rng, size, 3) for size in (height, width)]
        if all(np.sign(a - b) == np.sign(c - d) for a, b, c, d in zip(old, new, (h, w), (height, width), strict=True)):
            return old[0], old[1], new[0], new[1]


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
    (5, 9, 4, 7, "floats"),
    (4, 5, 7, 8, "bytes"),
]


#: An even side with an odd crop, and the other way round: halving each by itself rounds one up and the other down.
BOTH_WAYS = (8, 9, 5, 4, "bytes")


def center_crop(rng: np.random.Generator, row: str = "bottom", column: str = "right") -> list[Case]:
    """All of `CROPS`, with the same margins or margins that are wider by an even number.

    Where another row or column is the extra one, `BOTH_WAYS` as well: `CROPS` leaves some of that open.
    """
    cases = []
    for h, w, height, width, kind in CROPS if (row, column) == ("bottom", "right") else [*CROPS, BOTH_WAYS]:
        taller, broader, wider = (2 * int(n) for n in rng.integers(0, 3, 3))  # whether sides are even is the point
        rows, columns = (margin + wider * (margin > 0) for margin in (h - height, w - width))
        height, width = height + taller, width + broader
        image = _picture(rng, height + rows, width + columns, kind)
        cases.append({"image": image, "height": height, "width": width})
    return cases


def _left(size: float) -> float:
    """What is left of a size beyond whole pixels."""
    return size - np.floor(size)


def _even(*numbers: int) -> bool:
    """Whether all numbers are even and none is negative."""
    return all(number >= 0 and number % 2 == 0 for number in numbers)


def _sizes(low: int, high: int) -> list[tuple[int, int]]:
    """All (short, long) sides with a difference of at least 4."""
    return [(short, long) for short in range(low, high - 4) for long in range(short + 4, high)]


#: (short side, long side, shorter, size): the long side comes out above a half or below it, not near. After rounding
#: an even number of rows and columns is left over.
SHRINKS = [
    (short, long, shorter, shorter - 4)
    for short, long in _sizes(9, 36)
    for shorter in (short - 4, short - 3, short + 9)
    if shorter > 5 and 0.1 < _left(long * shorter / short) < 0.9 and abs(_left(long * shorter / short) - 0.5) > 0.1
    if _even(round(long * shorter / short) - shorter)
]


def _shrink(rng: np.random.Generator, *, up: bool, larger: bool = False) -> tuple[int, int, int, int]:
    """One of `SHRINKS`: rounded up or down, larger than before or smaller."""
    fit = [
        (short, long, shorter, size)
        for short, long, shorter, size in SHRINKS
        if (_left(long * shorter / short) > 0.5) == up and (shorter > short) == larger
    ]
    return fit[rng.integers(len(fit))]


def resize_then_crop(rng: np.random.Generator) -> list[Case]:
    """Landscape, portrait, square, enlarged, without a margin; rounded up, rounded down, exact."""
    square, third = int(rng.integers(13, 20)), int(rng.integers(6, 11))
    cases = []
    for portrait, (short, long, shorter, size) in [
        (False, _shrink(rng, up=True)),
        (True, _shrink(rng, up=False)),
        (False, (square, square, square - 3, square - 5)),
        (False, _shrink(rng, up=True, larger=True)),
        (False, (3 * third, 3 * third + 9, 2 * third, 2 * third)),
    ]:
        h, w = (long, short) if portrait else (short, long)
        cases.append({"image": _bytes(rng, h, w, 3), "shorter": shorter, "size": size})
    return cases


#: Sides whose share of 7/8 is rounded up, or down, and leaves an even number of rows over.
UP, DOWN = (
    [
        side
        for side in range(14, 40)
        if _left(side * 0.875) not in (0, 0.5) and (_left(side * 0.875) > 0.5) == up
        if _even(side - round(side * 0.875))
    ]
    for up in (True, False)
)


def crop_then_resize(rng: np.random.Generator) -> list[Case]:
    """Landscape, portrait, square, enlarged, another share; sides rounded up and down."""

    def one(sides: list[int], above: int = 0, below: int = 100) -> int:
        return int(rng.choice([side for side in sides if above < side < below]))

    square, half = 16 * int(rng.integers(1, 3)), 4 * int(rng.integers(4, 7))
    shapes = [
        (one(UP, below=24), one(DOWN, above=24), 0.875, 12),
        (one(DOWN, above=24), one(UP, below=24), 0.875, 10),
        (square, square, 0.875, 10),
        (one(UP, above=24), one(DOWN, below=24), 0.875, 26),
        (half, half + 8, 0.5, 8),
    ]
    return [{"image": _bytes(rng, h, w, 3), "share": share, "size": _more(rng, size)} for h, w, share, size in shapes]


# Values and layout


def normalize(rng: np.random.Generator) -> list[Case]:
    """Single pictures and batches of both ranges; bytes that begin with 0, with 200, and bytes no larger than 1.

    No two channels have the same mean or std.
    """

    def shape(*sizes: int) -> tuple[int, ...]:
        return (*(_more(rng, size) for size in sizes), 3)

    dark = rng.integers(0, 2, shape(2, 3, 5)).astype(np.uint8)
    dark[0, 0, 0], dark[1, 0, 0] = 0, 1
    images = [
        _bytes(rng, *shape(5, 8)),
        _bytes(rng, *shape(2, 4, 7)),
        _floats(rng, *shape(4, 5, 3)),
        _floats(rng, *shape(4, 7)) / 8,
        dark,
        _bytes(rng, *shape(4, 7)),
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
    one_colour = np.full((*_longer(rng, 4, 5), 3), rng.integers(20, 236), np.uint8)
    one_off = one_colour.copy()
    one_off.flat[rng.integers(one_off.size)] += 1
    faint = (0.5 + rng.integers(-1, 2, (*_longer(rng, 5, 8), 3)) / 512).astype(np.float32)
    channels = _bytes(rng, *_longer(rng, 6, 9), 3) // np.array(
        [1, 2, 4], np.uint8
    )  # no two channels of the same brightness
    return [{"image": image} for image in (channels, _floats(rng, *_longer(rng, 7, 5), 3), one_colour, one_off, faint)]


#: (batch sizes, H, W, C): single pictures, batches, square pictures, a side as long as the channels
LAYOUTS = [((), 4, 5, 3), ((2,), 4, 5, 3), ((3,), 4, 4, 3), ((2,), 3, 5, 4), ((), 3, 2, 3), ((1,), 2, 6, 3)]


def layout(rng: np.random.Generator) -> list[Case]:
    """All of `LAYOUTS`, each as one picture or batch of either layout."""
    cases = []
    for batch, h, w, c in LAYOUTS:
        n = [_more(rng, size) for size in batch]
        h, w = (h, w + int(rng.integers(0, 4)) * 2) if h == c else _longer(rng, h, w)
        cases.append({"last": _bytes(rng, *n, h, w, c), "first": _floats(rng, *n, c, h, w)})
    return cases


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
        pictures = _bytes(rng, 8, *_longer(rng, 3, 4), 3)
        pictures[:, 0, 0], pictures[:, 0, -1], pictures[:, -1, 0] = (10, 20, 30), (40, 50, 60), (70, 80, 90)
        cases.append({"pictures": pictures, "seed": _seed(rng), "p": p})
    return cases


#: (H, W, size); in the last two no crop ever fits, in the one before only some do
RANDOM_CROPS = [(23, 31, 4), (34, 20, 5), (16, 16, 4), (10, 40, 3), (2, 80, 3), (80, 2, 3)]


def random_resized_crop(rng: np.random.Generator) -> list[Case]:
    """All of `RANDOM_CROPS`; the wider or narrower the picture, the fewer crops fit."""
    cases = []
    for h, w, size in RANDOM_CROPS:
        more = int(rng.integers(0, 5))
        image = _bytes(rng, *_grown(h, w, more), 3)
        cases.append({"image": image, "size": _more(rng, size), "seed": _seed(rng)})
    return cases


def _grown(h: int, w: int, more: int) -> tuple[int, int]:
    """Both sides longer by `more`; of a low or narrow picture only the longer one, by four times that."""
    if max(h, w) < 4 * min(h, w):
        return h + more, w + more
    return (h, w + 4 * more) if h < w else (h + 4 * more, w)


def random_crop_that_fits_too_late(rng: np.random.Generator, least: float = 0.1) -> list[Case]:
    """A picture where the eleventh crop would be the first that fits."""
    low = _bytes(rng, 10, 40 + 2 * int(rng.integers(0, 5)), 3)

    def late(rng: np.random.Generator) -> bool:
        return [_fits(rng, *low.shape[:2], least) for _ in range(11)] == 10 * [False] + [True]

    return [{"image": low, "size": 3, "seed": _seed(rng, late)}]


def _fits(rng: np.random.Generator, height: int, width: int, least: float) -> bool:
    """Whether the crop that is drawn next, `least` the smallest area, fits into a picture of these sides."""
    area, ratio = rng.uniform(least, 1.0) * height * width, np.exp(rng.uniform(np.log(0.5), np.log(2)))
    return round(np.sqrt(area * ratio)) <= width and round(np.sqrt(area / ratio)) <= height


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
        {"image": _colors(rng, *_longer(rng, h, w)), "seed": _seed(rng, _strong)}
        | {"brightness": b, "contrast": c, "saturation": s, "hue": hue}
        for h, w, b, c, s, hue in JITTERS
    ]


def compose(rng: np.random.Generator) -> list[Case]:
    """Two pictures; a factor and an offset that do not commute."""
    return [
        {"image": _floats(rng, *_longer(rng, *sides), 3), "seed": _seed(rng), "factor": factor, "offset": offset}
        for sides, factor, offset in [
            ((4, 5), rng.uniform(1.8, 2.2), rng.uniform(0.2, 0.3)),
            ((2, 3), rng.uniform(0.4, 0.6), rng.uniform(-0.8, -0.7)),
        ]
    ]
