"""What cells printed is dropped while a large notebook is read, and counts for nothing."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.intake import printed
from autograder.intake.handin import MAX_FILE, MB, Refused
from tests.intake.files import found, write, write_zip
from tests.intake.release import by_id, solved
from tests.intake.test_repair import json_values

LINE = 'a "line" [of] {text}, \\ and \\" \n'
#: A written answer that looks as outputs do.
LIKE_OUTPUTS = 'It prints "outputs": [ [ { and never ends'


def with_outputs(outputs: object) -> bytes:
    notebook = solved(why=LIKE_OUTPUTS)
    notebook.cells[1].outputs = outputs
    return json.dumps(notebook, indent=1).encode()


@pytest.mark.parametrize("text", ["9" * 21 * MB, [LINE] * (MB // 2)], ids=["one string", "lines"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_notebook_that_printed_too_much_is_graded(tmp_path, text, packed):
    data = with_outputs([{"output_type": "stream", "name": "stdout", "text": text}])
    assert len(data) > MAX_FILE
    if packed:
        write_zip(tmp_path / "alice.zip", {"lab9_small.ipynb": data})
    else:
        write(tmp_path / "alice" / "lab9_small.ipynb", data)
    (handin,), remarks = found(tmp_path)
    assert by_id(handin.notebook, "why").source == LIKE_OUTPUTS
    assert handin.remarks == []
    assert remarks == []


def test_memory_holds_what_is_kept():
    def pieces() -> Iterator[bytes]:
        start, end = with_outputs(["here"]).split(b'"here"')
        yield start
        for _ in range(50):
            yield (json.dumps(LINE) + ",").encode() * (MB // 40)
        yield b'""' + end

    tracemalloc.start()
    data = printed.notebook_bytes(pieces())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert json.loads(data) == json.loads(with_outputs([]))
    assert most < 5 * MAX_FILE


def test_what_is_too_large_without_outputs_is_refused():
    with pytest.raises(Refused, match="even without what its cells printed"):
        printed.notebook_bytes([b'{"cells": [], "x": "', b" " * (MAX_FILE + 1), b'"}'])


@settings(max_examples=100, deadline=None)
@given(json_values, json_values, st.integers(1, 50), st.sampled_from([None, 1]))
def test_only_outputs_are_dropped(value, other, size, indent):
    text = json.dumps([{"outputs": [value], "source": other}, {"source": value, "outputs": []}], indent=indent)
    data = text.encode()
    kept = printed._without_outputs((data[at : at + size] for at in range(0, len(data), size)), "utf-8")
    wanted = [{"outputs": [], "source": other}, {"source": value, "outputs": []}]
    assert json.dumps(json.loads(kept)) == json.dumps(wanted)
