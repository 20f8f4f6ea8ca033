"""Mutants judged on a question's hidden cases, and by the student's own check on the public ones."""

from __future__ import annotations

import contextlib
import io
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, chdir, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from aics.check.ask import Answer
from aics.check.judge import judge
from aics.check.reference import PublicQuestion, Reference
from autograder.authoring.namespace import importing_from, run_cell
from autograder.authoring.source import source_notebook
from autograder.authoring.start import working_folder
from autograder.course import CourseError, Lab
from autograder.grading.steps import Step, steps_of
from autograder.measure.draws import Draw, drawn
from autograder.measure.mutants.forked import TimeUp, in_child, seconds
from autograder.measure.mutants.mutant import Cell, Mutant, mutants

#: Seconds of a core that an answer may take beyond ten times what the solution takes.
SPARE = 0.3
#: Seconds after which a child is ended, whatever it does.
ENOUGH = 300.0
#: What stands for a rung where a case brought no answer.
TIME, DIED = "time", "died"


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What became of one mutant.

    Attributes
    ----------
    question, rule, line, was, now, diff
        As of the mutant.
    rungs : tuple of str
        Of each hidden case the rung that did not hold, ``time`` or ``died``; "" where the mutant answers as it should.
    seen : bool
        The student's own check finds it wrong on the public cases.
    misconception, match : str
        The known mistake that the check names, and how sure it is; "" where it names none.
    """

    lab: str
    question: str
    rule: str
    line: int
    was: str
    now: str
    diff: str
    rungs: tuple[str, ...]
    seen: bool = False
    misconception: str = ""
    match: str = ""

    @property
    def alive(self) -> bool:
        """No hidden case tells it from the solution."""
        return not any(self.rungs)

    @property
    def name(self) -> str:
        """How the check names it: ``firm``, ``maybe`` or ``none``."""
        return "none" if not self.misconception else "maybe" if self.match == "first" else "firm"


def cell_of(lab: Lab, question: str) -> Cell:
    """The solution of one question."""
    return Cell.of(next(s.source for s in _steps(lab) if s.grade_id == f"{question}_code"))


def _steps(lab: Lab) -> list[Step]:
    return steps_of(source_notebook(lab), lab.questions)


class Trials:
    """All mutants of one question, in a process in which everything before its cell has run."""

    def __init__(self, lab: Lab, question: str) -> None:
        """Nothing runs yet."""
        self._lab, self._question = lab, question
        self.cell = cell_of(lab, question)
        self._hidden: Draw = drawn(lab, question, 0)
        self._public: PublicQuestion = Reference(lab.reference).question(question)
        self._namespace: dict[str, object] = {}
        self._slowest = self._patience = 0.0

    def of(self, chosen: Sequence[Mutant]) -> Iterator[Trial]:
        """Yield what becomes of each. CourseError where the solution itself does not pass."""
        with self._prepared():
            right = in_child(partial(self._judged, self.cell.source, ENOUGH), ENOUGH)
            if right is None or any(right["rungs"]) or right["seen"]:
                raise CourseError(f"{self._lab.name}, {self._question}: the solution itself fails: {right}")
            for mutant in chosen:
                found = in_child(partial(self._judged, mutant.source, SPARE + 10 * right["slowest"]), ENOUGH)
                yield self._trial(mutant, found or {"rungs": [DIED] * len(self._hidden[0])})

    def _trial(self, mutant: Mutant, found: dict[str, Any]) -> Trial:
        told = asdict(mutant) | {"diff": mutant.diff(self.cell.source)} | found
        del told["source"]
        told.pop("slowest", None)
        return Trial(lab=self._lab.name, **told | {"rungs": tuple(told["rungs"])})

    @contextmanager
    def _prepared(self) -> Iterator[None]:
        """Run all that stands before the question's cell; what mutants print or warn of is nobody's concern."""
        with ExitStack() as stack:
            folder = stack.enter_context(working_folder(self._lab))
            stack.enter_context(threadpool_limits(1))
            stack.enter_context(chdir(folder))
            stack.enter_context(importing_from(folder))
            stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
            stack.enter_context(warnings.catch_warnings())
            warnings.simplefilter("ignore")
            self._namespace = {"__name__": "__main__"}
            for step in self._before():
                run_cell(self._namespace, step.grade_id, step.source)
            yield

    def _before(self) -> Iterator[Step]:
        for step in _steps(self._lab):
            if step.grade_id == f"{self._question}_code":
                return
            if not step.question:
                yield step

    def _judged(self, source: str, most: float) -> dict[str, object]:
        """Run the cell, then ask all hidden cases and all public ones; the child does this and no more."""
        np.random.seed(0)
        self._patience = most
        with contextlib.suppress(Exception, TimeUp), seconds(most):
            run_cell(self._namespace, f"{self._question}_code", source)
        rule, (cases, expected) = self._lab.rule(self._question), self._hidden
        hidden = [self._answer(case) for case in cases]
        rungs = [
            answer if isinstance(answer, str) else judge(rule, [case], [wanted], [answer]).rung
            for case, wanted, answer in zip(cases, expected, hidden, strict=True)
        ]
        return {"rungs": rungs, **self._own_check(), "slowest": self._slowest}

    def _own_check(self) -> dict[str, object]:
        known = self._public
        answers: list[Answer] = []
        for case in known.cases:
            answer = self._answer(case)
            if isinstance(answer, str):
                return {"seen": True}
            answers.append(answer)
        verdict = judge(known.rule, known.cases, known.expected, answers, known.mistakes)
        return {"seen": bool(verdict.rung), "misconception": verdict.misconception, "match": verdict.match}

    def _answer(self, case: Mapping[str, object]) -> Answer | str:
        """The answer to a case, or `TIME`; code that has used its time up once gets half of it the next time."""
        started = time.process_time()
        try:
            with seconds(self._patience):
                return self._lab.answer(self._question, self._namespace, case)
        except TimeUp:
            self._patience /= 2
            return TIME
        finally:
            self._slowest = max(self._slowest, time.process_time() - started)


def mutants_of(lab: Lab, question: str, limit: int = 0) -> list[Mutant]:
    """The mutants of a question's solution; with `limit`, so many of them, evenly over all."""
    every = mutants(question, cell_of(lab, question))
    if not limit or len(every) <= limit:
        return every
    return [every[number * len(every) // limit] for number in range(limit)]
