"""Lab 4's right answers on graphs, in whole numbers or float64, and from the definition.

Nothing here is shared with the notebook's solution: a plan is evaluated in its written order after what is needed was
found backwards, circles are found by taking away what waits for nothing, and convolutions are sums over windows.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from aics.lab4_dlp.graph_doubles import read_line

#: As the ask writes REQUIRED and None among defaults, which are numbers.
NO_DEFAULT, NONE = -1000.0, -2000.0


def _refused(names):
    """A refusal whose message holds every name."""
    return {"refused": np.asarray(1), "names in the message": np.ones(len(names), np.int64)}


# Operators


def op_builder(*, about, steps, names, more):
    """What the steps say, in their order; the same once the builder went on. Names are refused by `more` = None."""
    if more is None:
        return _refused(names)
    said = {kind: [step[1:] for step in steps if step[0] == kind] for kind in ("input", "attr", "output")}
    defaults = [NO_DEFAULT if not rest else NONE if rest[0] is None else rest[0] for _, *rest in said["attr"]]
    described = {
        "inputs": np.array([names.index(name) for (name,) in said["input"]], np.int64),
        "attributes": np.array([names.index(name) for name, *_ in said["attr"]], np.int64),
        "defaults": np.asarray(defaults, dtype=np.float64),
        "outputs": np.array([names.index(name) for (name,) in said["output"]], np.int64),
    }
    return {
        "refused": np.asarray(0),
        **described,
        **{f"{name}, once the builder went on": value for name, value in described.items()},
        "sizes that the shape function gave": np.array([3, 4, 2, 3, 4]),
    }


# Kernels


def kernel_dispatch(*, about, kernels, asked, names):
    """The one kernel for this operator whose type is all that stands before the colon."""
    pairs = [tuple(row) for row in kernels]
    wanted = (asked[0], asked[1].split(":")[0])
    if len(set(pairs)) < len(pairs) or wanted not in pairs:
        return _refused(names)
    return {
        "refused": np.asarray(0),
        "place of the kernel that was found": np.asarray(pairs.index(wanted)),
        "register gives back": np.ones(len(pairs), np.int64),
    }


# Sessions

_FORMULAS = {
    "Minus": lambda a, b: [a - b],
    "Times": lambda a, b: [a * b],
    "Parts": lambda x: [x * (x > 0), x * (x < 0)],
}


def session_run(*, about, plan, fetches, feeds, values, names):
    """Fetched values, and 1 for every operator that is needed."""
    lines = [read_line(line) for line in plan]
    given = [name for name, operator, _ in lines if operator == "variable"] + list(feeds)
    known = {_output(name): value for name, value in zip(given, values, strict=True)}
    rows = {name: (operator, inputs) for name, operator, inputs in lines}  # a later line for a name counts
    needed = _needed(rows, [_output(name) for name in fetches], known)
    order = _order(rows, needed, known)
    if order is None or any(rows[name][0] == "placeholder" for name in needed):
        return _refused(names)
    ran = {}
    for name in order:
        operator, inputs = rows[name]
        made = _FORMULAS[operator](*(known[_output(source)] for source in inputs))
        known = {f"{name}:{index}": value for index, value in enumerate(made)} | known
        ran[name] = 1
    fetched = {f"{place}. {name}": known[_output(name)] for place, name in enumerate(fetches, 1)}
    counted = [ran.get(name, 0) for name, (operator, _) in rows.items() if operator in _FORMULAS]
    return {"refused": np.asarray(0), **fetched, "times each operator ran": np.array(counted, np.int64)}


def _output(name: str) -> str:
    return name if ":" in name else f"{name}:0"


def _needed(rows, wanted, known) -> set[str]:
    """Nodes that have to run: those of wanted tensors without a value, and then of their inputs, until none is new."""
    needed: set[str] = set()
    while True:
        more = {tensor.split(":")[0] for tensor in wanted if tensor not in known} - needed
        if not more:
            return needed
        needed |= more
        wanted = [_output(source) for name in more for source in rows[name][1]]


def _order(rows, needed, known) -> list[str] | None:
    """The needed nodes, each after those that it waits for; None where some wait for one another."""
    waits = {
        name: {_output(s).split(":")[0] for s in rows[name][1] if _output(s) not in known} & needed for name in needed
    }
    order: list[str] = []
    while len(order) < len(needed):
        free = sorted(name for name in needed - set(order) if waits[name] <= set(order))
        if not free:
            return None
        order += free
    return order


# Formats and speed


def backend_agreement(*, terms, input_max, weight_max, bias_max, input_step, weight_step, half_weight):
    """Worst errors term by term: first order in each rounding, their products, then the last rounding."""
    unit = 2.0**-11
    dx = input_step / 2 + input_max * unit
    dw = weight_step / 2 + weight_max * unit * half_weight
    products = terms * (input_max * dw + weight_max * dx + dx * dw)
    bias = bias_max * unit
    value = terms * input_max * weight_max + bias_max + products + bias
    return {"bound": np.asarray(products + bias + unit * value)}


def _convolve(x, weight, bias, stride, pad):
    """(N, Cin, H, W) with (Cin, K, K, Cout), over explicit windows."""
    padded = np.zeros((*x.shape[:2], *(side + 2 * pad for side in x.shape[2:])))
    padded[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]] = x
    windows = sliding_window_view(padded, weight.shape[1:3], axis=(2, 3))[:, :, ::stride, ::stride]
    return np.einsum("nchwij,cijo->nohw", windows, weight.astype(np.float64), optimize=True) + bias[:, None, None]


def swap_speed(*, x, weights, biases, stride, pad, rounds):
    """The sum over all turns of the input, then one picture with each other weight."""
    turned = sum(
        _convolve(
            np.concatenate([x[..., -turn:], x[..., :-turn]], -1) if turn else x, weights[0], biases[0], stride, pad
        )
        for turn in range(rounds)
    )
    outputs = {"sum of the outputs": turned}
    for number in range(1, len(weights)):
        other = _convolve(x[:1], weights[number], biases[number], stride, pad)
        outputs[f"output with weight {number + 1}"] = other
    return outputs
