"""Lab 7's checkpoints, drawn so that every mistake in misconceptions/ shows on every draw."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import numpy as np
from saver_oracles import CODES

from autograder.course.question import Case

_LAYERS = ("conv1", "fc10", "head", "bn2", "stem", "mixer", "gate", "out3")


def saver(rng: np.random.Generator) -> list[Case]:
    """Arrays of every kind as bytes; bytes as arrays, sound and damaged; folders; variables to restore."""
    return [*_write(rng), *_read(rng), *_damaged(rng), *_save(rng), *_restore(rng)]


def _names(rng) -> tuple[str, str, str]:
    one, two, three = rng.permutation(_LAYERS)[:3].tolist()
    return one, two, three


# Bytes


def _write(rng: np.random.Generator) -> list[Case]:
    while True:
        one, two, three = "conv1", "bn2", "norm"
        plain = {
            f"{one}/weight": rng.normal(size=(3, int(rng.integers(4, 8)))).astype(np.float32),
            f"{one}/bias": rng.normal(size=int(rng.integers(2, 30))).astype(np.float32),
        }
        mixed = {
            f"{two}/running": rng.normal(size=(2, 3, int(rng.integers(3, 60)))),
            f"{two}/mask": rng.permutation(np.arange(7) % 2 == 0),
            f"{two}/half": rng.normal(size=(4, 3)).astype(np.float16),
            f"{two}/bytes": rng.integers(0, 255, (3, int(rng.integers(3, 6)))).astype(np.uint8),
            f"{two}/empty": np.zeros((0, 3), np.float32),
            "step": np.array(int(rng.integers(1, 10**6))),
        }
        greek = {f"{three}/β": rng.normal(size=int(rng.integers(2, 60))).astype(np.float32)}
        greek[f"{three}/γ"] = rng.normal(size=(1, int(rng.integers(2, 30))))
        if all(_unaligned(arrays) for arrays in (plain, mixed, greek)):
            break
    square = {
        f"{one}/columns": rng.normal(size=(3, 3)).astype(np.float32),
        f"{one}/turned": rng.normal(size=(2, 4)).astype(np.float32),
        f"{one}/counts": rng.integers(-1000, 1000, (2, 3)).astype(np.int32),
        f"{one}/gaps": rng.normal(size=(2, 3)).astype(np.float64),
    }
    forms = {f"{one}/columns": "columns", f"{one}/turned": "big endian", f"{one}/gaps": "gaps"}
    parts = [("two arrays", plain, {}), ("arrays of many kinds", mixed, {})]
    parts += [("arrays that lie otherwise in memory", square, forms), ("names in Greek", greek, {})]
    return [
        {"about": about, "task": "write", "forms": list(map(list, form.items())), **arrays}
        for about, arrays, form in parts
    ]


def _unaligned(arrays: Mapping[str, np.ndarray]) -> bool:
    """Whether the header needs spaces, however JSON is written."""
    written = [
        json.dumps(_entries(arrays), separators=separators, ensure_ascii=ascii_only).encode()
        for separators in ((", ", ": "), (",", ":"))
        for ascii_only in (True, False)
    ]
    return all(len(text) % 8 for text in written)


def _entries(arrays: Mapping[str, np.ndarray]) -> dict[str, dict]:
    """What a header says of arrays that lie one after another."""
    entries, begin = {}, 0
    for name, array in arrays.items():
        shape = list(array.shape)
        entries[name] = {
            "dtype": CODES[array.dtype.name],
            "shape": shape,
            "data_offsets": [begin, begin + array.nbytes],
        }
        begin += array.nbytes
    return entries


def _file(header: object, body: bytes, length: int | None = None) -> np.ndarray:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    whole = (len(text) if length is None else length).to_bytes(8, "little") + text + body
    return np.frombuffer(whole, np.uint8)


def _body(arrays: Mapping[str, np.ndarray]) -> bytes:
    return b"".join(np.ascontiguousarray(array).tobytes() for array in arrays.values())


def _some(rng: np.random.Generator) -> dict[str, np.ndarray]:
    one, two, _ = _names(rng)
    return {
        f"{one}/weight": rng.normal(size=(2, int(rng.integers(3, 6)))).astype(np.float32),
        f"{one}/bias": rng.normal(size=3).astype(np.float64),
        f"{two}/steps": rng.integers(0, 99, (2, 2)),
    }


def _of_read(about: str, file: np.ndarray, names: Sequence[str] | None = None) -> Case:
    refused = names is not None
    return {"about": about, "task": "read", "file": file, "names": list(names or ()), "refused": refused}


def _read(rng: np.random.Generator) -> list[Case]:
    """A plain file; one whose header has another order than its numbers, and a remark; kinds of numbers and sizes."""
    arrays = _some(rng)
    entries = _entries(arrays)
    alike = {name: rng.normal(size=array.shape).astype(np.float32) for name, array in arrays.items()}
    turned = {"__metadata__": {"format": "np"}, **dict(reversed(_entries(alike).items()))}
    odd = {
        "all": rng.integers(0, 2, 5) > 0,
        "half": rng.normal(size=(2, 3)).astype(np.float16),
        "none": np.zeros((2, 0), np.float32),
        "one": np.array(rng.normal()),
        "small": rng.integers(-99, 99, (3, 1)).astype(np.int8),
    }
    return [
        _of_read("a file", _file(entries, _body(arrays))),
        _of_read("a header in another order, with a remark", _file(turned, _body(alike))),
        _of_read("numbers of many kinds", _file(_entries(odd), _body(odd))),
        _of_read("no number at all", _file(_entries({"none": odd["none"]}), b"")),
    ]


def _damaged(rng: np.random.Generator) -> list[Case]:
    """Each way in which a file can be damaged, and what the refusal has to name."""
    arrays = _some(rng)
    entries, body = _entries(arrays), _body(arrays)
    first, second, _ = names = list(arrays)
    whole = _file(entries, body)

    def changed(name: str, **entry: object) -> dict[str, dict]:
        return {**entries, name: {**entries[name], **entry}}

    begin, end = entries[second]["data_offsets"]
    shifted = {name: {**e, "data_offsets": [x + 8 for x in e["data_offsets"]]} for name, e in entries.items()}
    shape = entries[first]["shape"]
    tail = {
        name: {**e, "data_offsets": [x - 8 * (name == names[2]) for x in e["data_offsets"]]}
        for name, e in entries.items()
    }
    bare = {key: said for key, said in entries[second].items() if key != "data_offsets"}
    alone = _entries({first: np.zeros((0, 3), np.float32)})
    header = len(_file(alone, b"")) - 8
    return [
        _of_read("shorter than a length", whole[:5], []),
        _of_read("a header that is cut off", _file(alone, b"", header + 1), []),
        _of_read("a length beyond all files", _file(alone, b"", header + 2**56), []),
        _of_read("cut off", whole[:-6], []),
        _of_read("a header of 4 GB", _file(entries, body, 2**32), []),
        _of_read("a header that is no JSON", _file(b"{'weight': [1, 2", body), []),
        _of_read("a header that is a list", _file(b"[1, 2, 3]", b""), []),
        _of_read("a dtype that NumPy lacks", _file(changed(second, dtype="BF16"), body), [second, "BF16"]),
        _of_read("offsets beyond the end", _file(changed(second, data_offsets=[begin + 4096, end + 4096]), body), []),
        _of_read("tensors that overlap", _file(tail, body[:-8]), []),
        _of_read("bytes that belong to nobody", _file(shifted, bytes(8) + body), []),
        _of_read("bytes behind the last tensor", _file(entries, body + bytes(16)), []),
        _of_read("an entry that is a number", _file({**entries, first: 3}, body), [first]),
        _of_read("an entry without offsets", _file({**entries, second: bare}, body), [second]),
        _of_read("sizes below zero", _file(changed(first, shape=[-size for size in shape]), body), [first]),
        _of_read("a shape that does not fit", _file(changed(first, shape=[*shape, 2]), body), [first]),
    ]


# Folders


def _save(rng: np.random.Generator) -> list[Case]:
    """Steps whose names sort otherwise than their numbers; files of others, of an earlier run, and of the same step."""
    cases = []
    for about, steps, keep, anew, beside in _FOLDERS:
        name, by = "fc10", int(rng.integers(0, 2))
        weight = rng.normal(size=(2, int(rng.integers(2, 5)))).astype(np.float32)
        cases.append(
            {"about": about, "task": "save", "steps": [step + by for step in steps], "max_to_keep": keep}
            | {"anew": anew, "beside": [each.format(last=steps[-1] + by) for each in beside]}
            | {f"{name}/weight": weight, f"{name}/bias": rng.normal(size=3).astype(np.float32)}
        )
    return cases


#: About, the steps, how many are kept, before which save the Saver is a new one, and what lies in the folder before.
_FOLDERS = [
    ("a few steps", [0, 20, 40], 5, 9, ["notes.txt"]),
    ("more steps than are kept", [7, 80, 300, 1000, 20000], 2, 9, ["model-best.safetensors", "other-5.safetensors"]),
    ("a run that goes on", [90, 900, 1000, 9000], 3, 2, ["losses.csv"]),
    ("a step that was saved before", [5, 30], 3, 9, ["model-{last}.safetensors"]),
    ("a list of checkpoints that was there before", [60, 70], 3, 9, ["checkpoint"]),
]


def _restore(rng: np.random.Generator) -> list[Case]:
    """Sound files in two orders; then a file in which something is missing, or is otherwise, or that is cut off."""
    arrays = _some(rng)
    _, second, third = names = list(arrays)
    every = [[name, list(arrays[name].shape), arrays[name].dtype.name] for name in names]
    file, step = _file(_entries(arrays), _body(arrays)), int(rng.integers(100, 9000))

    def asked(about, variables, mentions=None, file=file, as_text=False) -> Case:
        mentions = [] if mentions is None else [f"model-{step}.safetensors", *mentions]
        case = {"about": about, "task": "restore", "file": file, "step": step, "variables": variables}
        return case | {"as_text": as_text, "names": mentions}

    missing = [*every[:2], ["lost/weight", [2, 2], "float32"]]
    other_shape = [every[0], [second, [arrays[second].size, 1], "float64"], every[2]]
    other_dtype = [*every[:2], [third, list(arrays[third].shape), "int32"]]
    return [
        asked("all variables, in another order", every[::-1]),
        asked("some of the file's tensors", [every[1]], as_text=True),
        asked("a variable that the file lacks", missing, ["lost/weight"]),
        asked("a variable of another shape", other_shape, [second]),
        asked("a variable of another dtype", other_dtype, [third]),
        asked("a file that was cut off", every, [], file=file[:-6]),
    ]
