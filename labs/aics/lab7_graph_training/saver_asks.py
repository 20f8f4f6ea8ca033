"""Lab 7: how the question on checkpoints calls the student's code: bytes, and files in a folder of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.returned import spelled
from aics.graph import Graph, GraphError, Tensor
from aics.lab7_graph_training.operators import training_graph

Array = NDArray[Any]
Told = dict[str, object]
#: What a variable holds before a checkpoint is read into it.
BEFORE = 7


def saver(
    safetensors_bytes: Any,
    read_safetensors: Any,
    Saver: Any,
    *,
    about: str,
    task: str,
    refused: bool = False,
    **case: Any,
) -> Told:
    """One task: "write" arrays as bytes, "read" such bytes, "save" a few steps, or "restore" from a file.

    What must not be read is `refused`, with a GraphError.
    """
    try:
        if task == "write":
            return _written(safetensors_bytes, **case)
        if task == "read":
            return _read(read_safetensors, **case)
        return (_saved if task == "save" else _restored)(Saver, **case)
    except GraphError as error:
        if refused:
            return {"refusal": spelled([error])}
        raise


def _written(safetensors_bytes: Any, *, forms: Sequence[Sequence[str]], **arrays: Array) -> Told:
    """The bytes of arrays, some of which lie in memory in another form: pairs of a name and the form."""
    kinds = {name: form for name, form in forms}  # noqa: C416
    laid = {name: _laid_out(array, kinds.get(name, "")) for name, array in arrays.items()}
    data = safetensors_bytes(laid)
    return {"file": _bytes(data)} if isinstance(data, bytes | bytearray) else {}


def _laid_out(array: Array, form: str) -> Array:
    """The same numbers: column by column, with their bytes the other way round, or with gaps between them."""
    if form == "columns":
        return np.asfortranarray(array)
    if form == "big endian":
        return array.astype(array.dtype.newbyteorder(">"))
    return np.repeat(array, 2, axis=-1)[..., ::2] if form == "gaps" else array


def _bytes(data: bytes | bytearray) -> Array:
    return np.frombuffer(bytes(data), np.uint8)


def _read(read_safetensors: Any, *, file: Array, names: Sequence[str]) -> Told:
    """The arrays that were read; without them where the file had to be refused, and was not."""
    got = read_safetensors(file.tobytes())
    if not isinstance(got, Mapping):
        return {}
    return {"names": spelled(sorted(map(str, got))), **{f"tensor {name}": array for name, array in got.items()}}


def _saved(
    Saver: Any, *, steps: Sequence[int], max_to_keep: int, anew: int, beside: Sequence[str], **arrays: Array
) -> Told:
    """What is in the folder after each of these steps was saved, and what became of a file that was there before.

    anew : before which save a new Saver takes over, as after a restart
    beside : files that lie there already; the first of them has a second name outside the folder
    """
    with tempfile.TemporaryDirectory() as outside:
        folder, second = Path(outside) / "run", Path(outside) / "second"
        folder.mkdir()
        for name in beside:
            (folder / name).write_bytes(b"as before")
        second.hardlink_to(folder / beside[0])
        variables = _variables(training_graph(), arrays)
        paths = []
        saver = Saver(folder, max_to_keep)
        for turn, step in enumerate(steps):
            saver = Saver(folder, max_to_keep) if turn == anew else saver
            for name in variables:
                variables[name].node.load(arrays[name] + step)
            paths.append(saver.save(variables, step))
        return {"paths": spelled(_last_part(path) for path in paths), **_left(folder), "second name": _of(second)}


def _last_part(path: object) -> str:
    return Path(path).name if isinstance(path, str | Path) else type(path).__name__


def _left(folder: Path) -> Told:
    """The files in a folder, what the file `checkpoint` says, and what is in the file that it names."""
    files = sorted(path.name for path in folder.iterdir())
    known = folder / "checkpoint"
    said = known.read_text("utf-8", "replace").strip() if known.is_file() else ""
    newest = folder / Path(said).name
    return {
        "files": spelled(files),
        "checkpoint": spelled([said]),
        "file": _of(newest) if newest.is_file() else np.zeros(0, np.uint8),
    }


def _of(path: Path) -> Array:
    return _bytes(path.read_bytes())


def _variables(graph: Graph, arrays: Mapping[str, Array]) -> dict[str, Tensor]:
    return {name: graph.variable(name, array) for name, array in arrays.items()}


def _restored(
    Saver: Any, *, file: Array, step: int, variables: Iterable[Sequence[Any]], as_text: bool, names: Sequence[str]
) -> Told:
    """What the variables (name, shape, dtype) hold after a file was read into them, and the refusal if there is one."""
    with tempfile.TemporaryDirectory() as outside:
        path = Path(outside) / f"model-{step}.safetensors"
        path.write_bytes(file.tobytes())
        blank = {name: np.full(shape, BEFORE, dtype) for name, shape, dtype in variables}
        tensors = _variables(training_graph(), blank)
        told: Told = {}
        try:
            Saver(outside).restore(str(path) if as_text else path, tensors)
        except GraphError as error:
            if not names:
                raise
            told = {"refusal": spelled([error])}
    return told | {f"{name} afterwards": tensor.node.value for name, tensor in tensors.items()}
