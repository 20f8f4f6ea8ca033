"""The restricted unpickler reads arrays, and runs nothing."""

from __future__ import annotations

import collections
import os
import pickle
from pathlib import Path

import numpy as np
import pytest

from aics.data import unpickle
from aics.data.errors import Unsafe, WrongData

MARK = "unpickled-this"


def load(tmp_path, content):
    (tmp_path / "x.ckpt").write_bytes(content)
    return unpickle.load(tmp_path / "x.ckpt")


@pytest.mark.parametrize("protocol", [3, 4, 5])
def test_plain_arrays_come_back(tmp_path, protocol):
    arrays = {"a": np.arange(6.0).reshape(2, 3).astype("f4"), "b": [np.float64(3), (1, "two", None, True)]}
    loaded = load(tmp_path, pickle.dumps(arrays, protocol))
    np.testing.assert_array_equal(loaded["a"], arrays["a"])
    assert loaded["a"].dtype == np.float32
    assert loaded["b"] == arrays["b"]


def test_both_names_of_numpys_core_are_known(tmp_path):
    content = pickle.dumps(np.arange(3), 3)
    for core in (b"numpy.core.multiarray", b"numpy._core.multiarray"):
        renamed = content.replace(b"numpy._core.multiarray", core)
        assert load(tmp_path, renamed).tolist() == [0, 1, 2]


class Call:
    """Pickles as a call of any function."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def subclass_of_dict():
    return collections.OrderedDict(a=1)


HOSTILE = {
    "os.system": (Call(os.system, f"touch {MARK}"), r"posix\.system"),
    "eval": (Call(eval, f"open('{MARK}', 'w')"), r"\.eval"),
    "open": (Call(open, MARK, "w"), r"(_io|io)\.open"),
    "getattr": (Call(getattr, "x", "join"), r"builtins\.getattr"),
    "numpy's own load": (Call(np.load, MARK, None, True), r"numpy.*load"),
    "a path": (Path("x"), r"pathlib\."),
    "an OrderedDict": (subclass_of_dict(), r"collections\.OrderedDict"),
    "an object of this file": (Call(Call, 1), "Call"),
    "an array of objects": (np.array([{}, 1], object), "array of Python objects"),
    "objects deep inside": ({"a": [({"b": np.array([None])},)]}, "array of Python objects"),
    "a dtype of objects": (np.dtype(object), "array of Python objects"),
}


@pytest.mark.parametrize(("thing", "named"), HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("protocol", [3, 5])
def test_anything_else_is_refused_by_name_and_not_run(tmp_path, monkeypatch, thing, named, protocol):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Unsafe, match=named):
        load(tmp_path, pickle.dumps(thing, protocol))
    assert not (tmp_path / MARK).exists()


def test_a_nested_name_does_not_reach_into_an_allowed_one(tmp_path):
    """Protocol 4 names may have dots: ndarray.tofile is not ndarray."""
    content = b"\x80\x04\x8c\x05numpy\x8c\x0endarray.tofile\x93."
    with pytest.raises(Unsafe, match=r"numpy\.ndarray\.tofile"):
        load(tmp_path, content)


def test_a_persistent_id_is_refused(tmp_path):
    with pytest.raises(Unsafe, match="outside of itself"):
        load(tmp_path, b"\x80\x02X\x01\x00\x00\x00aQ.")


BROKEN = {
    "empty": b"",
    "text": b"<html>not found</html>",
    "cut": pickle.dumps(np.arange(1000))[:500],
    "a call with odd arguments": b"\x80\x02cnumpy\nndarray\n)R.",
    "an array larger than any memory": b"\x80\x02cnumpy\nndarray\n\x8a\x06\x00\x00\x00\x00\x00\x7f\x85\x85R.",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_what_is_no_whole_pickle_is_refused(tmp_path, content):
    with pytest.raises(WrongData, match=r"x\.ckpt is no whole pickle"):
        load(tmp_path, content)


def test_lists_within_lists_many_times_over_take_no_time(tmp_path):
    bomb = []
    for _ in range(60):
        bomb = [bomb, bomb]
    assert load(tmp_path, pickle.dumps(bomb)) is not None


def test_a_list_that_holds_itself_ends(tmp_path):
    circle = []
    circle.append(circle)
    assert len(load(tmp_path, pickle.dumps(circle))) == 1
