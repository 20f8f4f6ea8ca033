"""What becomes of mutants: of a tiny lab all, of a real one a few."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.authoring.public_cases import build_reference
from autograder.course import CourseError
from autograder.measure.draws import drawn
from autograder.measure.judging import DIED, TIME
from autograder.measure.mutants.trial import Trial, mutants_of, trials
from tests.authoring.tiny_lab import Tiny, added, write_tiny

#: The tiny lab's solution, written so that one change hangs, one squares, and one changes nothing.
SOLUTION = '''
# %% given="setup"
import numpy as np

# %% code="double"
def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    left = 1
    while left > 0:
        left -= 1
    return x * 2
    ### END SOLUTION
    raise NotImplementedError("lab 0, double: return twice x")


# %% check="double"
check("double")

# %% [markdown] written="why"
# ### BEGIN SOLUTION
# Because the mark scheme says so.
# ### END SOLUTION
'''


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tiny]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        made = added(write_tiny(tmp_path_factory.mktemp("checkout")), monkeypatch)
        made.notebook(SOLUTION)
        build_reference(made.lab, made.lab.reference)
        yield made


@pytest.fixture(scope="module")
def tried(tiny: Tiny) -> dict[str, Trial]:
    return {each.now: each for each in trials(tiny.lab, "double", mutants_of(tiny.lab, "double"))}


def test_a_mutant_is_told_by_the_cases_that_differ(tried: dict[str, Trial]) -> None:
    wrong = tried["return x * 3"]
    assert (wrong.rungs, wrong.seen, wrong.alive, wrong.name) == (("values", "values"), True, False, "none")
    assert tried["return x"].rungs == ("values", "values")


def test_an_endless_loop_is_told(tried: dict[str, Trial]) -> None:
    assert tried["left += 1"].rungs == (TIME, TIME)


def test_what_changes_nothing_that_is_asked_is_alive(tried: dict[str, Trial]) -> None:
    alive = {now for now, each in tried.items() if each.alive}
    assert {"left = 2", "while left >= 0:"} <= alive
    assert not alive & {"return x * 3", "return x * 1", "return x / 2"}


def test_a_mutant_that_equals_a_known_mistake_is_named(tiny: Tiny) -> None:
    (tiny.folder / "misconceptions" / "double__tripled.py").write_text(
        '"""This is three times x, and not twice."""\n\n\ndef double(x):\n    return 3 * x\n'
    )
    build_reference(tiny.lab, tiny.lab.reference)
    every = mutants_of(tiny.lab, "double")
    (found,) = trials(tiny.lab, "double", [each for each in every if each.now == "return x * 3"])
    assert (found.misconception, found.name) == ("tripled", "firm")


def test_what_the_first_draw_does_not_tell_further_ones_may(tiny: Tiny) -> None:
    mutant = next(each for each in mutants_of(tiny.lab, "double") if each.now == "left = 2")
    first = drawn(tiny.lab, "double", 0)[0]
    wrong = f"def double(x):\n    return x * (2 if float(x.sum()) in {[float(c['x'].sum()) for c in first]} else 3)\n"
    (once,) = trials(tiny.lab, "double", [type(mutant)(**{**vars(mutant), "source": wrong})])
    assert (once.rungs, once.told_on, once.alive) == (("", ""), 1, False)
    (right,) = trials(tiny.lab, "double", [mutant])
    assert (right.told_on, right.alive) == (0, True)


def test_a_child_that_dies_is_told(tiny: Tiny) -> None:
    mutant, *_ = mutants_of(tiny.lab, "double")
    dying = type(mutant)(**{**vars(mutant), "source": "import os\n\n\ndef double(x):\n    os._exit(1)\n"})
    assert next(trials(tiny.lab, "double", [dying])).rungs == (DIED, DIED)


def test_a_solution_that_fails_is_said(tiny: Tiny) -> None:
    tiny.notebook(SOLUTION.replace("return x * 2", "return x * 4"))
    try:
        with pytest.raises(CourseError, match="the solution itself fails"):
            next(trials(tiny.lab, "double", []))
    finally:
        tiny.notebook(SOLUTION)


def test_a_limit_takes_some_of_all(tiny: Tiny) -> None:
    every = mutants_of(tiny.lab, "double")
    some = mutants_of(tiny.lab, "double", 5)
    assert len(some) == 5
    assert [each for each in every if each in some] == some
    assert mutants_of(tiny.lab, "double", len(every) + 1) == every
