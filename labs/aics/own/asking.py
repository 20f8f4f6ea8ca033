"""Ask a student about the own code, take the answers, and count the tries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aics.card.own import Answered, OwnCard
from aics.check.ask import Case
from aics.check.judge import describe
from aics.own.asked import Asked
from aics.own.cell import OwnCell
from aics.own.make import own_questions
from aics.own.messages import say
from aics.own.source import own_source
from aics.own.trial import Ask
from aics.own.written import written_answers


class Asking:
    """The questions about one lab's cells and how often each was answered wrongly, for as long as a kernel lives."""

    def __init__(self, lab: str) -> None:
        """Nothing was asked yet."""
        self._lab = lab
        self._asked: dict[tuple[str, int], tuple[list[Asked], list[str]]] = {}

    def card(
        self, question: str, answers: Sequence[object], ask: Ask, namespace: Mapping[str, object], cases: Sequence[Case]
    ) -> OwnCard | str:
        """The questions about the cell of a question that is right, with what becomes of these answers.

        ``...`` in the place of an answer leaves it open.
        """
        source = own_source(self._lab, question, namespace)
        cell = OwnCell.of(source)
        if not source.strip() or cell is None:
            return say("no_file", question=question)
        key = question, cell.seed(question)
        if key not in self._asked:
            made = own_questions(question, source, ask, namespace, cases)
            self._asked[key] = made, ["open"] * len(made)
        asked, keys = self._asked[key]
        if not asked:
            return say("none", question=question)
        if len(answers) > len(asked):
            return say("too_many", question=question, count=len(asked), given=len(answers))
        for number, given in enumerate(answers):
            keys[number] = after(asked[number], given, keys[number])
        told = [Answered(one, said) for one, said in zip(asked, keys, strict=True)]
        case = describe(cases[asked[0].case - 1])
        return OwnCard(question, cell, told, case=case, note=_note(question, answers, namespace))


def _note(question: str, answers: Sequence[object], namespace: Mapping[str, object]) -> str:
    """What is said of answers that the cell computes: only what is written there can be read by the grader."""
    history = namespace.get("In")
    if not answers or not isinstance(history, list) or not history:
        return ""
    return "" if written_answers([str(history[-1])], question) == list(answers) else say("written")


def after(asked: Asked, given: object, before: str) -> str:
    """What is said of a question after one more answer, by what was said before: two wrong ones, and it is told."""
    if given is ... or before in ("right", "told"):
        return before
    holds = asked.holds(given)
    if holds is None:
        return before if before == "again" else "unread"
    return "right" if holds else "told" if before == "again" else "again"
