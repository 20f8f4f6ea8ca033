"""Any code for one question, judged as the grader and as the student's own check would, in a child of this process."""

from __future__ import annotations

import contextlib
import io
import time
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, chdir, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from aics.check.ask import Answer
from aics.check.causes import with_cause
from aics.check.judge import Rule, judge
from aics.check.reference import PublicQuestion, Reference
from aics.check.verdict import GUESSES, Verdict
from aics.language import tr
from autograder.authoring.forked import TimeUp, in_child, seconds
from autograder.authoring.namespace import importing_from, run_cell
from autograder.authoring.source import source_notebook
from autograder.authoring.start import working_folder
from autograder.course import CourseError, Lab
from autograder.grading.steps import Step, steps_of
from autograder.measure.draws import Draw, drawn

#: Seconds of a core that an answer may take beyond ten times what the solution takes.
SPARE = 0.3
#: Seconds after which a child is ended, whatever it does.
ENOUGH = 300.0
#: What stands for a rung where a case brought no answer.
TIME, DIED = "time", "died"
#: Asks the code of a cell one case: its answer, or `TIME`.
Asked = Callable[[Mapping[str, object]], Answer | str]


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What became of a question's cell.

    Attributes
    ----------
    rungs : tuple of str
        Of each hidden case the rung that did not hold, ``time`` or ``died``; "" where the code answers as it should.
    seen : bool
        The student's own check finds it wrong on the public cases.
    misconception, match : str
        The known mistake that the check names, and how sure it is; "" where it names none.
    cause : str
        What the check says of earlier questions that are wrong and that this one builds on, which makes a name a guess.
    """

    rungs: tuple[str, ...]
    seen: bool = False
    misconception: str = ""
    match: str = ""
    cause: str = ""

    @property
    def alive(self) -> bool:
        """No hidden case tells it from the solution."""
        return not any(self.rungs)

    @property
    def name(self) -> str:
        """How the check names it: ``firm``, ``maybe`` or ``none``."""
        return "none" if not self.misconception else "maybe" if self.cause or self.match in GUESSES else "firm"


@dataclass(frozen=True)
class Replies:
    """What a cell's code answered: to each hidden case, or `TIME`; to the public ones, None where one took too long."""

    hidden: Sequence[Answer | str]
    public: Sequence[Answer] | None


def _steps(lab: Lab) -> list[Step]:
    return steps_of(source_notebook(lab), lab.questions)


class Judging:
    """Cells for one question, in a process in which everything before the question's own cell has run."""

    def __init__(self, lab: Lab, question: str, *, draw: int = 0, exchanged: Mapping[str, str] | None = None) -> None:
        """Run nothing yet.

        Parameters
        ----------
        lab, question
            Where the cells stand.
        draw : int
            Which of the draws of hidden cases decides.
        exchanged : mapping of str to str, optional
            grade_id -> source of cells before this one that are not the solution's.
        """
        self._lab, self._question, self._exchanged = lab, question, dict(exchanged or {})
        self._hidden = drawn(lab, question, draw)
        self.public: PublicQuestion = Reference(lab.reference).question(question)
        self._further: dict[int, Draw] = {}
        self._namespace: dict[str, object] = {}
        self._earlier: dict[str, Verdict] = {}
        self._slowest = self._patience = 0.0
        self._most = ENOUGH

    @contextmanager
    def prepared(self, solution: str) -> Iterator[None]:
        """Run all that stands before the question's cell, and time the solution, whose cell is given.

        What cells print or warn of is nobody's concern. CourseError where the solution itself does not pass; with
        other cells before it, it need not.
        """
        with ExitStack() as stack:
            folder = stack.enter_context(working_folder(self._lab))
            stack.enter_context(threadpool_limits(1))
            stack.enter_context(chdir(folder))
            stack.enter_context(importing_from(folder))
            stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
            stack.enter_context(warnings.catch_warnings())
            warnings.simplefilter("ignore")
            self._namespace = {"__name__": "__main__"}
            self._run_before()
            builds_on = self.public.rule.builds_on if self._exchanged else ()
            self._earlier = {earlier: self._verdict_on(earlier) for earlier in builds_on}
            self._most = self._most_of(solution)
            yield

    def judged(self, source: str, without: Collection[str] = (), *, hidden: bool = True, most: float = 0.0) -> Judged:
        """What becomes of a cell.

        `without`: known mistakes that the student's own check does not know this time; `hidden`: ask hidden cases too;
        `most`: seconds of a core that it may take for a case, 0 for what follows from the solution's.
        """

        def work(asked: Asked) -> object:
            return self.verdict_on(self.replies(asked, hidden=hidden), without)

        return self.judged_of(self.tried(source, work, most))

    def tried(self, source: str, work: Callable[[Asked], object], most: float = 0.0) -> Any:
        """What ``work(asked)`` returns, through JSON, in a child in which the cell has run; None where that died."""
        return in_child(partial(self._in_child, source, work, most or self._most), ENOUGH)

    def judged_of(self, found: Mapping[str, Any] | None) -> Judged:
        """What `verdict_on` returned in a child, or None where that died."""
        if found is None:
            return Judged(rungs=(DIED,) * len(self._hidden[0]))
        return Judged(**{**found, "rungs": tuple(found["rungs"])})

    def replies(self, asked: Asked, *, hidden: bool = True) -> Replies:
        """Ask all hidden cases, unless only the public ones count, and all public ones."""
        return Replies([asked(case) for case in self._hidden[0] if hidden], self._public_answers(asked))

    def verdict_on(self, replies: Replies, without: Collection[str] = ()) -> dict[str, Any]:
        """What the grader and the student's own check say of these replies, as `judged_of` takes it.

        `without`: known mistakes that the check does not know, or pairs, as ``one and other``.
        """
        rule, (cases, expected) = self._lab.rule(self._question), self._hidden
        told = zip(cases, expected, replies.hidden, strict=False)
        return {"rungs": [_rung(rule, *each) for each in told], **self.own_check(replies.public, without)}

    def told_on(self, source: str, draws: Sequence[int]) -> int:
        """The first of these draws of hidden cases that tells the cell from the solution; 0 where none does."""
        rule = self._lab.rule(self._question)
        drawn_before = {number: self._drawn(number) for number in draws}  # once, not in every child

        def work(asked: Asked) -> object:
            for number, (cases, expected) in drawn_before.items():
                if any(_rung(rule, *each, asked(each[0])) for each in zip(cases, expected, strict=True)):
                    return number
            return 0

        found = self.tried(source, work)
        return draws[0] if found is None else int(found)

    def _drawn(self, number: int) -> Draw:
        if number not in self._further:
            self._further[number] = drawn(self._lab, self._question, number)
        return self._further[number]

    def _run_before(self) -> None:
        """Run the cells before the question's own; where one is not the solution's, later ones may stop."""
        for step in self._before():
            with contextlib.suppress(*[Exception] if self._exchanged else ()):
                run_cell(self._namespace, step.grade_id, self._exchanged.get(step.grade_id, step.source))

    def _before(self) -> Iterator[Step]:
        for step in _steps(self._lab):
            if step.grade_id == f"{self._question}_code":
                return
            if not step.question:
                yield step

    def _most_of(self, solution: str) -> float:
        """Seconds of a core that an answer may take: the solution says."""

        def work(asked: Asked) -> object:
            return {**self.verdict_on(self.replies(asked)), "slowest": self._slowest}

        right = in_child(partial(self._in_child, solution, work, ENOUGH), ENOUGH)
        if not self._exchanged and (right is None or any(right["rungs"]) or right["seen"]):
            raise CourseError(
                tr(
                    "{lab}, {question}: the solution itself fails: {found}",
                    lab=self._lab.name,
                    question=self._question,
                    found=right,
                )
            )
        return SPARE + 10 * float(right["slowest"]) if right else ENOUGH

    def _in_child(self, source: str, work: Callable[[Asked], object], most: float) -> object:
        """Run the cell, then do the work; the child does this and no more."""
        np.random.seed(0)
        self._patience = most
        with contextlib.suppress(Exception, TimeUp), seconds(most):
            run_cell(self._namespace, f"{self._question}_code", source)
        return work(self._answer)

    def own_check(self, answers: Sequence[Answer] | None, without: Collection[str] = ()) -> dict[str, Any]:
        """What the student's own check says of answers to the public cases; None where one took too long."""
        if answers is None:
            return {"seen": True}
        mistakes = [m for m in self.public.mistakes if m.name not in without]
        pairs = [pair for pair in self.public.pairs if f"{pair.one} and {pair.other}" not in without]
        known = replace(self.public, mistakes=mistakes, pairs=pairs)
        verdict = judge(known.rule, known.cases, known.expected, answers, known.mistakes, known.pairs)
        verdict = with_cause(verdict, known.rule.builds_on, self._earlier.get)
        told = {"misconception": verdict.misconception, "match": verdict.match, "cause": verdict.cause}
        return {"seen": bool(verdict.rung), **told}

    def _verdict_on(self, earlier: str) -> Verdict:
        """What the student's own check says of a question before this one, as far as a cause needs it."""
        rule = self._lab.rule(earlier)
        rung = in_child(partial(self._rung_of, Reference(self._lab.reference).question(earlier)), ENOUGH)
        rung = "stopped" if rung is None else rung
        return Verdict(question=earlier, score=0 if rung else rule.points, max_score=rule.points, rung=rung)

    def _rung_of(self, known: PublicQuestion) -> str:
        """The rung that does not hold on a question's public cases; "" where all do."""
        answers = [self._lab.answer(known.rule.name, self._namespace, case) for case in known.cases]
        return judge(known.rule, known.cases, known.expected, answers).rung

    def _public_answers(self, asked: Asked) -> Sequence[Answer] | None:
        answers: list[Answer] = []
        for case in self.public.cases:
            answer = asked(case)
            if isinstance(answer, str):
                return None
            answers.append(answer)
        return answers

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


def _rung(rule: Rule, case: Mapping[str, object], wanted: Mapping[str, np.ndarray], answer: Answer | str) -> str:
    """The rung that does not hold on one case, `TIME` where there is no answer; "" where all do."""
    return answer if isinstance(answer, str) else judge(rule, [case], [wanted], [answer]).rung
