"""Checkpoints: the real safetensors package reads what the solution writes, and refuses what the cases call damaged."""

from __future__ import annotations

import numpy as np
import pytest

from aics.graph import GraphError
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.pictures import bytes_of, killed_run
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab

safetensors = pytest.importorskip("safetensors.numpy", reason="needs safetensors: pip install 'aics[board]'")
SafetensorError = pytest.importorskip("safetensors").SafetensorError
LAB = Lab("lab7_graph_training")
SEEDS = range(3)


#: Other right ways to read a file.
READERS = {way.name: way.source for way in LAB.alternatives if way.question == "saver"}


def defined(notebook, cell):
    """The reader that a cell defines, in the notebook's own names."""
    names = dict(notebook)
    exec(cell, names)
    return names["read_safetensors"]


def cases(task: str, seed: int):
    drawn = LAB.questions["saver"].hidden_cases(np.random.default_rng(seed))
    return [case for case in drawn if case["task"] == task]


@pytest.fixture(scope="module")
def notebook():
    before = [cell for cell in solution_cells(LAB) if not cell[0].endswith("_look")]
    with working_folder(LAB) as folder:
        return run_cells(before, beside=folder)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_real_package_reads_what_the_solution_writes(notebook, seed):
    for case in cases("write", seed):
        arrays = {name: value for name, value in case.items() if isinstance(value, np.ndarray)}
        turned = {name: np.asfortranarray(array) for name, array in arrays.items()}
        read = safetensors.load(notebook["safetensors_bytes"](turned))
        assert read.keys() == arrays.keys()
        for name, array in arrays.items():
            assert read[name].dtype == array.dtype
            np.testing.assert_array_equal(read[name], array)


def test_the_solution_reads_what_the_real_package_writes(notebook):
    rng = np.random.default_rng(0)
    arrays = {"b": rng.normal(size=(3, 5)), "a/β": rng.integers(0, 9, 7), "h": rng.normal(size=3).astype(np.float16)}
    data = safetensors.save(arrays, metadata={"step": "7"})
    read = notebook["read_safetensors"](data)
    assert read.keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(read[name], array)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_real_package_refuses_and_takes_the_same_files(seed):
    for case in cases("read", seed):
        data = case["file"].tobytes()
        if not case["refused"]:
            expected = LAB.questions["saver"].expected(**case)
            for name, array in safetensors.load(data).items():
                np.testing.assert_array_equal(array, expected[f"tensor {name}"])
            continue
        with pytest.raises((SafetensorError, KeyError, TypeError, AttributeError)):
            safetensors.load(data)


def test_a_damaged_file_is_refused_in_one_sentence_and_nothing_is_loaded(notebook, tmp_path):
    graph = training_graph()
    variables = {"w": graph.variable("w", np.ones(3)), "b": graph.variable("b", np.ones(2))}
    saver = notebook["Saver"](tmp_path)
    path = saver.save(variables, 4)
    data = path.read_bytes()
    for damaged in (data[:-1], data[:4], (2**32).to_bytes(8, "little") + data[8:], data[:8] + b"?" + data[9:]):
        path.write_bytes(damaged)
        variables["w"].node.load(np.zeros(3))
        with pytest.raises(GraphError, match=r"^model-4\.safetensors cannot be read: [^\n]+\.$"):
            saver.restore(path, variables)
        assert not variables["w"].node.value.any()


@pytest.mark.parametrize("name", ["the solution", *sorted(READERS)])
def test_whatever_byte_of_a_file_is_damaged_it_is_read_or_refused(notebook, name):
    read = notebook["read_safetensors"] if name == "the solution" else defined(notebook, READERS[name])
    arrays = {"w": np.arange(6, dtype=np.float32).reshape(2, 3), "β": np.arange(4), "s": np.array(True)}
    data, refusals = notebook["safetensors_bytes"](arrays), []
    for place in range(len(data)):
        for flipped in (1, 2, 8, 16, 64, 128, 255):
            damaged = data[:place] + bytes([data[place] ^ flipped]) + data[place + 1 :]
            try:
                read(damaged)
            except GraphError as error:
                refusals.append(str(error))
    assert len(refusals) > len(data)
    assert all(refusals)


def test_a_disk_that_is_full_leaves_the_old_file_as_it_was(notebook, tmp_path, monkeypatch):
    graph = training_graph()
    variables = {"w": graph.variable("w", np.ones(3))}
    saver = notebook["Saver"](tmp_path)
    path = saver.save(variables, 4)
    before = path.read_bytes()

    def half(self, data):
        with self.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError("No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", half)
    variables["w"].node.load(np.zeros(3))
    with pytest.raises(OSError, match="No space"):
        saver.save(variables, 4)
    assert path.read_bytes() == before
    assert (tmp_path / "checkpoint").read_text() == "model-4.safetensors\n"


def test_a_run_that_is_killed_goes_on_as_if_it_had_not_been(notebook, tmp_path):
    whole = notebook["fit"](notebook["Saver"](tmp_path / "whole"), 100)
    before = notebook["fit"](notebook["Saver"](tmp_path / "killed"), 100, killed_at=70)
    after = notebook["fit"](notebook["Saver"](tmp_path / "killed"), 100)
    assert (min(after), max(after)) == (41, 100)
    assert {**before, **after} == whole
    assert "begins once more behind step 40" in killed_run(whole, before, after).alt


def test_a_picture_of_bytes_says_in_words_where_everything_is(notebook):
    data = notebook["safetensors_bytes"]({"w": np.ones(2, np.float32), "n": np.array(7)})
    length = int.from_bytes(data[:8], "little")
    alt = bytes_of(data).alt
    assert "length of the header: bytes 0 to 7" in alt
    assert f"w: bytes {8 + length} to {15 + length}; n: bytes {16 + length} to {23 + length}" in alt
