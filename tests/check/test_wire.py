"""Frames: what is sent arrives, and nothing but a proper frame within the limits is taken."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from aics.check import wire
from aics.check.wire import FrameLimits, WireError
from autograder.grading.line import Line, NoAnswer

DTYPES = st.sampled_from(sorted(wire.DTYPES)).map(np.dtype)
ARRAYS = DTYPES.flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=4))
)
SCALARS = st.one_of(
    st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), st.lists(st.integers())
)
PROPER = (WireError, EOFError, TimeoutError)


def frame(
    header: object, body: bytes = b"", *, header_bytes: int | None = None, body_bytes: int | None = None
) -> bytes:
    """A frame as it would be sent, with whatever sizes it claims."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    sizes = len(text) if header_bytes is None else header_bytes, len(body) if body_bytes is None else body_bytes
    return struct.pack(">IQ", *sizes) + text + body


def read(data: bytes, limits: FrameLimits = FrameLimits()) -> tuple[dict, list[np.ndarray]]:
    """What `wire.receive` makes of bytes after which the sender hangs up."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        sender = threading.Thread(target=_send_and_close, args=(theirs, data))
        sender.start()
        try:
            return wire.receive(ours, limits, lambda: 5)
        finally:
            ours.close()
            sender.join()


def _send_and_close(connection: socket.socket, data: bytes) -> None:
    with connection, suppress(OSError):
        connection.sendall(data)


def array(dtype: object, shape: object) -> dict:
    return {"arrays": [{"dtype": dtype, "shape": shape}]}


@settings(deadline=None)
@given(st.dictionaries(st.text(min_size=1), st.one_of(ARRAYS, SCALARS), max_size=4))
def test_named_values_arrive_as_they_were(values):
    tree, arrays = wire.pack(values)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        wire.send(theirs, {"values": tree}, arrays)
        header, received = wire.receive(ours)
    back = wire.unpack(header["values"], received)

    assert back.keys() == values.keys()
    for name, value in values.items():
        if isinstance(value, np.ndarray):
            assert (back[name].dtype, back[name].shape) == (value.dtype, value.shape)
            assert back[name].tobytes() == value.tobytes()
        else:
            assert back[name] == value


@pytest.mark.parametrize(
    "value",
    [
        np.arange(12.0).reshape(3, 4).T,
        np.arange(12.0)[::-3],
        np.arange(6).astype(">i4"),
        np.broadcast_to(np.float32(2), (2, 3)),
        np.ma.masked_less(np.arange(4.0), 2),
    ],
    ids=["transposed", "backwards", "big endian", "broadcast", "subclass"],
)
def test_any_layout_arrives_in_c_order(value):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        wire.send(theirs, {}, [value])
        _, [received] = wire.receive(ours)

    assert np.array_equal(received, np.asarray(value))
    assert received.flags.c_contiguous
    assert type(received) is np.ndarray


@pytest.mark.parametrize("dtype", ["O", "U3", "S3", "M8[s]", "V4", "longdouble", [("a", "f4")]], ids=str)
def test_other_dtypes_are_not_sent(dtype):
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(WireError):
        wire.send(theirs, {}, [np.zeros(2, dtype)])


MALFORMED = {
    "header over the limit": frame(b" " * 70000),
    "header of 4 GB": frame(b"", header_bytes=(1 << 32) - 1),
    "body over the limit": frame(array("|u1", [1]), body_bytes=1 << 63),
    "no JSON": frame(b"{]"),
    "empty header": frame(b""),
    "no UTF-8": frame(b"\xff\xfe{}"),
    "nested": frame(b"[" * 60000),
    "a number too long": frame(b'{"arrays": [], "a": ' + b"1" * 60000 + b"}"),
    "no object": frame([]),
    "null": frame(None),
    "no list of arrays": frame({}),
    "arrays that are a number": frame({"arrays": 3}),
    "too many arrays": frame({"arrays": [{"dtype": "|u1", "shape": [0]}] * 65}),
    "array that is a text": frame({"arrays": ["<f4"]}),
    "array without dtype": frame({"arrays": [{"shape": []}]}),
    "array without shape": frame({"arrays": [{"dtype": "<f4"}]}),
    "objects": frame(array("|O", [1]), b"12345678"),
    "texts": frame(array("<U1", [1]), b"1234"),
    "structures": frame(array([["a", "<f4"]], [1]), b"1234"),
    "dtype that is a list": frame(array(["<f4"], [1]), b"1234"),
    "dtype that is an object": frame(array({"a": 1}, [1]), b"1234"),
    "big endian": frame(array(">f4", [1]), b"1234"),
    "shape that is a number": frame(array("<f4", 1), b"1234"),
    "negative size": frame(array("<f4", [-1, -1]), b"1234"),
    "float size": frame(array("<f4", [1.0]), b"1234"),
    "truth as size": frame(array("<f4", [True]), b"1234"),
    "text as size": frame(array("<f4", ["1"]), b"1234"),
    "too many dimensions": frame(array("<f4", [1] * 9), b"1234"),
    "more than NumPy can count": frame(array("<f4", [0] + [1 << 26] * 7)),
    "size with 4000 digits": frame(b'{"arrays": [{"dtype": "<f4", "shape": [' + b"9" * 4000 + b"]}]}"),
    "body too short for its arrays": frame(array("<f4", [2]), b"1234"),
    "body too long for its arrays": frame(array("<f4", [1]), b"12345"),
    "infinite size": frame(b'{"arrays": [{"dtype": "<f4", "shape": [Infinity]}]}'),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_frame_is_refused(name):
    with pytest.raises(WireError):
        read(MALFORMED[name])


@pytest.mark.parametrize("cut", [0, 1, 11, 12, 20, -5, -1])
def test_a_frame_that_ends_early_is_the_end(cut):
    whole = frame(array("<f4", [3]), bytes(12))

    with pytest.raises(EOFError):
        read(whole[:cut])


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_raise_nothing_unforeseen(data):
    with pytest.raises(PROPER):
        read(data)


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.sampled_from(sorted(wire.DTYPES))
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["dtype", "shape", "array", "x"]), inner, max_size=3),
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["arrays", "values"]), JSON), st.binary(max_size=16))
def test_any_header_is_a_frame_or_a_wire_error(header, body):
    try:
        _, arrays = read(frame(header, body))
    except WireError:
        return
    assert sum(a.nbytes for a in arrays) == len(body)


def test_a_dripping_sender_cannot_outlast_the_deadline():
    ours, theirs = socket.socketpair()
    stop = threading.Event()

    def drip() -> None:
        for byte in frame({"arrays": []}):
            if stop.wait(0.05):
                return
            theirs.sendall(bytes([byte]))

    sender = threading.Thread(target=drip)
    with ours, theirs:
        sender.start()
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            wire.receive(ours, left=lambda: began + 0.2 - time.monotonic())
        took = time.monotonic() - began
        stop.set()
        sender.join()

    assert took >= 0.2


@pytest.mark.parametrize("name", ["header of 4 GB", "body over the limit", "more than NumPy can count"])
def test_no_memory_is_taken_for_what_is_only_claimed(name):
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            read(MALFORMED[name])
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert most < 1 << 20


def test_the_readers_own_limit_holds():
    sent = frame(array("|u1", [100]), bytes(100))

    assert read(sent, FrameLimits(body_bytes=100))[1][0].shape == (100,)
    with pytest.raises(WireError):
        read(sent, FrameLimits(body_bytes=99))


@pytest.fixture
def answering(tmp_path) -> Iterator:
    """Return ``answering(bytes)``: what the grader's line makes of an ask that is answered so."""
    line = Line(tmp_path)

    def answer(data: bytes):
        with socket.socket(socket.AF_UNIX) as student:
            student.connect(str(line.path))
            line.connect(lambda: 1, lambda: False)
            student.sendall(data)
            return line.ask("relu", {}, lambda: 1, 1 << 10)

    yield answer
    line.close()


ANSWERS = {
    "nothing said": {"arrays": []},
    "nothing missing": {"missing": [], "arrays": []},
    "missing a number": {"missing": 3, "arrays": []},
    "values that are a list": {"values": [], "arrays": []},
    "values that are numbers": {"values": {"output": 100.0}, "arrays": []},
    "values that point nowhere": {"values": {"output": {"array": 1}}, "arrays": []},
    "values that point back": {"values": {"output": {"array": -1}}, "arrays": [{"dtype": "<f4", "shape": [0]}]},
    "values that point at all": {"values": {"output": {"array": [0]}}, "arrays": []},
    "raised nothing": {"raised": None, "arrays": []},
    "raised without a line": {"raised": {"type": "E", "message": ""}, "arrays": []},
    "raised at infinity": {"raised": {"type": "", "message": "", "line": "", "number": float("inf")}, "arrays": []},
    "misfit of three": {"misfit": ["a", "b", "c"], "arrays": []},
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_without_sense_is_garbled(name, answering):
    with pytest.raises(NoAnswer) as silence:
        answering(frame(ANSWERS[name]))

    assert silence.value.why == "garbled"


@pytest.mark.parametrize("depth", range(880, 1000, 4))
def test_nesting_near_the_interpreters_limit_is_an_answer_or_garbled(depth, answering):
    nested = "[" * depth + "]" * depth
    text = f'{{"raised": {{"type": {nested}, "message": {nested}, "line": "", "number": 1}}, "arrays": []}}'
    try:
        said = answering(frame(text.encode())).outcome
    except NoAnswer as silence:
        said = silence.why

    assert said.startswith(("raised [[", "garbled"))


def test_texts_are_cut_to_size_and_can_be_written(answering):
    raised = {"type": "E" * 9999, "message": "\ud800" * 3000, "line": "x" * 9999, "number": 7}
    answer = answering(frame({"raised": raised, "arrays": []}))

    assert max(len(answer.raised.type), len(answer.raised.message), len(answer.raised.line)) <= 500
    assert answer.raised.message.encode("utf-8")


def test_a_line_gives_up_at_once_where_nobody_will_call(tmp_path):
    line, looks = Line(tmp_path), []
    with pytest.raises(NoAnswer):
        line.connect(lambda: 30, lambda: looks.append("over") or True)
    line.close()

    assert looks == ["over"]
