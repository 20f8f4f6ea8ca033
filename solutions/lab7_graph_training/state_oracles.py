"""Lab 7's right answers on variables, first values and dropout, from the definition.

Nothing here is shared with the notebook's solution: scripts run in a world of their own, which has no graph and keeps
names as paths; distributions are known by their quantiles, and nothing is drawn.
"""

from __future__ import annotations

from contextlib import contextmanager
from math import sqrt
from statistics import NormalDist

import numpy as np

from aics.lab7_graph_training.scripts import lines_that_make, run_script
from aics.lab7_graph_training.state_measures import QUANTILES

# Variables


class _Refused(Exception):
    """What the real store and the real graph call a GraphError."""


class _Tensor:
    """A name, a dtype, a value, and whether it is trained."""

    def __init__(self, name, value, trained=False):
        self.name, self.value, self.trained, self.dtype = name, value, trained, value.dtype.name


class _World:
    """A graph and a store in one: two paths, a list of all names, and a dict of what can be shared."""

    def __init__(self):
        self.names_path, self.variables_path, self.reusing = "", "", False
        self.names, self.tensors, self.shared = set(), [], {}

    @contextmanager
    def name_scope(self, name):
        before, self.names_path = self.names_path, f"{self.names_path}{name}/"
        yield
        self.names_path = before

    @contextmanager
    def variable_scope(self, name, reuse=False):
        before = self.names_path, self.variables_path, self.reusing
        self.names_path += f"{name}/"
        self.variables_path += f"{name}/"
        self.reusing = self.reusing or reuse
        try:
            yield
        finally:
            self.names_path, self.variables_path, self.reusing = before

    def add(self, whole, value, trained=False):
        free = next(name for name in (whole, f"{whole}_1", f"{whole}_2") if name not in self.names)
        self.names.add(free)
        self.tensors.append(_Tensor(free, np.array(value), trained))
        return self.tensors[-1]

    def get_variable(self, name, shape=None, initializer=np.zeros, trainable=True, dtype="float32"):
        whole, there = self.variables_path + name, self.shared.get(self.variables_path + name)
        if (there is None) == self.reusing or (there is None and shape is None):
            raise _Refused
        if there is None:
            there = self.shared[whole] = self.add(whole, initializer(shape).astype(dtype), trainable)
        if there.dtype != dtype or shape not in (None, there.value.shape):
            raise _Refused
        return there

    def variable(self, value, name, trainable=True):
        return self.add(self.names_path + name, _typed(value), trainable)

    def placeholder(self, name, _shape):
        return self.add(name, np.float32(0))

    def apply(self, _operator, *inputs, name):
        if len({each.dtype for each in inputs}) > 1:
            raise _Refused
        return self.add(self.names_path + name, np.float32(0))


def _typed(value, dtype=None):
    """The array of a value: Python's floats are float32, its whole numbers int32; arrays are what they are."""
    if isinstance(value, np.ndarray):
        kept = value
    else:
        numbers = value if isinstance(value, list) else [value]
        kinds = {type(number) for number in numbers}
        kept = np.array(value, "float32" if float in kinds else "bool" if bool in kinds else "int32")
    if dtype and "int" in dtype and "int" not in kept.dtype.name:
        raise _Refused
    return kept.astype(dtype or kept.dtype)


def variables(*, about, script, names):
    """What each line gives, what is trained and what is shared; or a refusal with `names`."""
    world = _World()
    made = {"store": world, "graph": world, "np": np, "GraphError": _Refused}
    made["constant"] = lambda _graph, value, dtype=None, name="const": world.add(
        world.names_path + name, _typed(value, dtype)
    )
    try:
        run_script(script, made)
    except _Refused:
        return {"refusal": np.asarray(True)} | {f"mention of {name}": np.asarray(True) for name in names}
    found = {"refusal": np.asarray(False)}
    for line in lines_that_make(script):
        found |= _of_tensor(line.key, made[line.key], world)
    counts = {key: value for key, value in made.items() if isinstance(value, bool | int)}
    counts |= {"length of trainable": sum(each.trained for each in world.tensors)}
    counts |= {"length of variables": len(world.shared)}
    return found | {key: np.asarray(value) for key, value in counts.items()}


def _of_tensor(key, tensor, world):
    shared = {f"{name} in variables": np.asarray(True) for name, each in world.shared.items() if each is tensor}
    return {
        f"{key} is {tensor.name}": np.asarray(True),
        f"{key} is {tensor.dtype}": np.asarray(True),
        f"times {key} is in trainable": np.asarray(int(tensor.trained)),
        f"value of {key}": tensor.value.astype(
            {"f": np.float64, "i": np.int64}.get(tensor.value.dtype.kind, tensor.value.dtype)
        ),
        **shared,
    }


# First values

_NORMAL = NormalDist()


def _truncated(share):
    """The quantile of what is left of a normal distribution between -2 and 2."""
    low, high = _NORMAL.cdf(-2), _NORMAL.cdf(2)
    return _NORMAL.inv_cdf(low + share * (high - low))


#: Variance of a standard normal number that lies between -2 and 2: by parts, 1 - 2 * 2 phi(2) / (Phi(2) - Phi(-2)).
_TRUNCATED_SPREAD = sqrt(1 - 4 * _NORMAL.pdf(2) / (_NORMAL.cdf(2) - _NORMAL.cdf(-2)))


#: The fraction of these that lies in the outermost hundredth on both sides.
_TRUNCATED_ENDS = 2 * (_NORMAL.cdf(2) - _NORMAL.cdf(1.98)) / (_NORMAL.cdf(2) - _NORMAL.cdf(-2))


def initializers(*, shape, seed, mean, stddev, value):
    """Fans by counting connections; statistics from the distributions."""
    positions = int(np.prod(shape[1:-1], dtype=np.int64))
    fan_in, fan_out = shape[0] * positions, shape[-1] * positions
    width = sqrt(6 / (fan_in + fan_out))
    found = {"fan_in": fan_in, "fan_out": fan_out, "filled": np.full((7, 9), value), "filled in float32": True}
    found |= _drawn("truncated_normal", mean, stddev, _truncated, _TRUNCATED_SPREAD, (2, _TRUNCATED_ENDS))
    found |= _drawn("xavier", 0, width, lambda share: 2 * share - 1, 1 / sqrt(3), (1, 0.01))
    found |= _drawn("he", 0, sqrt(2 / fan_in), _NORMAL.inv_cdf, 1, None)
    return {name: np.asarray(each) for name, each in found.items()}


def _drawn(name, centre, unit, quantile, spread, ends):
    """Statistics of ``centre + unit * z``, of whose z quantiles and spread are given, and the end if there is one."""
    found = {f"{name} in float32": True, f"{name}: same seed, same draws": True}
    found |= {f"{name}: another seed, other draws": True, f"{name}: standard deviation": unit * spread}
    found |= {f"{name}: mean, in standard deviations from where it should be": 0.0}
    found |= {f"{name}: quantiles": np.array([centre + unit * quantile(share) for share in QUANTILES])}
    if ends:
        found |= {f"{name}: farthest": unit * ends[0], f"{name}: share within 1 % of the farthest": ends[1]}
    return found


# Dropout


def dropout(*, x, rate, seeds, known_batch):
    """Nothing in use; in training the fraction `rate` is gone, each time another, and the rest has grown."""
    changed = np.asarray(2 * rate * (1 - rate))
    kinds = ("a new run", "another row", "another column", "another pixel", "another seed")
    return {
        "in use": np.stack([x.astype(np.float64)] * len(seeds)),
        "factor of what is kept": np.full(2, 1 / (1 - rate)),
        "share kept": np.asarray(1 - rate),
        **{f"fraction of masks that {kind} changes": changed for kind in kinds},
        "same if built anew": np.asarray(True),
        "float32": np.asarray(True),
    }
