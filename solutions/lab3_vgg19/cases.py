"""Lab 3's inputs, drawn so that every mistake in misconceptions/ shows on every draw.

Networks have VGG19's 44 layers and its names, and few channels: they are small, but none of their
sizes is like another where that could hide a mistake. Sizes are drawn as well as values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import oracles
import plan

from aics.doubles.files import weights_and_biases
from autograder.course.counted import Counted
from autograder.course.question import Case


def _more(rng: np.random.Generator, size: int, most: int = 2) -> int:
    """A size that may be larger by up to `most`; 1 stays 1."""
    return size + int(rng.integers(0, most + 1)) * (size > 1)


def _all_more(rng: np.random.Generator, sizes: Sequence[int], most: int = 1) -> list[int]:
    return [_more(rng, size, most) for size in sizes]


def _longer(rng: np.random.Generator, height: int, width: int) -> tuple[int, int]:
    """Sides that may be longer by up to three; a square stays a square, and nothing else becomes one."""
    while True:
        longer = height + int(rng.integers(0, 4)), width + int(rng.integers(0, 4))
        if (longer[0] == longer[1]) == (height == width):
            return longer


# The network, its weights, its picture


def build_model(rng: np.random.Generator) -> list[Case]:
    """Widths all different from one another and from the 3x3 positions before flatten."""
    *channels, six, seven, classes = rng.permutation(np.arange(4, 20, 2) + rng.integers(2)).tolist()
    return [{"shapes": plan.shapes(channels, (six, seven), classes, 96), "image_size": 96}]


#: The published VGG19: channels, hidden, classes, image size.
PUBLISHED = ((64, 128, 256, 512, 512), (4096, 4096), 1000, 224)


def published_sizes(_rng: np.random.Generator) -> list[Case]:
    """The sizes that the original course's files write out."""
    return [{"shapes": plan.shapes(*PUBLISHED), "image_size": PUBLISHED[-1]}]


#: Channels, hidden and classes all alike, and 3x3 positions: only values tell a wrong order.
ALL_ALIKE = ([3, 3, 3, 3, 3], [3, 3], 3, 96)


def _count(shapes: list[list]) -> int:
    """Numbers in the weights and biases of these shapes."""
    return sum(int(np.prod(shape)) + shape[-1] for _, shape in shapes)


def _mean(rng: np.random.Generator) -> list[float]:
    """A mean colour whose three numbers lie at least 8 apart, so that no two can be confused."""
    return (100 + 12 * rng.permutation(3) + rng.uniform(0, 4, 3)).round(3).tolist()


def load_model(rng: np.random.Generator) -> list[Case]:
    """Files in which no number occurs twice, so that each that goes astray shows: all sizes different, and alike."""
    *widths, six, seven, outputs = rng.permutation(np.arange(2, 10)).tolist()
    cases = []
    for channels, hidden, classes, image_size in [(widths, [six, seven], outputs, 64), ALL_ALIKE]:
        shapes = plan.shapes(channels, hidden, classes, image_size)
        numbers = (rng.permutation(_count(shapes)) / 8).astype(np.float32)
        cases.append({"shapes": shapes, "numbers": numbers, "mean": _mean(rng), "image_size": image_size})
    return cases


#: (height, width, mode of the file, image size): smaller and larger than the input, never square
PICTURES = [(23, 34, "RGB", 16), (9, 7, "RGB", 16), (31, 20, "L", 14), (26, 41, "P", 18)]


def load_image(rng: np.random.Generator) -> list[Case]:
    """Patches of 2x2 pixels in at most 250 colours; grey pictures have three equal channels.

    Mean colours are in eighths, which half precision holds too: whoever keeps them so is right on every draw.
    """
    cases = []
    for *sides, mode, size in PICTURES:
        (height, width), image_size = _longer(rng, *sides), _more(rng, size)
        colours = rng.integers(0, 256, (250, 1 if mode == "L" else 3), dtype=np.uint8) | np.zeros(3, np.uint8)
        small = colours[rng.integers(0, 250, (-(-height // 2), -(-width // 2)))]
        picture = np.repeat(np.repeat(small, 2, axis=0), 2, axis=1)[:height, :width].copy()
        mean = np.round(8 * np.array(_mean(rng))) / 8
        cases.append({"picture": picture, "mode": mode, "mean": mean, "image_size": image_size})
    return cases


def published_image_size(rng: np.random.Generator) -> list[Case]:
    """A picture of the published size, and two of even slopes, which any filter resizes alike: none is prescribed.

    The course's own are JPEG files, which plt.imread gives as whole numbers, and a PNG as fractions; a BMP it gives
    like a JPEG, and every number stays as it is.
    """
    whole = rng.integers(0, 256, (224, 224, 3), dtype=np.uint8)
    pictures = [whole, *(_slopes(rng, *_longer(rng, *sides)) for sides in ((150, 260), (333, 281)))]
    means = [np.array(_mean(rng)) for _ in pictures]
    return [
        {"picture": picture, "mode": "RGB", "mean": mean, "image_size": 224, "ending": "bmp"}
        for picture, mean in zip(pictures, means, strict=True)
    ]


def _slopes(rng: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Each colour rises or falls evenly down and across, by as much as it likes, between 20 and 235."""
    down, across = np.linspace(-1, 1, height)[:, None, None], np.linspace(-1, 1, width)[None, :, None]
    steps = rng.choice([-1, 1], (2, 3)) * rng.uniform(12, 36, (2, 3))
    middles = rng.permutation([92, 127, 163]) + rng.uniform(-5, 5, 3)
    return np.round(middles + steps[0] * down + steps[1] * across).astype(np.uint8)


# Forward


def _alive(rng: np.random.Generator, shapes: list[list]) -> np.ndarray:
    """Weights with which the signal neither dies nor grows through 19 layers (He et al. 2015), biases above 0."""
    parts = []
    for _, shape in shapes:
        inputs = np.prod(shape[:3])
        parts += [rng.normal(0, np.sqrt(2 / inputs), np.prod(shape)), rng.uniform(0, 0.4, shape[-1])]
    return np.concatenate(parts).astype(np.float32)


#: (N, height, width, channels, hidden, classes): wider than high, several pictures.
#: Few numbers: the reference data holds every layer's output for each known mistake.
FORWARDS = [(1, 32, 64, (2, 1, 3, 4, 5), (7, 5), 4), (2, 32, 32, (1, 2, 1, 3, 4), (6, 4), 3)]


def forward_features(rng: np.random.Generator) -> list[Case]:
    """Whole networks of random weights on pictures of about unit size."""
    cases = []
    for n, height, width, channels, hidden, classes in FORWARDS:
        channels, hidden, classes = _all_more(rng, channels), _all_more(rng, hidden, 2), _more(rng, classes)
        layers = plan.vgg19(channels, hidden, classes, height, width)
        shapes = [
            (row[0], [row[1], row[1], *row[2:4]] if row[0][0] == "c" else [1, 1, *row[1:]])
            for row in layers
            if row[0].startswith(("conv", "fc"))
        ]
        x = rng.normal(0, 1, (n, 3, height, width)).astype(np.float32)
        cases.append({"x": x, "plan": layers, "numbers": _alive(rng, shapes)})
    return cases


#: (N, image size, channels, hidden, classes): 2x2 positions before flatten
SPEEDUPS = [(2, 64, (3, 4, 5, 6, 8), (16, 12), 6), (1, 64, (4, 3, 6, 5, 7), (12, 18), 4)]


def _speedup_case(rng, n, image_size, channels, hidden, classes) -> Case:
    shapes = plan.shapes(channels, hidden, classes, image_size)
    images = rng.normal(0, 1, (n, 3, image_size, image_size)).astype(np.float32)
    return {"images": images, "shapes": shapes, "numbers": _alive(rng, shapes), "image_size": image_size}


def _with_layers(case: Case) -> Case:
    """The case with the network's layers, and the file's numbers as they take them."""
    shapes = dict(case["shapes"])
    channels = [shapes[f"conv{block}_1"][3] for block in range(1, 6)]
    hidden, classes = [shapes[name][3] for name in ("fc6", "fc7")], shapes["fc8"][3]
    layers = plan.vgg19(channels, hidden, classes, case["image_size"], case["image_size"])
    return case | {"plan": layers, "arranged": _arranged(case["shapes"], case["numbers"])}


def _arranged(shapes, numbers: np.ndarray) -> np.ndarray:
    """The file's numbers in the layers' layouts: [Cin, K, K, Cout]; in (in, out) they lie as in the file."""
    pairs = weights_and_biases(shapes, numbers)
    arrays = ((w.transpose(2, 0, 1, 3) if name[0] == "c" else w, b) for name, (w, b) in pairs.items())
    return np.concatenate([array.ravel() for pair in arrays for array in pair])


def forward_speedup(rng: np.random.Generator) -> list[Case]:
    """Both of `SPEEDUPS`, their last layer stretched until the scores of pictures and classes lie about 1 apart.

    Nineteen layers of random weights make all pictures alike; stretched, what is left of a difference shows.
    """
    cases = []
    while len(cases) < len(SPEEDUPS):
        n, image_size, channels, hidden, classes = SPEEDUPS[len(cases)]
        sizes = _all_more(rng, channels), _all_more(rng, hidden, 3), _more(rng, classes)
        case = _speedup_case(rng, n, image_size, *sizes)
        scores = oracles.scores(**case)
        apart = scores - scores.mean(axis=0 if len(scores) > 1 else 1, keepdims=True)
        if apart.std() < 0.01:  # hardly a number above 0 in some layer: draw again
            continue
        classes = scores.shape[1]
        last = case["numbers"][-(case["shapes"][-1][1][2] + 1) * classes :]
        last /= apart.std()
        last[-classes:] -= (scores.mean(axis=0) if len(scores) > 1 else scores.mean()) / apart.std()
        cases.append(_with_layers(case))
    return cases


def timed_forward(rng: np.random.Generator) -> Case:
    """Three pictures, 14 million multiply-adds each; the largest columns are 1.2 MB a picture."""
    return _with_layers(_speedup_case(rng, 3, 64, (8, 16, 24, 32, 32), (40, 24), 10))


#: (C, H, W, Cout)
FC_ORDERS = [(3, 2, 4, 5), (2, 3, 2, 1), (5, 2, 2, 3), (4, 1, 1, 3), (1, 3, 2, 2)]


def fc_order(rng: np.random.Generator) -> list[Case]:
    """Weights in which no number occurs twice."""
    cases = []
    for channels, height, width, outputs in FC_ORDERS:
        shape = [_more(rng, channels), *((1, 1) if height == width == 1 else _longer(rng, height, width))]
        outputs = _more(rng, outputs)
        weight = rng.permutation(int(np.prod(shape)) * outputs).reshape(-1, outputs) / 8
        cases.append({"weight": weight.astype(np.float32), "shape": shape})
    return cases


# Classes, accuracy, cost

#: (N, classes, top)
CLASSIFICATIONS = [(1, 10, 5), (3, 7, 3), (2, 5, 5), (4, 6, 1)]


def classify(rng: np.random.Generator) -> list[Case]:
    """Rows of probabilities in which no two are alike, each in an order of its own."""
    cases = []
    for rows, classes, top in CLASSIFICATIONS:
        n, more = _more(rng, rows), int(rng.integers(0, 8))
        classes, top = classes + more, top + more * (top == classes)
        scores = rng.permuted(np.tile(0.4 * np.arange(classes), (n, 1)), axis=1) + 0.05 * np.arange(n)[:, None] ** 2
        exp = np.exp(scores + rng.uniform(0, 0.3, scores.shape))
        cases.append({"prob": (exp / exp.sum(axis=1, keepdims=True)).astype(np.float32), "top": top})
    return cases


#: (batch, how many of each batch's answers are right, of how many)
EVALUATIONS = [
    (4, [(3, 4), (1, 4), (2, 2)]),
    (4, [(2, 4), (4, 4), (1, 4)]),
    (8, [(2, 3)]),
    (1, [(1, 1), (0, 1), (0, 1), (1, 1), (1, 1)]),
    (5, [(1, 5), (3, 5), (0, 1)]),
]


def evaluate(rng: np.random.Generator) -> list[Case]:
    """Batches of unequal accuracy, tails that are shorter, and labels that fit no other batch's answers."""
    cases = []
    for batch, fixed in EVALUATIONS:
        whole = [(int(rng.integers(0, batch + 1)), batch) for _ in range(rng.integers(0, 3) if len(fixed) > 1 else 0)]
        rights = [*whole, *fixed]
        right = np.concatenate([rng.permuted(np.arange(size) < count) for count, size in rights])
        labels = (np.arange(len(right)) + rng.integers(10)) % 10
        answers = np.where(right, labels, (labels + 5) % 10)
        pictures = np.arange(len(right), dtype=np.uint8)[:, None, None, None] * np.ones((1, 3, 2, 2), np.uint8)
        cases.append({"pictures": pictures, "labels": labels, "answers": answers, "batch": batch})
    return cases


@dataclass(frozen=True, kw_only=True)
class Predictions(Counted):
    """What a network says of pictures, of which picture i holds the number i everywhere."""

    answers: tuple[int, ...]

    def computed(self, _name: str, *arrays: np.ndarray) -> np.ndarray:
        """Return the answer to each picture. Raises ValueError where there is none."""
        return np.array([self.answers[number] for number in self._numbers(*arrays)], np.int64)

    def note(self, _name: str, *arrays: np.ndarray) -> list[int]:
        """The pictures' numbers, and -1 behind them."""
        return [*self._numbers(*arrays), -1]

    def notes(self, noted: Sequence[int]) -> np.ndarray:
        """The numbers of all calls."""
        return np.array(noted, np.int64)

    def _numbers(self, *arrays: np.ndarray) -> list[int]:
        (pictures,) = arrays
        if pictures.ndim != 4 or not pictures.size or len(pictures) > len(self.answers):
            raise ValueError(f"predict takes a batch of pictures, not shape {list(pictures.shape)}")
        numbers = np.real(pictures[:, 0, 0, 0])
        if not np.isin(numbers, range(len(self.answers))).all():
            raise ValueError("predict takes the pictures of this case, and others it does not know")
        return [int(number) for number in numbers]


def evaluate_counted(rng: np.random.Generator) -> list[Case]:
    """One of these cases in which the grader answers for the network, so that it counts the pictures."""
    case = evaluate(rng)[0]
    known = Predictions(names=("predict",), noted="pictures handed to predict", answers=tuple(case["answers"].tolist()))
    return [case | {"answers": np.zeros(0, np.int64), "counted": known}]


def cost(rng: np.random.Generator) -> list[Case]:
    """A network of odd kernels, strides and paddings, then VGG19 at 224x224."""
    one, two, three, outputs = (rng.permutation(6) + 3)[:4].tolist()
    height, width = int(rng.integers(20, 24)), int(rng.integers(30, 38))
    layers, size = [], (height, width)
    for name, *sizes in [
        ["conv1", 5, 3, one, 1, 2, 1],
        ["relu1"],
        ["pool1", 3, 2, 1],
        ["conv2", 3, one, two, 0, 1, 1],
        ["conv3", 1, two, three, 0, 1, 1],
    ]:
        layers.append([name, *sizes])
        if sizes:
            window, stride, padding = (sizes[0], sizes[4], sizes[3]) if name[0] == "c" else (*sizes[:2], 0)
            size = tuple((side + 2 * padding - window) // stride + 1 for side in size)
    inputs = three * size[0] * size[1]
    layers += [["flatten", [three, *size], [inputs]], ["fc1", inputs, outputs], ["softmax"]]
    official = plan.vgg19((64, 128, 256, 512, 512), (4096, 4096), 1000, 224, 224)
    return [
        {"plan": layers, "input_shape": [3, height, width]},
        {"plan": official, "input_shape": [3, 224, 224]},
    ]


def cost_uneven(rng: np.random.Generator) -> list[Case]:
    """A strided convolution and a pooling that leave rows and columns over."""
    height, width = (int(side) for side in 4 * rng.integers(5, 9, 2))
    size = tuple(((side + 2 - 5) // 2 + 1 - 2) // 2 + 1 for side in (height, width))
    layers = [["conv1", 5, 3, 4, 1, 2, 1], ["pool1", 2, 2, 1], ["flatten", [4, *size], [4 * size[0] * size[1]]]]
    return [{"plan": layers, "input_shape": [3, height, width]}]
