"""A verdict as JSON and back, so that it can be kept as the data that it is and drawn when it is shown."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache

import numpy as np

from aics.check.verdict import Verdict

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
#: A class's annotations, worked out once: they are strings, and a list of a class reads thousands of verdicts.
_hints = cache(typing.get_type_hints)


def to_json(value: object) -> Json:
    """A value of plain types, arrays, and dataclasses and sequences of them, as what `json` writes."""
    if isinstance(value, np.ndarray):
        return {"dtype": value.dtype.str, "shape": list(value.shape), "values": value.ravel().tolist()}
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [to_json(item) for item in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"a {type(value).__name__} in a verdict")


def from_json(data: Json) -> Verdict:
    """The verdict that `to_json` wrote; ValueError, TypeError or KeyError where it is none."""
    return typing.cast(Verdict, _value(Verdict, data))


def _value(kind: object, data: Json) -> object:
    """The value of an annotated kind that some JSON stands for."""
    arguments = typing.get_args(kind)
    if isinstance(kind, types.UnionType):
        (present,) = [argument for argument in arguments if argument is not types.NoneType]
        return None if data is None else _value(present, data)
    if isinstance(kind, type) and is_dataclass(kind):
        known = _hints(kind)
        return kind(**{name: _value(known[name], inner) for name, inner in _mapping(data).items()})
    if typing.get_origin(kind) is tuple and isinstance(data, list):
        inner = arguments[:1] * len(data) if arguments[-1] is Ellipsis else arguments
        return tuple(_value(each, item) for each, item in zip(inner, data, strict=True))
    if kind is np.ndarray or typing.get_origin(kind) is np.ndarray:
        stored = _mapping(data)
        return np.array(stored["values"], str(stored["dtype"])).reshape(typing.cast(list[int], stored["shape"]))
    return data


def _mapping(data: Json) -> Mapping[str, Json]:
    if not isinstance(data, dict):
        raise TypeError(f"a JSON object was expected, not {type(data).__name__}")
    return data
