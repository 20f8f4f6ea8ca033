"""Run All reaches the end whatever is wrong: each question's answer in turn raises, or returns something else."""

from __future__ import annotations

import itertools
import tracemalloc
import warnings
from collections.abc import Iterator

import numpy as np
import pytest
from nbformat import NotebookNode

from autograder.authoring.namespace import importing_from
from autograder.authoring.source import source_notebook
from autograder.authoring.start import working_folder
from autograder.course import Lab, labs
from tests.labs.broken import returning
from tests.labs.running import Answers, Interrupted, Session, raised

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
#: A cell that writes into a log for longer than the clock allows, and then goes on until the clock rings.
LOGGED = """
import logging, time
written = []
class Slow(logging.Handler):
    def emit(self, record):
        begun = time.process_time()
        while time.process_time() < begun + 1:
            pass
        written.append("whole")
Slow().handle(logging.LogRecord("a", 10, "a", 1, "a", (), None))
while True:
    pass
"""
every_lab = pytest.mark.parametrize("cells", labs(), ids=lambda lab: lab.name, indirect=True)
#: What answers return in place of what they should: question after question another of these.
OTHER_TYPES = ("None", "'a text'", "np.ones((3, 1, 2))", "7", "[None, {}]")
#: Its page runs the answers when a button is pressed, and says below it what they raise.
TELLS_LATER = {"studio_look"}


@pytest.fixture
def cells(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[NotebookNode]]:
    """The lab's given cells, stubs and cells to look at, where the notebook lies; the overview only checks."""
    lab: Lab = request.param
    with working_folder(lab) as folder, importing_from(folder), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        monkeypatch.chdir(folder)
        np.random.seed(0)
        cells = source_notebook(lab).cells
        yield [c for c in cells if c.id.endswith(("_given", "_look", "_code")) and c.id != "overview_look"]


def of_other_type(right: Answers) -> Answers:
    values = itertools.cycle(OTHER_TYPES)
    return {question: returning(source, question, next(values)) for question, source in right.items()}


@every_lab
def test_no_answer_stops_a_cell_and_the_one_that_raises_is_named(cells: list[NotebookNode]) -> None:
    right = {cell.id.removesuffix("_code"): cell.source for cell in cells if cell.id.endswith("_code")}
    session, defined, unnamed, met = Session(), [], [], set()
    ways = of_other_type(right), raised(right)  # what a cell keeps of its answers, such as a training, raises
    for cell in cells:
        question, _, role = cell.id.rpartition("_")
        if role == "given":
            session.run(cell.id, cell.source)
        if role == "code":
            defined.append(question)
        for way in ways if role == "look" else ():
            for known in defined:
                session.answer(known, way[known])
            for first, printed in session.peel(cell.id, cell.source, right, way):
                met.add(first)
                if (
                    way is ways[1]
                    and cell.id not in TELLS_LATER
                    and f"This picture needs {first}, which raised ValueError" not in printed
                ):
                    unnamed.append((cell.id, first, printed))
    assert session.failed == []
    assert unnamed == []
    assert len(met) > len(right) / 2
    assert not tracemalloc.is_tracing(), "a cell that is stopped half-way leaves no tracing on, which slows all others"


@every_lab
def test_no_cell_minds_stubs_that_cannot_be_run(cells: list[NotebookNode]) -> None:
    session = Session()
    for cell in cells:
        if cell.id.endswith("_given"):
            session.run(cell.id, cell.source)  # never interrupted: what it defines is needed below
        elif cell.id.endswith("_look"):
            list(session.peel(cell.id, cell.source, {}, {}))
    assert session.failed == []


def test_an_error_made_of_the_clocks_is_no_failure_of_the_cell() -> None:
    """Python makes a SystemError of it where compiled code returns although the clock has rung inside."""
    session = Session()
    session.namespace["clock"] = Interrupted()
    list(session.peel("look", "raise SystemError('returned a result with an exception set') from clock", {}, {}))
    list(session.peel("look", "raise SystemError('by itself')", {}, {}))
    assert session.failed == ["look, : SystemError('by itself')"]


def test_the_clock_waits_where_logging_may_hold_its_lock() -> None:
    """One that was never let go stopped a kernel's heartbeat, and the test that waited for it, for ever."""
    session = Session()
    list(session.peel("look", LOGGED, {}, {}))
    assert session.namespace["written"] == ["whole"]
