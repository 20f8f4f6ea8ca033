"""Small .mat files in the structure of the official one, filled from a row of numbers."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from numpy.typing import ArrayLike, NDArray

from aics.doubles.rows import Shapes, cut


def weights_and_biases(shapes: Shapes, numbers: NDArray[Any]) -> dict[str, tuple[NDArray[Any], NDArray[Any]]]:
    """Cut a row of numbers into weights [H, W, Cin, Cout], each followed by its bias [1, Cout]."""
    rows: list[tuple[str, Sequence[int]]] = []
    for name, shape in shapes:
        rows += [(f"{name}/weight", shape), (f"{name}/bias", (1, shape[-1]))]
    arrays = cut(rows, numbers)
    return {name: (arrays[f"{name}/weight"], arrays[f"{name}/bias"]) for name, _ in shapes}


def class_names(shapes: Shapes) -> list[str]:
    """A name for each output of the last layer."""
    return [f"class {number}" for number in range(shapes[-1][1][-1])]


@contextmanager
def mat_file(shapes: Shapes, numbers: NDArray[Any], mean: ArrayLike, image_size: int) -> Iterator[str]:
    """Write a small .mat file with these weights and this mean colour, and give its path."""
    from aics.data import matfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiny.mat"
        matfile.write(path, weights_and_biases(shapes, numbers), mean, image_size, class_names(shapes))
        yield str(path)


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
