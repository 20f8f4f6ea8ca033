"""Small .mat files in the structure of the official one, filled from a row of numbers."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aics.doubles.rows import Shapes, cut


def weights_and_biases(shapes: Shapes, numbers: NDArray[Any]) -> dict[str, tuple[NDArray[Any], NDArray[Any]]]:
    """Cut a row of numbers into weights [H, W, Cin, Cout], each followed by its bias [1, Cout]."""
    rows: list[tuple[str, Sequence[int]]] = []
    for name, shape in shapes:
        rows += [(f"{name}/weight", shape), (f"{name}/bias", (1, shape[-1]))]
    arrays = cut(rows, numbers)
    return {name: (arrays[f"{name}/weight"], arrays[f"{name}/bias"]) for name, _ in shapes}


def zeros(shapes: Shapes) -> dict[str, tuple[NDArray[Any], NDArray[Any]]]:
    """Weights and biases of 0, which take no memory."""
    zero = np.zeros((), np.float32)
    return {n: (np.broadcast_to(zero, shape), np.broadcast_to(zero, (1, shape[-1]))) for n, shape in shapes}


def nested(
    pairs: Mapping[str, tuple[NDArray[Any], NDArray[Any]]], shapes: Shapes, image_size: int, mean: ArrayLike = 0.0
) -> dict[str, Any]:
    """What `scipy.io.loadmat` returns for a .mat file of these weights and this mean colour, nested in the same way."""
    from aics.data import matfile

    layers = [[[[[pairs.get(name)]]]] for name in matfile.entries()]
    classes = np.empty((1, shapes[-1][1][-1]), object)
    classes[0, :] = [np.array([name]) for name in class_names(shapes)]
    picture = np.zeros((image_size, image_size, 3)) + np.asarray(mean, np.float64)
    return {
        "layers": [layers],
        "normalization": [[[picture]]],
        "classes": [[{"description": classes}]],
    }


def class_names(shapes: Shapes) -> list[str]:
    """A name for each output of the last layer."""
    return [f"class {number}" for number in range(shapes[-1][1][-1])]


@contextmanager
def mat_file(shapes: Shapes, numbers: NDArray[Any], mean: ArrayLike, image_size: int) -> Iterator[str]:
    """Write a small .mat file with these weights and this mean colour, and give its path."""
    plain = tuple((name, tuple(shape)) for name, shape in shapes)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiny.mat"
        path.write_bytes(_mat_bytes(plain, numbers.tobytes(), numbers.dtype.str, tuple(np.ravel(mean)), image_size))
        yield str(path)


@lru_cache(maxsize=64)
def _mat_bytes(shapes: Shapes, numbers: bytes, dtype: str, mean: tuple[float, ...], image_size: int) -> bytes:
    """What is in such a file: SciPy takes long to write it, and all known code of a question is asked with the same."""
    from aics.data import matfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiny.mat"
        pairs = weights_and_biases(shapes, np.frombuffer(numbers, dtype))
        matfile.write(path, pairs, mean, image_size, class_names(shapes))
        return path.read_bytes()


@contextmanager
def beside_class_names(names: Sequence[str]) -> Iterator[None]:
    """Work in a folder meanwhile that has the course's synset_words.txt, a class a line, beside it and in it."""
    lines, kept = "".join(f"{name}\n" for name in names), Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        inner = Path(folder) / "stu_upload"
        inner.mkdir()
        for place in (Path(folder), inner):
            (place / "synset_words.txt").write_text(lines, "utf-8")
        os.chdir(inner)
        try:
            yield
        finally:
            os.chdir(kept)
