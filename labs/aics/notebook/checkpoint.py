"""Nested dicts of arrays, numbers and texts in one file: written as a whole or not at all, read without pickle.

    write("lenet.run", {"epoch": 3, "weights": {"fc1/weight": array}})
    read("lenet.run")["weights"]["fc1/weight"]

What is read equals what was written, to the bit and to the kind: float16 stays float16, a NumPy number does not
become Python's. The file is an npz: its arrays, numbered, and a text in JSON that says where each belongs.
"""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from aics.language import tr

#: The member of the npz that holds the tree; the others are named 0, 1, ...
_TREE = "tree"
_PLAIN = bool, int, float, str, type(None)
_UNREADABLE = AttributeError, EOFError, KeyError, TypeError, ValueError, zipfile.BadZipFile


class CheckpointError(Exception):
    """What cannot be written, or a file that holds no checkpoint; the message says which."""


def write(path: str | Path, tree: Mapping[str, object]) -> Path:
    """Write nested dicts to a file, in place of what was there before; returns the path.

    tree : names are texts; values are arrays, numbers, texts, None, or dicts, lists and tuples of these

    Raises CheckpointError where it holds anything else. Then, or if writing fails, the old file stays as it was.
    """
    path = Path(path)
    arrays: dict[str, np.ndarray] = {}
    text = json.dumps(_described(tree, arrays, ""))
    handle, unfinished = tempfile.mkstemp(dir=path.resolve().parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, allow_pickle=False, **arrays, **{_TREE: np.frombuffer(text.encode(), np.uint8)})
        os.replace(unfinished, path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    return path


def read(path: str | Path) -> dict[str, object]:
    """Give the nested dicts that `write` wrote.

    Raises CheckpointError where the file holds none; OSError where there is no file.
    """
    try:
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as arrays:
            tree = _built(json.loads(arrays[_TREE].tobytes()), arrays)
    except _UNREADABLE as error:
        raise _none_in(path) from error
    if not isinstance(tree, dict):
        raise _none_in(path)
    return tree


def _none_in(path: str | Path) -> CheckpointError:
    return CheckpointError(tr("{file} holds no checkpoint.", file=Path(path).name))


def _described(value: object, arrays: dict[str, np.ndarray], name: str) -> list[Any]:
    """What JSON can hold of a value, as [kind, content]; its arrays are put into `arrays` by number."""
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                where = name or tr("the dict")
                raise CheckpointError(
                    tr("The name {key!r} in {where} is no text: it cannot be saved.", key=key, where=where)
                )
        below = {key: _described(item, arrays, f"{name}/{key}" if name else key) for key, item in value.items()}
        return ["dict", below]
    if isinstance(value, list | tuple):
        return [type(value).__name__, [_described(item, arrays, f"{name}/{i}") for i, item in enumerate(value)]]
    if isinstance(value, np.ndarray | np.generic):
        array, number = np.asarray(value), str(len(arrays))
        if array.dtype.hasobject:
            raise CheckpointError(tr("{name} is an array of objects: it cannot be saved.", name=name))
        arrays[number] = array
        return ["array" if isinstance(value, np.ndarray) else "number", number]
    if isinstance(value, _PLAIN):
        return ["plain", value]
    raise CheckpointError(tr("{name} is no number and no array: it cannot be saved.", name=name))


def _built(described: list[Any], arrays: Mapping[str, np.ndarray]) -> object:
    """The way back from `_described`."""
    kind, content = described
    if kind == "dict":
        return {name: _built(item, arrays) for name, item in content.items()}
    if kind in ("list", "tuple"):
        items = [_built(item, arrays) for item in content]
        return items if kind == "list" else tuple(items)
    if kind == "plain":
        return content
    return arrays[content] if kind == "array" else arrays[content][()]
