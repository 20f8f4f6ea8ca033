"""The oracles of what TensorBoard reads against published vectors, Google's protobuf and TensorBoard's own writers."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest

from aics.lab7_graph_training.bucket_limits import LIMITS
from aics.lab7_graph_training.crc32c import crc32c
from aics.lab7_graph_training.protobuf import Malformed, fields, read_varint
from autograder.course import Lab

LAB = Lab("lab7_graph_training")
ORACLES = LAB.questions["event_file"].expected.__globals__
CASES = {name: LAB.questions[name].cases for name in ("event_file", "graph_def", "gradient_summary")}
#: RFC 3720, appendix B.4.
PUBLISHED = [
    (bytes(32), 0x8A9136AA),
    (bytes([255] * 32), 0x62A8AB43),
    (bytes(range(32)), 0x46DD794E),
    (bytes(range(31, -1, -1)), 0x113FDB5C),
    (b"123456789", 0xE3069283),
]


@pytest.mark.parametrize(("data", "crc"), PUBLISHED)
def test_both_checksums_are_the_published_ones(data: bytes, crc: int) -> None:
    assert crc32c(data) == crc
    assert ORACLES["crc"](data) == crc


@pytest.mark.parametrize("number", [0, 1, 127, 128, 300, 2**14, 2**63 - 1, -1, -5, -(2**63)])
def test_varints_are_protobufs(number: int) -> None:
    event = pytest.importorskip("tensorboard.compat.proto.event_pb2").Event(step=number)
    written = event.SerializeToString()[1:] or b"\0"
    assert ORACLES["_varint"](number) == written
    assert read_varint(written) == (number % 2**64, len(written))


def test_records_are_those_that_tensorboard_writes() -> None:
    writer = pytest.importorskip("tensorboard.summary.writer.record_writer").RecordWriter
    for case in CASES["event_file"](np.random.default_rng(3)):
        if case["about"] != "record":
            continue
        file = io.BytesIO()
        writer(file).write(case["data"].tobytes())
        expected = ORACLES["event_file"](**case)
        parts = struct.unpack(f"<QI{len(case['data'])}sI", file.getvalue())
        names = ("length at the front", "crc behind the length", "data", "crc behind the data")
        for part, name in zip(parts, names, strict=True):
            assert expected[name].tobytes()[: len(part)] == part if isinstance(part, bytes) else expected[name] == part


def test_limits_are_those_that_the_oracle_computes() -> None:
    np.testing.assert_array_equal(LIMITS, ORACLES["_limits"]())
    assert (np.diff(LIMITS) > 0).all()


@pytest.mark.parametrize("seed", range(5))
def test_buckets_are_numpys(seed: int) -> None:
    for case in CASES["event_file"](np.random.default_rng(seed)):
        if case["about"] != "histogram_event":
            continue
        expected = ORACLES["event_file"](**case)
        counts, _ = np.histogram(case["values"].astype(np.float64), LIMITS)
        np.testing.assert_array_equal(expected["counts of filled buckets"], counts[counts > 0])
        np.testing.assert_array_equal(expected["upper limits of filled buckets"], LIMITS[1:][counts > 0])
        np.testing.assert_allclose(expected["sum_squares"], np.square(case["values"], dtype=np.float64).sum())


@pytest.mark.parametrize("seed", range(5))
def test_summaries_are_numpys(seed: int) -> None:
    for case in CASES["gradient_summary"](np.random.default_rng(seed)):
        expected = ORACLES["gradient_summary"](**case)
        finite = case["gradient"].astype(np.float64)[np.isfinite(case["gradient"])]
        counts, limits = np.histogram(finite, 30)
        np.testing.assert_array_equal(expected["counts"], counts)
        np.testing.assert_allclose(expected["limits"], limits, rtol=1e-12, atol=1e-12 * abs(limits).max())
        if finite.size:
            np.testing.assert_allclose(expected["std"], finite.std(), rtol=1e-12)


@pytest.mark.parametrize("data", [b"\x09abc", b"\x12\x05ab", b"\x80", b"\x00\x01", b"\x0b", b"\xff" * 12])
def test_what_is_no_message_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        list(fields(data))
