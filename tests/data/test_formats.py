"""MNIST's idx files and CIFAR-10's batches: read right, or refused with what is wrong."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from aics.data import cifar, idx
from aics.data.errors import WrongData


def idx_bytes(shape, values, kind=8):
    return bytes([0, 0, kind, len(shape)]) + struct.pack(f">{len(shape)}I", *shape) + bytes(values)


def test_idx_is_big_endian_and_row_major(tmp_path):
    (tmp_path / "x").write_bytes(idx_bytes((2, 2, 3), range(12)))
    array = idx.read(tmp_path / "x")
    assert array.dtype == np.uint8
    assert array.tolist() == np.arange(12).reshape(2, 2, 3).tolist()
    array[0] = 7  # a copy of one's own, not the file's bytes


WRONG_IDX = {
    "empty": (b"", "begins with "),
    "text": (b"<html>", "begins with 3c 68 74 6d"),
    "float": (idx_bytes((1,), [0] * 4, kind=13), "begins with 00 00 0d 01"),
    "no axes": (idx_bytes((), []), "an idx file of bytes begins with 00 00 08"),
    "cut in the header": (idx_bytes((2, 2), [1, 2, 3, 4])[:9], "ends within its header"),
    "cut": (idx_bytes((2, 2), [1, 2, 3]), r"has 15 bytes, and its header promises 16"),
    "too long": (idx_bytes((2, 2), [1, 2, 3, 4, 5]), "has 17 bytes"),
    "a size beyond 64 bit": (idx_bytes((2**32 - 1,) * 3, []), "its header promises 79,228,162,458,924,105,"),
}


@pytest.mark.parametrize(("content", "said"), WRONG_IDX.values(), ids=WRONG_IDX)
def test_what_is_no_idx_file_is_refused(tmp_path, content, said):
    (tmp_path / "labels").write_bytes(content)
    with pytest.raises(WrongData, match=said) as told:
        idx.read(tmp_path / "labels")
    assert str(told.value).startswith("labels ")


def record(label, picture):
    return bytes([label]) + picture.tobytes()


def test_a_batch_has_planes_of_red_green_and_blue(tmp_path):
    picture = np.zeros((3, 32, 32), np.uint8)
    picture[0], picture[1, 0, 5], picture[2, 31, 31] = 200, 7, 9
    (tmp_path / "batch").write_bytes(record(3, picture) + record(9, 255 - picture))
    pictures, labels = cifar.read(tmp_path / "batch")
    assert labels.tolist() == [3, 9]
    assert labels.dtype == np.int64
    np.testing.assert_array_equal(pictures, [picture, 255 - picture])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "batch has 0 bytes; a CIFAR-10 batch has 3,073 for each picture"),
        (bytes(3072), "batch has 3,072 bytes"),
        (bytes([10]) + bytes(3072), "a label 10; CIFAR-10 has 0 to 9"),
    ],
)
def test_what_is_no_batch_is_refused(tmp_path, content, said):
    (tmp_path / "batch").write_bytes(content)
    with pytest.raises(WrongData, match=said):
        cifar.read(tmp_path / "batch")
