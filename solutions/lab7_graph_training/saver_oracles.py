"""Lab 7's right answers on checkpoints: what the format's public description says of these bytes and folders.

https://github.com/huggingface/safetensors, section "Format".
"""

from __future__ import annotations

import json
import struct

import numpy as np

#: NumPy's name of a dtype -> the format's.
CODES = {
    **{"float64": "F64", "float32": "F32", "float16": "F16", "bool": "BOOL"},
    **{f"int{bits}": f"I{bits}" for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": f"U{bits}" for bits in (8, 16, 32, 64)},
}
TRUE, FALSE = np.asarray(True), np.asarray(False)


def saver(*, task, about, **case):
    """What each task has to bring."""
    return {"write": _write, "read": _read, "save": _save, "restore": _restore}[task](**case)


def _write(*, forms, **arrays):
    return {"bytes": TRUE} | _sound(arrays)


def _sound(arrays):
    """A file of these arrays, taken apart."""
    found = {
        "length fits": TRUE,
        "brace": TRUE,
        "strange bytes": np.asarray(0),
        "header": TRUE,
        "numbers begin at a multiple of 8": TRUE,
    }
    found |= {"number of tensors": np.asarray(len(arrays)), "numbers back to back": TRUE}
    for name, array in arrays.items():
        found |= {f"{name} in the header": TRUE, f"{name}: dtype": TRUE, f"{name}: shape": TRUE}
        found[f"{name}: numbers"] = _wide(array)
    return found


def _refused(names):
    return {"refusal": TRUE} | {f"mention of {name}": TRUE for name in names}


def _tensors(file):
    """The arrays of a sound file."""
    data = file.tobytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    dtypes = {code: np.dtype(name) for name, code in CODES.items()}
    found = {}
    for name, entry in header.items():
        if name != "__metadata__":
            count = int(np.prod(entry["shape"], dtype=int))
            begin = 8 + length + entry["data_offsets"][0]
            numbers = np.frombuffer(data, dtypes[entry["dtype"]], count, begin if count else 0)
            found[name] = numbers.reshape(entry["shape"])
    return found


def _read(*, file, names, refused):
    if refused:
        return _refused(names)
    tensors = _tensors(file)
    found = {"refusal": FALSE, "number of tensors": np.asarray(len(tensors))}
    return found | {f"tensor {name}": _wide(array) for name, array in tensors.items()} | _bits(tensors)


def _save(*, steps, max_to_keep, anew, beside, **arrays):
    """The newest few, `checkpoint`, and what was there; the last step's file holds what was saved last."""
    kept = [f"model-{step}.safetensors" for step in sorted(steps)[-max_to_keep:]]
    files = {*kept, "checkpoint", *beside}
    found = {f"file {name}": TRUE for name in sorted(files)} | {"number of files": np.asarray(len(files))}
    found |= {"folder in checkpoint": FALSE, "newest in checkpoint": TRUE}
    found |= {f"path {n}: model-{step}.safetensors": TRUE for n, step in enumerate(steps, 1)}
    found["old file untouched"] = TRUE
    return found | _sound({name: array + np.float32(steps[-1]) for name, array in arrays.items()})


def _restore(*, file, step, variables, as_text, names):
    """The file's arrays, or, where something does not fit, in every variable the sevens of before."""
    if names:
        held = {name: np.full(shape, 7, dtype) for name, shape, dtype in variables}
    else:
        tensors = _tensors(file)
        held = {name: tensors[name] for name, _, _ in variables}
    told = _refused(names) if names else {"refusal": FALSE}
    return told | {f"{name} afterwards": _wide(array) for name, array in held.items()} | _bits(held)


def _bits(arrays):
    return {f"bits of {name}": np.asarray(8 * array.dtype.itemsize) for name, array in arrays.items()}


def _wide(array):
    """The same numbers in the widest dtype of their kind; half precision, bytes and truth values as they are."""
    kinds = {"float32": np.float64, **dict.fromkeys(("int8", "int16", "int32", "uint16", "uint32", "uint64"), np.int64)}
    return array.astype(kinds.get(array.dtype.name, array.dtype))
