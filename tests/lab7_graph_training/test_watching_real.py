"""What the finished functions write is read by TensorBoard's own readers, and what is damaged is told by ours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aics.graph import Graph, OpDef, Operators
from aics.lab7_graph_training.event_log import DamagedLog, log_files, new_run, read_records
from tests.browser.logged import small_graph, solution

event_pb2 = pytest.importorskip("tensorboard.compat.proto.event_pb2")
graph_pb2 = pytest.importorskip("tensorboard.compat.proto.graph_pb2")
loading = pytest.importorskip("tensorboard.backend.event_processing.event_file_loader")
accumulating = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")


@pytest.fixture
def log(tmp_path: Path):
    return solution()["EventFile"](tmp_path)


def test_curves_and_histograms_arrive(log) -> None:
    values = np.float32([[0, -0.5, 0.25], [3, 3, 0]])
    for step, loss in ((0, 0.0), (2**40, 0.25), (2**40 + 1, float("nan"))):
        log.scalar(step, "损失", loss)
    log.histogram(3, "weights", values)
    read = accumulating.EventAccumulator(str(log.path))
    read.Reload()
    scalars = read.Scalars("损失")
    assert [scalar.step for scalar in scalars] == [0, 2**40, 2**40 + 1]
    np.testing.assert_array_equal([scalar.value for scalar in scalars], [0, 0.25, np.nan])
    (told,) = read.Histograms("weights")
    histogram = told.histogram_value
    assert histogram.num == 6
    assert sum(histogram.bucket) == 6


def test_googles_parser_reads_every_number(log) -> None:
    values = np.float32([0, -0.5, 0.25, 0.25])
    event = event_pb2.Event.FromString(solution()["histogram_event"](12.5, -3, "é", values))
    (value,) = event.summary.value
    assert (event.wall_time, event.step, value.tag) == (12.5, -3, "é")
    said = value.histo
    assert (said.min, said.max, said.num, said.sum, said.sum_squares) == (-0.5, 0.25, 4, 0, 0.375)
    assert event_pb2.Event.FromString(next(read_records(log.path))).file_version == "brain.Event:2"


def test_a_graph_is_googles_graph() -> None:
    read = graph_pb2.GraphDef.FromString(solution()["graph_def"](small_graph()))
    nodes = {node.name: node for node in read.node}
    assert list(nodes["fc10/logits"].input) == ["images", "fc10/weight"]
    assert list(nodes["step"].input) == ["^loss/mean"]
    assert nodes["loss/mean"].op == "Mean"
    assert nodes["images"].device == "numpy:0"


def test_other_outputs_have_their_numbers() -> None:
    operators = Operators()
    operators.add(OpDef(name="Split", outputs=("a", "b"), shape_function=lambda _s, _a: [(), ()]))
    operators.add(OpDef(name="Add", inputs=("a", "b"), outputs=("y",), shape_function=lambda _s, _a: [()]))
    graph = Graph(operators)
    first, second = graph.apply("Split", name="split")
    graph.apply("Add", second, first, name="sum")
    read = graph_pb2.GraphDef.FromString(solution()["graph_def"](graph))
    assert list(read.node[1].input) == ["split:1", "split"]


def test_a_second_file_in_one_folder_leaves_the_first(log) -> None:
    log.scalar(1, "loss", 1.0)
    before = log.path.read_bytes()
    other = solution()["EventFile"](log.path.parent)
    assert other.path != log.path
    assert log.path.read_bytes() == before
    assert log_files(log.path.parent) == sorted([log.path, other.path])


def test_each_run_has_a_folder_of_its_own(tmp_path: Path) -> None:
    assert [new_run(tmp_path / "logs").name for _ in range(3)] == ["run-1", "run-2", "run-3"]


@pytest.mark.parametrize(
    ("place", "said"), [(0, "its length"), (9, "its length"), (14, "its data"), (-1, "its data")], ids=str
)
def test_a_turned_bit_is_found_in_its_record(log, place: int, said: str) -> None:
    """TensorBoard's own reader ends there, too, and does not say which record it is."""
    for step in range(9):
        log.scalar(step, "loss", 1.0)
    data = bytearray(log.path.read_bytes())
    size = len(data) - len(scalar_record(8))
    data[size + place if place >= 0 else place] ^= 4
    log.path.write_bytes(data)
    with pytest.raises(DamagedLog, match=rf"record 10, which begins at byte {size}, is damaged: {said}") as raised:
        list(read_records(log.path))
    assert log.path.name in str(raised.value)
    assert "\n" not in str(raised.value)
    assert len(list(loading.LegacyEventFileLoader(str(log.path)).Load())) == 9


def scalar_record(step: int) -> bytes:
    return solution()["record"](solution()["scalar_event"](0.0, step, "loss", 1.0))


@pytest.mark.parametrize("left", [3, 11, 20])
def test_a_log_that_is_cut_off_says_where(log, left: int) -> None:
    whole = log.path.read_bytes()
    log.scalar(1, "loss", 1.0)
    log.path.write_bytes(log.path.read_bytes()[: len(whole) + left])
    with pytest.raises(DamagedLog, match=f"record 2, which begins at byte {len(whole)}, is cut off"):
        list(read_records(log.path))


def test_what_has_no_bucket_is_left_out_of_a_histogram(log) -> None:
    log.histogram(1, "weights", np.float32([1, np.nan, np.inf]))
    log.histogram(2, "weights", np.float32([np.nan]))
    read = accumulating.EventAccumulator(str(log.path))
    read.Reload()
    assert [(told.step, told.histogram_value.num) for told in read.Histograms("weights")] == [(1, 1)]
