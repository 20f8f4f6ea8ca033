"""Questions about one's own code: for every question of every lab one can be made, and its answer is right."""

from __future__ import annotations

import contextlib
import io
import json
import warnings
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import dataclass
from typing import Any

import pytest

from aics.check.ask import Case
from aics.check.reference import Reference
from aics.own.asked import Asked
from aics.own.candidate import Candidate
from aics.own.cell import OwnCell
from aics.own.make import candidates, fit_cases, own_questions
from aics.own.trial import Trial
from autograder.authoring.namespace import importing_from, run_cell, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab, labs
from tests.labs.known_code import known_code
from tests.own.another_way import found_otherwise

ALL = [lab.name for lab in labs()]
#: Questions whose solution has nothing that a rule looks at: no array, no loop, no integer that is not written there.
NOTHING_TO_ASK = {
    *("op_builder", "kernel_dispatch", "backend_agreement", "dynamic_loss_scaling"),
    *("batch_norm", "dropout", "graph_def", "op_gradients"),
}
#: Questions whose solution has a line that makes it right for more than one picture.
BATCHES = {"fully_connected_backward", "softmax_loss", "conv_forward", "conv_backward", "conv_forward_speedup"} | {
    *(
        "conv_backward_speedup",
        "pool_forward",
        "pool_backward",
        "evaluate",
        "style_loss",
        "style_loss_backward",
        "mnist_cnn",
    )
}
#: Of each question's known mistakes so many are tried here, and every other right way.
MISTAKES = 2
#: Questions of one kind about one cell that are answered in another way too.
FEW = 3


@dataclass(frozen=True)
class Place:
    """A question's place in the notebook, whose cells have run up to here."""

    question: str
    source: str
    names: dict[str, Any]
    ask: Callable[..., Any]
    cases: list[Case]

    def run(self, source: str) -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            run_cell(self.names, f"{self.question}_code", source)

    def asked(self, source: str) -> list[Asked]:
        return own_questions(self.question, source, self.ask, self.names, self.cases)


def places(lab: Lab) -> Iterator[Place]:
    """Run a lab's solution, and stop behind each question's cell."""
    known = Reference(lab.reference)
    with working_folder(lab) as folder, chdir(folder), importing_from(folder), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        names: dict[str, Any] = {"__name__": "__main__"}
        for grade_id, source in solution_cells(lab):
            with contextlib.redirect_stdout(io.StringIO()):
                run_cell(names, grade_id, source)
            question = grade_id.removesuffix("_code")
            if question in lab.questions:
                cases = list(known.question(question).cases)
                yield Place(question, source, names, getattr(lab.asks, question), cases)


def few_of_each_kind(found: list[Candidate]) -> list[Candidate]:
    """The first few candidates of every kind."""
    kinds = {one.asked.kind: [other for other in found if other.asked.kind == one.asked.kind] for one in found}
    return [one for same in kinds.values() for one in same[:FEW]]


@pytest.mark.parametrize("name", ALL)
def test_every_question_has_one_and_another_way_gives_the_same_answer(name):
    """What the rules find in a solution, chosen or not, is found out once more by noting lines."""
    without, wrong, batches = set(), [], set()
    for place in places(Lab(name)):
        if not place.asked(place.source):
            without.add(place.question)
        cell = OwnCell.of(place.source)
        for case, number in list(fit_cases(place.cases))[:1]:
            for found in few_of_each_kind(candidates(Trial(cell, place.names, place.ask, case, number))):
                batches |= {place.question} if found.asked.kind.startswith("needed") else set()
                other = found_otherwise(found.asked, cell, place.run, place.names, place.ask, case)
                if found.asked.holds(other) is not True:
                    wrong.append((place.question, found.asked, other))
    assert wrong == []
    assert without <= NOTHING_TO_ASK
    assert batches == BATCHES & set(Lab(name).questions)


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_other_ways_and_mistakes_are_asked_about_too(name):
    """Whatever is in the cell, questions are plain data that travels, about lines that it has, and the same again."""
    for place in places(Lab(name)):
        mistakes, ways = known_code(Lab(name), place.question)
        for variant in (*ways, *mistakes[:MISTAKES]):
            place.run(variant.source)
            asked = place.asked(variant.source)
            assert [Asked.of(json.loads(json.dumps(one.told()))) for one in asked] == asked
            assert all(one.fits(variant.source) and one.holds(one.right) for one in asked), variant.name
            assert len(asked) <= 2
        place.run(place.source)
