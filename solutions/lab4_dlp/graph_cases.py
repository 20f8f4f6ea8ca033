"""Lab 4's inputs on graphs, drawn so that every mistake in misconceptions/ shows on every draw."""

from __future__ import annotations

import numpy as np
from graph_runs import COUNTED, RUNS, Run

from aics.lab4_dlp.graph_doubles import read_line
from autograder.course.counted import WeightedSums
from autograder.course.question import Case

# Operators

#: Names of inputs, attributes and outputs; a draw deals them out anew.
_NAMES = ("picture", "weight", "bias", "mask", "grid", "order", "rate", "size", "axis", "table")


def op_builder(rng: np.random.Generator) -> list[Case]:
    """Two operators, their pieces said in a mixed order; then what must be refused, with `names` in the message."""
    a, b, c, d, e, f, g, h, i, j = _unsorted(rng)
    number = int(rng.integers(2, 90))
    shape = ["set_shape_fn"]
    mixed = [["attr", a, number], ["input", b], ["output", c], shape, ["attr", d], ["input", e], ["attr", f, 0]]
    mixed += [["output", g], ["input", h], ["attr", i, None], ["input", j]]
    plain = [["input", a], ["attr", b, -number], ["output", a], shape]
    more = [["input", "later"], ["output", "latest"], ["attr", "last", 1]]
    defined = [
        {"about": about, "steps": steps, "more": more, "names": []}
        for about, steps in (("pieces in a mixed order", mixed), ("an output that is called like an input", plain))
    ]
    refused = [
        ("an input twice", [["input", a], ["output", b], ["attr", c], ["input", a], shape], [a]),
        ("an attribute twice", [["input", a], ["attr", b, 1], ["output", c], ["attr", b, 2], shape], [b]),
        ("an attribute called like an input", [["input", a], ["attr", a, 1], ["output", c], shape], [a]),
        ("an input called like an attribute", [["attr", d], ["input", d], ["output", c], shape], [d]),
        ("an output twice", [["input", a], ["output", b], ["output", b], shape], [b]),
        ("no shape function", [["input", a], ["output", b]], ["Op"]),
        ("no output", [["input", a], shape], ["Op"]),
    ]
    return defined + [{"about": about, "steps": steps, "more": [], "names": names} for about, steps, names in refused]


def op_builder_attributes(rng: np.random.Generator) -> list[Case]:
    """An operator without attributes, which may be; one with attributes and without outputs, which may not."""
    a, b, c, *_ = _unsorted(rng)
    steps, more = [["input", a], ["output", b], ["set_shape_fn"]], [["input", "later"], ["output", "latest"]]
    bare = {"about": "no attribute", "steps": steps, "more": more, "names": []}
    refused = [["input", a], ["attr", c, 1], ["set_shape_fn"]]
    return [bare, {"about": "attributes and no output", "steps": refused, "more": [], "names": ["Op"]}]


def _unsorted(rng: np.random.Generator) -> list[str]:
    """All names, such that neither the inputs of the mixed order, its attributes nor its outputs are sorted."""
    while True:
        a, b, c, d, e, f, g, h, i, j = names = rng.permutation(_NAMES).tolist()
        if all(list(group) != sorted(group) for group in ((b, e, h, j), (a, d, f, i), (c, g))):
            return names


# Kernels

_OPERATORS = ("Conv", "Relu", "Gather", "Cumsum", "Tile")
#: Types of devices; some begin like another, some end in digits or a letter of ":0".
_TYPES = ("dlp", "dlp2", "v100", "cpu0", "d", "npu")


def kernel_dispatch(rng: np.random.Generator) -> list[Case]:
    """One operator on every type of device, others on some; each device is asked for, then what is missing."""
    one, two, three = rng.permutation(_OPERATORS)[:3].tolist()
    types = rng.permutation(_TYPES).tolist()
    pairs = [[one, kind] for kind in types] + [[two, kind] for kind in types[:3]]
    pairs = [pairs[i] for i in rng.permutation(len(pairs))]
    alike = [[one, kind] for kind in ("d", "dlp2", "dlp")]  # the first and the last that begins alike are both wrong
    for place, pair in zip(sorted(map(pairs.index, alike)), alike, strict=True):
        pairs[place] = pair
    numbers = (0, 10, 100, 3, 7, 12)
    asked = [("a kernel that there is", [one, f"{kind}:{n}"], []) for kind, n in zip(_TYPES, numbers, strict=True)]
    asked += [
        ("a kernel that there is", [two, f"{types[1]}:1"], []),
        ("no kernel on this device", [two, f"{types[4]}:2"], [two, f"{types[4]}:2", *types[:3]]),
        ("no device of this type", [two, "dl:0"], [two, "dl:0", *types[:3]]),
        ("no kernel on any device", [three, f"{types[0]}:0"], [three, f"{types[0]}:0"]),
    ]
    twice = [*pairs, pairs[int(rng.integers(len(pairs)))]]
    cases = [{"about": about, "kernels": pairs, "asked": node, "names": names} for about, node, names in asked]
    about = "a kernel registered twice"
    return [*cases, {"about": about, "kernels": twice, "asked": [one, f"{types[0]}:0"], "names": twice[-1]}]


def kernel_dispatch_elsewhere(rng: np.random.Generator) -> list[Case]:
    """A kernel that is missing, while another operator has one elsewhere: only this operator's devices are named."""
    one, two, *_ = rng.permutation(_OPERATORS).tolist()
    types = rng.permutation(_TYPES).tolist()
    pairs, asked = [[one, types[0]], [two, types[1]], [one, types[2]]], [one, f"{types[3]}:2"]
    names = [*asked, types[0], types[2]]
    return [{"about": "a kernel of another operator elsewhere", "kernels": pairs, "asked": asked, "names": names}]


# Sessions


def session_run(rng: np.random.Generator) -> list[Case]:
    """Every one of `RUNS` with numbers of both signs, none near 0, no two alike."""
    return [_with_values(rng, run) for run in RUNS]


def session_run_counted(rng: np.random.Generator) -> list[Case]:
    """A run whose nodes the grader computes, so that it counts how often each of them runs."""
    case = _with_values(rng, COUNTED)
    names = tuple(name for name, operator, _ in map(read_line, case["plan"]) if operator[0].isupper())
    seed, row = int(rng.integers(1 << 62)), case["values"].shape[1:]
    return [case | {"counted": WeightedSums(seed=seed, names=names, shape=row, rows=2, noted="nodes that ran")}]


def _with_values(rng: np.random.Generator, run: Run) -> dict:
    lines = [line.strip() for line in run.plan.strip().splitlines()]
    count = sum(line.endswith("= variable") for line in lines) + len(run.feeds)
    signs = rng.permuted(np.tile([1, -1, 1, -1], (count, 1)), axis=1)
    values = (1 + rng.permutation(count * 4).reshape(count, 4) / 4) * signs
    return run._asdict() | {"plan": lines, "values": values}


# Formats and speed

#: terms, input_max, weight_max, bias_max, steps that fit into input_max and weight_max, half_weight
_LAYERS = [
    (576, 40, 0.5, 1.5, 127, 127, False),  # as calibrated: the last rounding matters
    (128, 3, 0.25, 0.5, 127, 127, True),
    (27, 8, 2, 1, 4, 5, False),  # coarse: both numbers are off
    (9, 6, 1.5, 2, 2, 127, True),
    (1, 0.2, 0.7, 0.3, 127, 127, False),  # small: 1, or another size, in the place of one of them shows
    (16, 0.7, 3, 900, 127, 30, False),  # the bias outweighs the products
    (1, 2, 3, 0, 60, 6, True),
]


def backend_agreement(rng: np.random.Generator) -> list[Case]:
    """Layers in which each term of the bound takes its turn to matter, and no two are worth the same in all."""
    cases = []
    for terms, *sizes, input_steps, weight_steps, half_weight in _LAYERS:
        x, weight, bias = (float(size * rng.uniform(0.9, 1.1)) for size in sizes)
        cases.append(
            {"terms": terms, "input_max": x, "weight_max": weight, "bias_max": bias}
            | {"input_step": x / input_steps, "weight_step": weight / weight_steps, "half_weight": half_weight}
        )
    return cases


#: (N, Cin, H, W, Cout, K, stride, pad): never square, strides and paddings of every kind
_CONVOLUTIONS = [
    (2, 3, 7, 9, 4, 3, 1, 1),
    (1, 4, 9, 6, 3, 3, 2, 0),
    (2, 2, 8, 11, 5, 5, 3, 2),
    (1, 5, 4, 5, 2, 1, 1, 0),
    (1, 3, 6, 7, 3, 2, 1, 1),
]


def _swap_case(rng, n, inputs, height, width, outputs, size, stride, pad, rounds) -> Case:
    x = rng.normal(0, 1, (n, inputs, height, width)).astype(np.float32)
    weights = rng.normal(0, 1, (2, inputs, size, size, outputs)).astype(np.float32)
    biases = rng.normal(3, 1, (2, outputs)).astype(np.float32)
    return {"x": x, "weights": weights, "biases": biases, "stride": stride, "pad": pad, "rounds": rounds}


def swap_speed(rng: np.random.Generator) -> list[Case]:
    """Two turns with one weight, one with another."""
    cases = []
    for n, inputs, height, width, outputs, *window in _CONVOLUTIONS:
        more, stride = rng.integers(0, 3, 4).tolist(), window[1]
        sides = height + 3 * stride * more[0], width + 3 * stride * more[0] + stride * more[1] * (width > height)
        cases.append(_swap_case(rng, n, inputs + more[2], *sides, outputs + more[3], *window, rounds=2))
    return cases


def timed_swap(rng: np.random.Generator) -> Case:
    """A hundred small convolutions, 50,000 multiply-adds each, by one kernel.

    Their outputs, 144 kB together, fit into a socket's buffer: whoever answers need not wait for the reader.
    """
    return _swap_case(rng, 1, 16, 18, 20, 4, 3, 2, 1, rounds=100)
