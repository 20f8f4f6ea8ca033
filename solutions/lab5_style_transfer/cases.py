"""Lab 5's inputs, drawn so that every mistake in misconceptions/ shows on every draw; sizes as well as values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import oracles
import plan
import runs

from autograder.course.counted import WeightedSums
from autograder.course.question import Case

# Losses

#: (N, C, H, W), each of which may grow: one picture and several, never as many maps as rows or columns
FEATURES = [(1, 4, 3, 5), (3, 2, 4, 7), (2, 5, 6, 3)]


def _more(rng: np.random.Generator, size: int, most: int = 2) -> int:
    """A size that may be larger by up to `most`; 1 stays 1."""
    return size + int(rng.integers(0, most + 1)) * (size > 1)


def _larger(rng: np.random.Generator, shape: tuple[int, ...]) -> tuple[int, ...]:
    """A shape [N, C, H, W] that may be larger, with C, H and W all different."""
    while True:
        larger = tuple(_more(rng, size) for size in shape)
        if len(set(larger[1:])) == 3:
            return larger


def _features(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Not negative and not centred, as after a ReLU; each map at another strength."""
    strength = rng.uniform(0.5, 2.0, (1, shape[1], 1, 1))
    return (strength * np.maximum(rng.normal(0.7, 1, shape), 0)).astype(np.float32)


def features_pair(rng: np.random.Generator) -> list[Case]:
    """Features of a picture, and those that were wanted."""
    shapes = [_larger(rng, shape) for shape in FEATURES]
    return [{"x": _features(rng, shape), "y": 1.5 * _features(rng, shape)} for shape in shapes]


def gram(rng: np.random.Generator) -> list[Case]:
    """Features alone."""
    return [{"features": _features(rng, _larger(rng, shape))} for shape in FEATURES]


def style_pair(rng: np.random.Generator) -> list[Case]:
    """A pair of features with both Gram matrices written down."""
    cases = []
    for pair in features_pair(rng):
        grams = {f"gram_{k}": oracles.gram(features=pair[k])["gram"].astype(np.float32) for k in "xy"}
        cases.append(pair | grams)
    return cases


# The network


def alive(rng: np.random.Generator, rows: list[list]) -> np.ndarray:
    """Weights with which the signal neither dies nor grows through 16 layers (He et al. 2015), biases above 0."""
    parts = []
    for _, size, inputs, outputs, *_ in (row for row in rows if row[0].startswith("conv")):
        fan = inputs * size * size
        parts += [rng.normal(0, np.sqrt(2 / fan), fan * outputs), rng.uniform(0, 0.3, outputs)]
    return np.concatenate(parts).astype(np.float32)


#: N, height, width, channels of each block
Sizes = tuple[int, int, int, tuple[int, ...]]
#: Wider than high; a second size with rows and columns that poolings drop
NETWORKS = [(1, 32, 48, (3, 4, 5, 4, 3)), (2, 35, 34, (2, 3, 4, 3, 2))]
#: For one walk from several layers, smaller ones of four blocks: each known mistake is kept with the gradients of all
#: calls.
SMALL_NETWORKS = [(1, 24, 32, (3, 4, 5, 4)), (2, 19, 18, (2, 3, 4, 3)), (1, 16, 24, (3, 4, 5, 4))]
#: What is asked for, not in the network's order: the deepest and the shallowest are neither first nor last.
ASKED = [["relu2_1", "pool3", "conv1_2", "conv2_2"], ["relu2_2", "relu1_1", "relu4_2", "pool2"]]


def _network(rng: np.random.Generator, n: int, height: int, width: int, channels: tuple[int, ...]) -> Case:
    rows = plan.convolutions_only(channels)
    return {"x": rng.normal(0, 1, (n, 3, height, width)).astype(np.float32), "plan": rows, "numbers": alive(rng, rows)}


def _networks(rng: np.random.Generator, sizes: Sequence[Sizes] = NETWORKS) -> list[Case]:
    """Networks of these sizes, some channels more; drawn again where last bits decide which gradients pass, or none."""
    grown = [(n, h, w, tuple(_more(rng, channel, 1) for channel in channels)) for n, h, w, channels in sizes]
    return [next(filter(_usable, _networks_of(rng, sizes))) for sizes in grown]


def _usable(case: Case) -> bool:
    return oracles.passes_the_same_in_float32(**case) and oracles.reaches_the_picture(**case)


def _networks_of(rng: np.random.Generator, sizes: Sizes) -> Iterator[Case]:
    while True:
        yield _network(rng, *sizes)


def forward_layers(rng: np.random.Generator) -> list[Case]:
    """Whole networks of random weights, and some of their layers."""
    return [case | {"names": names} for case, names in zip(_networks(rng), ASKED, strict=True)]


def forward_layers_counted(rng: np.random.Generator) -> list[Case]:
    """A network whose layers the grader computes, so that it counts how often each of them runs."""
    rows = [row[:1] for row in plan.convolutions_only((1,) * 5)]
    shape = (1, 3, *(int(n) for n in rng.integers(3, 6, 2)))
    layers = WeightedSums(
        seed=int(rng.integers(1 << 62)), names=tuple(name for (name,) in rows), shape=shape, noted="layers that ran"
    )
    x, names = rng.normal(0, 1, shape), ["relu2_1", "conv3_2", "conv1_1"]
    return [{"x": x, "plan": rows, "numbers": np.zeros(0), "names": names, "counted": layers}]


def _diffs(rng: np.random.Generator, case: Case, names: list[str]) -> np.ndarray:
    """Gradients of these layers' outputs, in a row, such that each brings about as much down to the picture."""
    shapes = plan.output_shapes(case["plan"], case["x"].shape)
    parts = []
    for name in names:
        diff = rng.normal(0, 1, shapes[name])
        down = oracles.gradient(case["x"], case["plan"], case["numbers"], {name: diff})
        parts.append(diff.ravel() / np.sqrt(np.mean(down**2)))
    return np.concatenate(parts).astype(np.float32)


#: From a convolution, a ReLU and a pooling; deeper ones first and last.
#: The first layer of all is not beside a pooling, on which a walk that begins one layer too late raises an error.
DOWN_FROM = [["relu3_2", "conv2_2", "conv1_1"], ["pool2", "relu1_1", "conv4_1"]]


def backward_from(rng: np.random.Generator) -> list[Case]:
    """Networks, and what comes down into some of their layers."""
    cases = []
    for case, names in zip(_networks(rng), DOWN_FROM, strict=True):
        cases.append(case | {"names": names, "diffs": _diffs(rng, case, names)})
    return cases


def backward_from_forgetful(rng: np.random.Generator) -> list[Case]:
    """A network whose convolutions keep nothing of their input, and what comes down into some of its layers."""
    return [backward_from(rng)[0] | {"forgetful": True}]


#: The deepest is neither first nor last; two that follow one another; one alone.
TOGETHER = [["relu1_1", "relu4_1", "relu2_1", "pool3"], ["conv3_1", "relu3_1", "conv1_1"], ["relu2_2"]]


def one_backward(rng: np.random.Generator) -> list[Case]:
    """Networks, and what comes down into several layers at once."""
    cases = []
    for case, names in zip(_networks(rng, SMALL_NETWORKS), TOGETHER, strict=True):
        cases.append(case | {"names": names, "diffs": _diffs(rng, case, names)})
    return cases


#: The course's six layers, in its order: content, then style.
#: All lie deep, so that a walk for each costs as much as a walk from the deepest.
DEEP = ["relu4_2", "relu5_1", "relu4_1", "relu3_4", "relu4_4", "relu3_3", "relu4_3", "conv5_1"]


def timed_backward(rng: np.random.Generator) -> Case:
    """A picture of 64 x 96 and eight layers; the largest columns are 1.8 MB."""
    case = _network(rng, 1, 64, 96, (8, 16, 24, 32, 32))
    shapes = plan.output_shapes(case["plan"], case["x"].shape)
    count = sum(int(np.prod(shapes[name])) for name in DEEP)
    return case | {"names": DEEP, "diffs": rng.normal(0, 1, count).astype(np.float32)}


# Picture, optimizer, file

#: Shares of noise, one a case; the first with the largest picture
NOISES = [0.5, 0.2, 1.0, 0.0]


def random_image(rng: np.random.Generator) -> list[Case]:
    """Pictures with smooth colours, large enough for shares to be read off: 30,000 numbers."""
    cases = []
    for noise in NOISES:
        down, across = (np.linspace(0, far, _more(rng, 100, 8)) for far in (9, 14))
        waves = np.sin(down[:, None] + across + rng.uniform(0, 6, (3, 1, 1)))
        content = 60 * waves + rng.uniform(-30, 30, (3, 1, 1))
        cases.append({"content": content[None].astype(np.float32), "noise": noise})
    return cases


#: (size of the gradients, step length): a picture's are tiny, and the bias correction must not vanish in them
ADAMS = [(1.0, 0.5), (1e-5, 2.0), (300.0, 1.0)]


def adam(rng: np.random.Generator) -> list[Case]:
    """Gradients of changing size and sign, for five steps."""
    cases = []
    for size, lr in ADAMS:
        shape = _larger(rng, (1, 2, 3, 4))
        gradients = size * rng.normal(0.6, 1, (5, *shape)) * np.array([1, 3, 0.2, 2, 0.5]).reshape(5, 1, 1, 1, 1)
        start = rng.normal(0, 2, shape)
        cases.append({"start": start.astype(np.float32), "gradients": gradients.astype(np.float32), "lr": lr})
    return cases


#: (rows and columns of patches of 6 x 6, height and width of the file): larger, smaller
FILES = [((2, 5), (31, 93)), ((4, 3), (20, 13))]


def save_image(rng: np.random.Generator) -> list[Case]:
    """Patches of one colour each, some beyond black and white, none half-way between two levels."""
    cases = []
    same = _more(rng, 3, 1), _more(rng, 5, 1)
    for (rows, columns), (height, width) in [(same, (6 * same[0], 6 * same[1])), *FILES]:
        size = (height, width) if (rows, columns) == same else (_more(rng, height, 3), _more(rng, width, 3))
        levels = rng.integers(1, 255, (rows, columns, 3)) + rng.choice([-0.35, 0.35], (rows, columns, 3))
        beyond = rng.permuted(np.resize([0, 0, 0, 1, 2], levels.size)).reshape(levels.shape)
        levels = np.select([beyond == 1, beyond == 2], [-8 - levels / 4, 263 + levels / 4], levels)
        mean = (100 + 12 * rng.permutation(3) + rng.uniform(0, 4, 3)).round(3)
        cases.append({"patches": (levels - mean).astype(np.float32), "mean": mean, "shape": [*size, 3]})
    return cases


# The transfer

#: Layers, and which of them are asked for content and for style; one is asked for both.
STEP_NAMES = ["relu1_1", "relu2_1", "relu3_1", "relu4_2"]
KINDS = [
    (["relu4_2", "relu3_1"], ["relu1_1", "relu2_1", "relu3_1"], 20.0, 6.0),
    (["relu3_1"], ["relu1_1", "relu2_1", "relu3_1", "relu4_2"], 8.0, 2.0),
]


def transfer_step(rng: np.random.Generator) -> list[Case]:
    """Features, losses and gradients written down, so that only their sum is asked for."""
    cases = []
    for content_names, style_names, alpha, beta in KINDS:
        maps = _larger(rng, (1, 3, 2, 4))
        image = rng.normal(0, 4, (1, 3, _more(rng, 4), _more(rng, 7))).astype(np.float32)
        case = {"image": image, "names": STEP_NAMES}
        case |= {"content_names": content_names, "style_names": style_names, "alpha": alpha, "beta": beta, "lr": 0.5}
        case["features"] = np.stack([_features(rng, maps) for _ in STEP_NAMES])
        seen = dict(zip(STEP_NAMES, case["features"], strict=True))
        for kind, loss in (("content", "content_loss"), ("style", "style_loss")):
            names = case[f"{kind}_names"]
            targets = np.stack([1.5 * _features(rng, maps) for _ in names])
            pairs = [{"x": seen[name], "y": target} for name, target in zip(names, targets, strict=True)]
            case[f"{kind}_targets"] = targets
            case[f"{kind}_losses"] = _written_down([getattr(oracles, loss)(**pair)["loss"] for pair in pairs])
            slope = getattr(oracles, f"{loss}_backward")
            case[f"{kind}_diffs"] = _written_down([slope(**pair)["bottom_diff"] for pair in pairs])
        case["probes"] = rng.normal(0, 1, case["features"].shape).astype(np.float32)
        case["patterns"] = rng.normal(0, 1, (len(STEP_NAMES), *case["image"].shape)).astype(np.float32)
        cases.append(case)
    return cases


def transfer_step_counted(rng: np.random.Generator) -> list[Case]:
    """One of these cases with an optimizer whose steps the grader computes, so that it counts them."""
    case = transfer_step(rng)[0]
    seed, shape = int(rng.integers(1 << 62)), case["image"].shape
    return [case | {"counted": WeightedSums(seed=seed, names=("update",), shape=shape, noted="updates")}]


def _written_down(values: list[np.ndarray]) -> np.ndarray:
    return np.array(values).astype(np.float32)


#: (height, width, content layers, style layers, noise, step length): the course's layers, then others
RUNS = [
    (48, 64, ["relu4_2"], ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"], 0.5, 4.0),
    (64, 48, ["relu2_2", "relu3_1"], ["relu1_2", "relu2_1"], 0.8, 3.0),
]


def transfer(rng: np.random.Generator) -> list[Case]:
    """A photo of large smooth areas and a painting of small stripes, in a narrow network.

    beta is the ratio of the painting's content loss and the photo's style loss, so that both kinds count alike on
    every draw.
    """
    cases = []
    for height, width, content_layers, style_layers, noise, lr in RUNS:
        rows = plan.down_to(plan.convolutions_only((8, 10, 10, 8, 6)), {*content_layers, *style_layers})
        numbers = alive(rng, rows)
        numbers[: 27 * rows[0][3]] /= 60  # the first weights bring the picture's numbers to about unit size
        photo, painting = _two_pictures(rng, height, width)
        case = {"photo": photo, "painting": painting, "plan": rows, "numbers": numbers}
        case |= {"content_layers": content_layers, "style_layers": style_layers}
        beta = float(f"{runs.balance(**case):.3g}")
        cases.append(case | {"steps": 12, "alpha": 1.0, "beta": beta, "noise": noise, "lr": lr})
    return cases


def _two_pictures(rng: np.random.Generator, height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    down, right = np.arange(height)[:, None], np.arange(width)
    phases = rng.uniform(0, 6, (3, 1, 1))
    photo = 70 * np.sin(down / 9 + phases) * np.cos(right / 11 + phases[::-1]) + rng.uniform(-20, 20, (3, 1, 1))
    stripes = np.sign(np.sin(down * 1.3 + right * rng.uniform(0.8, 1.2) + 2 * phases))
    painting = 60 * stripes + rng.uniform(-40, 40, (3, 1, 1))
    return photo[None].astype(np.float32), painting[None].astype(np.float32)
