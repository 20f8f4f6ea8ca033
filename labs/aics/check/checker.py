"""The student's own check: ask, judge, time, and show a card."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from aics.card.card import Card
from aics.card.notice import Notice
from aics.check import speed
from aics.check.ask import Answer, Case, ask, ask_each
from aics.check.causes import with_cause, with_causes
from aics.check.folder import LabError, data_folder
from aics.check.imports import STARTED, Notebook, latest, used_by
from aics.check.judge import judge
from aics.check.loops import runs_loop
from aics.check.measure import measure_of, measured
from aics.check.messages import say
from aics.check.public_case import PublicCase, public_case
from aics.check.reference import PublicQuestion, Reference
from aics.check.refusal import not_allowed
from aics.check.speed_verdict import judge_speed, not_timed
from aics.check.verdict import Verdict
from aics.language import listed, sentences, speaking
from aics.language.spoken import ENGLISH
from aics.parameters.own_question import own_question

if TYPE_CHECKING:
    from aics.card.finish_line import FinishLine
    from aics.card.own import OwnCard
    from aics.own.asking import Asking

#: The code that a question reaches in a notebook, definition by definition.
Code = tuple[str, ...]


class Checker:
    """Judges a notebook's code on a lab's public cases, question by question."""

    def __init__(self, lab: str, asks: ModuleType, student: str = "") -> None:
        """Nothing is read yet. `asks`: ``aics.<lab>.asks``; `student`: whose parameters it has, where these differ."""
        self.lab, self._asks, self._student = lab, asks, student
        self._reference: Reference | None = None
        self._ratios: dict[str, tuple[Code, float]] = {}
        self._asking: Asking | None = None

    def card(self, question: str, namespace: Mapping[str, object]) -> Card | Notice:
        """The card of one question, or the sentence that an exam leaves its check out; the log, if kept, notes it."""
        from aics.handin import log
        from aics.own.setting import hint

        if notice := self._left_out(question):
            return notice
        verdict = self.verdict(question, namespace)
        said = [log.note(self.lab, [verdict]), hint(self.lab, verdict)]
        return Card(replace(verdict, notes=(*verdict.notes, *filter(None, said))))

    def finish(self, namespace: Mapping[str, object], path: Path | None = None, *, log: bool = False) -> FinishLine:
        """The verdicts on all questions, and what to hand in.

        `path` is the notebook's file, looked for if not given; `log`: note what changed, where a log is kept.
        """
        from aics.handin.finish import finish_line
        from aics.handin.log import note

        verdicts = self.verdicts(namespace)
        if log:
            note(self.lab, verdicts, changed_only=True)
        return finish_line(self.lab, verdicts, self._open().written, namespace, path, self._open().exam)

    def verdicts(self, namespace: Mapping[str, object]) -> list[Verdict]:
        """The verdicts on all questions; a time that was read for the very same code is not read again."""
        notebook, builds_on = _written(namespace), {rule.name: rule.builds_on for rule in self._open().rules}
        found = {}
        for name in builds_on:
            known = self._look_up(name)
            verdict = self._values(known, namespace, notebook)
            found[name] = verdict if verdict.rung else self._timed(verdict, known, namespace, notebook, again=False)
        return list(with_causes(builds_on, found).values())

    def case(self, question: str, namespace: Mapping[str, object], number: int | None = None) -> PublicCase | Notice:
        """One public case of a question, by its number from 1: the first that fails, or the first of all.

        Raises LabError where there is no such question or no such case.
        """
        if notice := self._left_out(question):
            return notice
        known = self._look_up(question)
        answers, measure = self._answers(known, namespace), measure_of(self.lab, question)
        return public_case(known, answers, number, ask=getattr(self._asks, question), measure=measure)

    def own(self, question: str, namespace: Mapping[str, object], answers: Sequence[object]) -> OwnCard | Notice | str:
        """Ask a question or two about the code of a question that is right, or take the answers to them.

        Raises LabError where there is no such question.
        """
        from aics.own.asking import Asking
        from aics.own.setting import refusal

        if notice := self._left_out(question):
            return notice
        known = self._look_up(question)
        if said := refusal(self.lab, self.verdict(question, namespace, values_only=True)):
            return said
        self._asking = self._asking or Asking(self.lab)
        return self._asking.card(question, answers, getattr(self._asks, question), namespace, known.cases)

    def verdict(self, question: str, namespace: Mapping[str, object], *, values_only: bool = False) -> Verdict:
        """The verdict on one question for the code in `namespace`, on the public cases; `values_only`: not timed."""
        known = self._look_up(question)
        notebook = _written(namespace)
        verdict = self._values(known, namespace, notebook)
        if verdict.rung:
            told = _with_its_case(verdict)
            return with_cause(
                told, known.rule.builds_on, lambda name: self._values(self._look_up(name), namespace, notebook)
            )
        return verdict if values_only else self._timed(verdict, known, namespace, notebook)

    def _timed(
        self,
        verdict: Verdict,
        known: PublicQuestion,
        namespace: Mapping[str, object],
        notebook: Notebook,
        *,
        again: bool = True,
    ) -> Verdict:
        """A verdict with right values and what its time makes of it; `again`: measure also code that was measured."""
        question, limits, case = known.rule.name, known.rule.limits, known.speed_case
        if limits is None or case is None:
            return verdict
        function = getattr(self._asks, question)
        code = _code(notebook, self._asks, question)
        kept, ratio = self._ratios.get(question, ((), None))
        if again or not code or kept != code:
            ratio = speed.ratio(
                lambda fresh: ask(function, namespace, fresh),
                lambda fresh: self._asks.YARDSTICKS[question](**fresh),
                case,
                limits,
            )
        if ratio is None:
            return not_timed(verdict, "yardstick")
        self._ratios[question] = code, ratio
        return judge_speed(
            verdict,
            known.rule,
            ratio,
            against="yardstick",
            mistakes=known.mistakes,
            looped=lambda: runs_loop(lambda: ask(function, namespace, known.cases[0])),
        )

    def _values(self, known: PublicQuestion, namespace: Mapping[str, object], notebook: Notebook) -> Verdict:
        may = (*known.rule.allowed, *STARTED)
        beyond = next(notebook.not_allowed(used_by(self._asks, known.rule.name), may, plainly=True), None)
        if beyond:
            return not_allowed(known.rule, beyond)
        answers = self._answers(known, namespace)
        return judge(known.rule, known.cases, known.expected, answers, known.mistakes, known.pairs)

    def _answers(self, known: PublicQuestion, namespace: Mapping[str, object]) -> list[Answer]:
        function = getattr(self._asks, known.rule.name)
        measure = measure_of(self.lab, known.rule.name)

        def one(case: Case) -> Answer:
            with speaking(ENGLISH):  # an error's words are held against those that known mistakes end with
                answer = ask(function, namespace, case)
            return measured(measure, case, answer)

        return ask_each(one, known.cases)

    def _open(self) -> Reference:
        if self._reference is None:
            path = data_folder() / "reference" / f"{self.lab}.npz"
            if not path.exists():
                raise LabError(say("no_reference", path=path))
            self._reference = _read(path, path.stat().st_mtime_ns)
        return self._reference

    def _left_out(self, question: str) -> Notice | None:
        """What is said in the place of a check that an exam leaves out; None where it is here."""
        exam = self._open().exam
        return Notice(say("exam", question=question, until=exam.until)) if exam and exam.closes(question) else None

    def _look_up(self, question: str) -> PublicQuestion:
        if notice := self._left_out(question):
            raise LabError(notice.words)
        names = self._open().names
        if question not in names:
            names += [each.name for each in exam.closed] if (exam := self._open().exam) else []
            near = next(iter(difflib.get_close_matches(str(question), names, n=1)), "")
            key = "no_question.near" if near else "no_question"
            raise LabError(say(key, lab=self.lab, question=question, near=near, names=listed(names)))
        return own_question(self.lab, question, self._student) or self._open().question(question)


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int) -> Reference:
    """A lab's reference data: read once, however often the lab is opened, while the file stays as it is."""
    return Reference(path)


def _with_its_case(verdict: Verdict) -> Verdict:
    """The verdict with the line that shows the case that failed."""
    if not verdict.number or verdict.rung == "defined":
        return verdict
    where = say("case.next", question=verdict.question, number=verdict.number)
    return replace(verdict, next_move=sentences(verdict.next_move, where))


def _written(namespace: Mapping[str, object]) -> Notebook:
    """The cells that this notebook has run; none where the caller is a script."""
    history = namespace.get("In")
    return latest(history if isinstance(history, list) else [])


def _code(notebook: Notebook, asks: ModuleType, question: str) -> Code:
    """All that a question's code can come to run in the notebook; empty where nothing is known of it."""
    return tuple("\n".join(unit.lines) for unit in notebook.reached(used_by(asks, question), plainly=True))
