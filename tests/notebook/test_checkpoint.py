"""What is read is what was written; a file is whole or it is the one from before."""

from __future__ import annotations

import zipfile

import numpy as np
import pytest

from aics.notebook import checkpoint
from aics.notebook.checkpoint import CheckpointError

TREE = {
    "epoch": 3,
    "lr": 0.1,
    "on": True,
    "name": "LeNet, 學",
    "nothing": None,
    "large": 2**70,
    "edges": [float("inf"), -0.0],
    "betas": (0.9, 0.999),
    "empty": {},
    "weights": {"fc1/weight": np.arange(6, dtype=np.float16).reshape(2, 3), "fc1/bias": np.zeros((1, 0))},
    "masks": {"fc1": {"weight": np.array([True, False])}},
    "tree": np.array("a text"),
    "0": np.float32(0.1),
    "scalar": np.array(0.1),
}


def same(a, b) -> bool:
    """Of one kind and equal, all the way down."""
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[name], b[name]) for name in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, np.ndarray | np.generic):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    return repr(a) == repr(b)


def test_what_is_read_is_what_was_written(tmp_path):
    path = checkpoint.write(tmp_path / "lenet.run", TREE)
    assert same(checkpoint.read(path), TREE)
    assert [file.name for file in tmp_path.iterdir()] == ["lenet.run"]


def test_numbers_that_are_not_finite_are_kept(tmp_path):
    read = checkpoint.read(checkpoint.write(tmp_path / "a", {"loss": float("nan"), "all": np.array([np.inf, np.nan])}))
    assert np.isnan(read["loss"])
    np.testing.assert_array_equal(read["all"], [np.inf, np.nan])


UNFIT = {
    "a function": ({"optimizer": {"rule": len}}, "optimizer/rule is no number and no array"),
    "an object": ({"list": [1, object()]}, "list/1 is no number and no array"),
    "an array of objects": ({"a": np.array([None])}, "a is an array of objects"),
    "a number as a name": ({"film": {0: 1.0}}, "name 0 in film is no text"),
}


@pytest.mark.parametrize(("tree", "said"), UNFIT.values(), ids=UNFIT)
def test_what_cannot_be_read_again_is_not_written(tree, said, tmp_path):
    path = checkpoint.write(tmp_path / "a.run", TREE)
    before = path.read_bytes()
    with pytest.raises(CheckpointError, match=said):
        checkpoint.write(path, tree)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("failure", [OSError("no space left"), KeyboardInterrupt()])
def test_writing_is_all_or_nothing(failure, tmp_path, monkeypatch):
    path = checkpoint.write(tmp_path / "a.run", TREE)
    before = path.read_bytes()

    def half(file, **_):
        file.write(b"half")
        raise failure

    monkeypatch.setattr(np, "savez", half)
    with pytest.raises(type(failure)):
        checkpoint.write(path, TREE)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def zipped(path):
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("tree.npy", b"no array")


def npz(**arrays):
    def make(path):
        with path.open("wb") as file:
            np.savez(file, **arrays)

    return make


def described(text: bytes):
    return npz(tree=np.frombuffer(text, np.uint8))


def npy(path):
    with path.open("wb") as file:
        np.save(file, np.ones(3))


FOREIGN = {
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("not a run"),
    "npz of others": npz(x=np.ones(3)),
    "npy": npy,
    "zip": zipped,
    "pickle": npz(tree=np.array([TREE], dtype=object)),
    "tree of a list": described(b"[1]"),
    "tree of a number": described(b'["plain", 1]'),
    "tree of a missing array": described(b'["dict", {"a": ["array", "0"]}]'),
    "half": lambda path: path.write_bytes(checkpoint.write(path, TREE).read_bytes()[:700]),
}


@pytest.mark.parametrize("make", FOREIGN.values(), ids=FOREIGN)
def test_other_files_are_refused(make, tmp_path):
    path = tmp_path / "cat.run"
    make(path)
    with pytest.raises(CheckpointError, match=r"cat\.run holds no checkpoint"):
        checkpoint.read(path)


def test_a_file_with_a_flipped_bit_is_refused(tmp_path):
    path = checkpoint.write(tmp_path / "a.run", {"weights": np.ones(1000)})
    spoiled = bytearray(path.read_bytes())
    spoiled[4000] ^= 1
    path.write_bytes(spoiled)
    with pytest.raises(CheckpointError, match="holds no checkpoint"):
        checkpoint.read(path)


def test_a_missing_file_is_said_as_such(tmp_path):
    with pytest.raises(FileNotFoundError):
        checkpoint.read(tmp_path / "none.run")
