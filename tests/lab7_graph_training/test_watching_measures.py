"""The measures read whatever bytes come back, and read the same in every right encoding."""

from __future__ import annotations

import numpy as np
import pytest

from aics.check.returned import Returned
from aics.lab7_graph_training import measures
from autograder.course import Lab
from tests.browser.logged import solution

LAB = Lab("lab7_graph_training")
CASES = LAB.questions["event_file"].cases(np.random.default_rng(5))
EVENTS = [case for case in CASES if str(case["about"]).endswith("_event")]


def read(case, data: bytes):
    return measures.event_file(Returned({"event": np.frombuffer(data, np.uint8)}), **case)


@pytest.mark.parametrize("seed", range(60))
def test_no_bytes_are_too_odd(seed: int) -> None:
    rng = np.random.default_rng(seed)
    case = EVENTS[seed % len(EVENTS)]
    call = {name: value for name, value in case.items() if name != "about"}
    if case["about"] == "scalar_event":
        call["value"] = float(call.pop("values")[0])
    octets = bytearray(solution()[case["about"]](**call))
    for place in rng.integers(0, len(octets), 3):
        octets[place] = rng.integers(256)
    found = read(case, bytes(octets[: rng.integers(0, len(octets) + 1)]))
    assert set(found) == set(LAB.questions["event_file"].expected(**case))
    random = rng.integers(0, 256, 500, np.uint8)
    nodes = LAB.questions["graph_def"].cases(rng)[0]
    assert measures.graph_def(Returned({"graph": random}), **nodes)["nodes"] >= 0
    short = {"record": random[: rng.integers(0, 30)]}
    assert "data" in measures.event_file(Returned(short), about="record", data=random)


def test_googles_own_encoding_reads_as_ours() -> None:
    event_pb2 = pytest.importorskip("tensorboard.compat.proto.event_pb2")
    for case in EVENTS:
        call = {name: value for name, value in case.items() if name != "about"}
        if case["about"] == "scalar_event":
            call["value"] = float(call.pop("values")[0])
        ours = solution()[case["about"]](**call)
        theirs = event_pb2.Event.FromString(ours).SerializeToString()
        one, other = read(case, ours), read(case, theirs)
        for name in one:
            np.testing.assert_array_equal(one[name], other[name], err_msg=name)


def test_unknown_fields_and_what_is_cut_off_are_counted() -> None:
    case = next(case for case in EVENTS if case["about"] == "version_event")
    whole = solution()["version_event"](case["wall_time"])
    assert read(case, whole + b"\xf8\x01\x05")["fields that TensorBoard does not know"] == 1
    assert read(case, whole + b"\x09abc")["bytes that cannot be read"] == 4
