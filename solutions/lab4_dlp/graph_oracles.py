"""Lab 4's right answers on graphs, in whole numbers or float64, and from the definition.

Nothing here is shared with the notebook's solution: a plan is evaluated in its written order after what is needed was
found backwards, circles are found by taking away what waits for nothing, and convolutions are sums over windows.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from aics.lab4_dlp.graph_doubles import read_line


def _refused(names):
    """A refusal whose message holds every name; of several in a list, one is enough."""
    either = [name if isinstance(name, str) else " or ".join(name) for name in names]
    return {"refusal": np.asarray(True)} | {f"mention of {n}": np.asarray(True) for n in either}


_NOT_REFUSED = {"refusal": np.asarray(False)}


# Operators


def op_builder(*, about, steps, more, names):
    """What the steps say, each name at its place; the same once the builder went on. Or a refusal with `names`."""
    if names:
        return _refused(names)
    said = {
        kind: [rest for step, *rest in steps if step == method]
        for method, kind in (("input", "input"), ("output", "output"), ("attr", "attribute"))
    }
    sizes = {f"number of {kind}s": np.asarray(len(named)) for kind, named in said.items()}
    places = {
        f"position of {kind} {name}": np.asarray(place)
        for kind, named in said.items()
        for place, (name, *_) in enumerate(named)
    }
    defaults = {}
    for name, *default in said["attribute"]:
        defaults[f"REQUIRED as default of {name}"] = np.asarray(not default)
        defaults[f"None as default of {name}"] = np.asarray(default == [None])
        if default and default != [None]:
            defaults[f"default of {name}"] = np.asarray(default[0])
    went_on = {f"{name}, once the builder went on": size for name, size in sizes.items()}
    shapes = {"shape of output 0": np.array([3, 4, 2]), "shape of output 1": np.array([3, 4])}
    opdef = {"OpDef from finalize": np.asarray(True), "operator's name": np.asarray(True)}
    return _NOT_REFUSED | opdef | sizes | places | defaults | went_on | shapes


# Kernels


def kernel_dispatch(*, about, kernels, asked, names):
    """The one kernel for this operator whose type is all that stands before the colon."""
    pairs = [tuple(row) for row in kernels]
    wanted = (asked[0], asked[1].split(":")[0])
    if len(set(pairs)) < len(pairs) or wanted not in pairs:
        return _refused(names)
    found = _NOT_REFUSED | {"class from find": np.asarray(True)}
    for pair in pairs:
        found["kernel for {} on {}".format(*pair)] = np.asarray(pair == wanted)
        found["decorator of {} on {}".format(*pair)] = np.asarray(True)
    return found


# Sessions

_FORMULAS = {
    "Minus": lambda a, b: [a - b],
    "Times": lambda a, b: [a * b],
    "Parts": lambda x: [x * (x > 0), x * (x < 0)],
}


def session_run(*, about, plan, fetches, feeds, values, names, counted=None):
    """Fetched values, and one run of every operator that is needed."""
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
        arrays = [known[_output(source)] for source in inputs]
        made = counted(name, *arrays) if counted else _FORMULAS[operator](*arrays)
        known = {f"{name}:{index}": value for index, value in enumerate(made)} | known
        ran[name] = 1
    fetched = {f"fetch {place}, {name}": known[_output(name)] for place, name in enumerate(fetches, 1)}
    times = {f"times {n} ran": np.asarray(ran.get(n, 0)) for n, (operator, _) in rows.items() if operator in _FORMULAS}
    given = {"list from run": np.asarray(True), "length of the list": np.asarray(len(fetches))}
    return _NOT_REFUSED | given | fetched | times


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
    """The first weight on the picture of each round, moved on along three axes; then each other weight once."""
    sides = x.shape[1:]
    moved = [x[:, *np.ix_(*((np.arange(side) - turn) % side for side in sides))] for turn in range(rounds)]
    outputs = [_convolve(picture, weights[0], biases[0], stride, pad) for picture in moved]
    found = {"outputs of all rounds": np.stack(outputs)}
    for number in range(1, len(weights)):
        found[f"output with weight {number + 1}"] = _convolve(x[:1], weights[number], biases[number], stride, pad)
    return found
