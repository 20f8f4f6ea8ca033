"""Which known mistake an answer shows: the same on every case, two at once, or the same on the first failing case.

A wrong name is worse than none: where two known mistakes fit equally well, neither is named. Much code ends in a
ValueError, returns nothing or gets a single flag wrong: a name is a guess there, and an error has to say the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from aics.check.ask import Answer
from aics.check.fingerprint import KnownPair, fingerprint
from aics.check.messages import say
from aics.check.output import Output
from aics.check.verdict import Verdict
from aics.language import tr

if TYPE_CHECKING:
    from aics.check.judge import Mistake, Rule

#: An output of a case, by the case's index and the output's name.
Place = tuple[int, str]
#: The names of two mistakes; one name twice where nothing is known of the other.
Names = tuple[str, str]
#: How many wrong entries of a kind tell one mistake from another by themselves; one float with all its digits does.
TELLING = {"f": 1, "c": 1, "i": 3, "u": 3, "b": 8}


def named(
    verdict: Verdict,
    rule: Rule,
    expected: Sequence[Mapping[str, np.ndarray]],
    answers: Sequence[Answer],
    mistakes: Sequence[Mistake],
    pairs: Sequence[KnownPair] = (),
) -> Verdict:
    """The verdict on wrong answers with the known mistake that they show, if there is one, or the two.

    `pairs` are two mistakes at once that show as neither of them, and have a case in which both are wrong.
    """
    known = [mistake for mistake in mistakes if not mistake.slow]
    compared = _Compared(rule, expected, answers, known)
    for mistake in known:
        if compared.everywhere(mistake):
            if _shown(rule, expected, answers):
                return _with(verdict, mistake)
            if all(map(end_alike, answers, mistake.answers)):
                return _with(verdict, mistake, match="little")
    if both := compared.both():
        return _with_both(verdict, *both)
    by_name = {mistake.name: mistake for mistake in known}
    stored = [pair for pair in pairs if {pair.one, pair.other} <= by_name.keys()]
    if fitting := [*_fitting(rule, expected, answers, stored), *compared.apart()]:
        return _of_pairs(verdict, fitting, by_name, "both" if _shown(rule, expected, answers) else "little")
    if guess := compared.first():
        return _with(verdict, guess, match="first")
    return verdict


def _with(verdict: Verdict, mistake: Mistake, match: str = "all") -> Verdict:
    worked = tuple(map(tr, mistake.worked))
    return replace(verdict, misconception=mistake.name, hint=tr(mistake.hint), worked=worked, match=match)


def _with_both(verdict: Verdict, one: Mistake, other: Mistake, match: str = "both") -> Verdict:
    hint = say("two_mistakes", one=tr(one.hint), other=tr(other.hint))
    name, worked = f"{one.name} and {other.name}", tuple(map(tr, (*one.worked, *other.worked)))
    return replace(verdict, misconception=name, hint=hint, worked=worked, match=match)


def _fitting(
    rule: Rule,
    expected: Sequence[Mapping[str, np.ndarray]],
    answers: Sequence[Answer],
    pairs: Sequence[KnownPair],
) -> list[Names]:
    """The pairs that answer all cases so, as far as a fingerprint says."""
    sums = fingerprint(rule, expected, answers) if pairs else None
    return [(pair.one, pair.other) for pair in pairs if sums is not None and pair.fits(sums)]


def _of_pairs(verdict: Verdict, pairs: Sequence[Names], known: Mapping[str, Mistake], match: str) -> Verdict:
    """The verdict with the two mistakes, or with the one that all pairs have in common, which is a guess."""
    one, other = pairs[0]
    if len(pairs) == 1 and one != other:
        return _with_both(verdict, known[one], known[other], match)
    common = set[str].intersection(*map(set, pairs))
    return _with(verdict, known[common.pop()], "among") if common else verdict


def alike(rule: Rule, answer: Answer, known: Answer) -> bool:
    """Whether two answers to one case are the same: equal outcome, or arrays equal but for rounding."""
    if answer.values is None or known.values is None:
        return answer.outcome == known.outcome
    if answer.values.keys() != known.values.keys():
        return False
    return all(_spec(rule, name).alike(answer.values[name], known.values[name]) for name in known.values)


def _shown(rule: Rule, expected: Sequence[Mapping[str, np.ndarray]], answers: Sequence[Answer]) -> bool:
    """Whether outputs came back wrong that are more than a few flags."""
    flags = 0
    for wanted, answer in zip(expected, answers, strict=True):
        for name, got in (answer.values or {}).items():
            if name not in wanted or rule.output(name).holds(got, np.asarray(wanted[name])):
                continue
            if got.dtype.kind != "b" or got.shape != np.shape(wanted[name]):
                return True
            flags += int((got != wanted[name]).sum())
    return flags >= TELLING["b"]


def end_alike(answer: Answer, known: Answer) -> bool:
    """Whether two answers without values say the same of why there are none."""
    if not (answer.raised and known.raised):
        return answer.outcome == known.outcome
    return answer.raised.told == known.raised.told


def wrong_cases(rule: Rule, expected: Sequence[Mapping[str, np.ndarray]], mistake: Mistake) -> set[int]:
    """The cases in which a mistake is wrong, by its answers as they are kept."""
    return {case for case, _ in _wrong_as_kept(rule, expected, mistake)}


def _wrong_as_kept(rule: Rule, expected: Sequence[Mapping[str, np.ndarray]], mistake: Mistake) -> set[Place]:
    """The outputs that a mistake gets wrong; looked for once, since a mistake is one question's."""
    if not mistake.looked_through:
        mistake.looked_through.append(
            {
                (case, name)
                for case, (wanted, answer) in enumerate(zip(expected, mistake.answers, strict=True))
                for name in wanted
                if not _right_as_kept(rule, wanted, name, answer)
            }
        )
    return mistake.looked_through[0]


def _right_as_kept(rule: Rule, wanted: Mapping[str, np.ndarray], name: str, known: Answer) -> bool:
    """Whether an output of a mistake is right, or only cut to `KEPT_DIGITS` where each digit counts.

    Numbers of another kind than is asked for are wrong, whatever they are.
    """
    values, expected = known.values or {}, np.asarray(wanted[name])
    if name not in values:
        return False
    spec, kept = rule.output(name), values[name]
    return spec.holds(kept, expected) or (spec.fits(kept.dtype, expected.dtype) and spec.alike(expected, kept))


class _Compared:
    """A student's answers beside those of every known mistake, output by output.

    `wrong` and each mistake's `wrong` are the places where they differ from what is expected, `same` those of the
    student's wrong ones where the mistake answers what the student did. A mistake without any is none of these.
    """

    def __init__(
        self,
        rule: Rule,
        expected: Sequence[Mapping[str, np.ndarray]],
        answers: Sequence[Answer],
        mistakes: Sequence[Mistake],
    ) -> None:
        self._rule, self._expected, self._answers, self._known = rule, expected, answers, mistakes
        self._places = [(i, name) for i, wanted in enumerate(expected) for name in wanted]
        self._wrong = self._wrong_of(answers)

    @cached_property
    def _mistakes(self) -> list[tuple[Mistake, set[Place], set[Place]]]:
        """Each mistake that gives one of the student's wrong outputs, with its `wrong` and its `same`."""
        shown = [(mistake, same) for mistake in self._known if (same := self._same(mistake))]
        return [(mistake, self._wrong_with(mistake), same) for mistake, same in shown]

    def everywhere(self, mistake: Mistake) -> bool:
        """Whether a mistake answers all cases as the student did; outputs that only one gets wrong are tried first."""
        if not all(self._alike(place, mistake) for place in self._wrong ^ self._wrong_with(mistake)):
            return False
        return all(alike(self._rule, mine, known) for mine, known in zip(self._answers, mistake.answers, strict=True))

    def both(self) -> tuple[Mistake, Mistake] | None:
        """The only two mistakes that together give just these answers, each seen where the other does no harm."""
        found = [
            (one, other)
            for (one, a, same_a), (other, b, same_b) in itertools.combinations(self._mistakes, 2)
            if a | b == self._wrong
            and (a - b) and (b - a)
            and a - b <= same_a
            and b - a <= same_b
            and a & b <= same_a | same_b
            and self._tells(a - b) and self._tells(b - a)
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None

    def apart(self) -> list[Names]:
        """All twos of mistakes without a common wrong case: each answers its own as the student did, no other is wrong.

        What they answer together needs no fingerprint: it follows from what each answers alone.
        """
        cases = {case for case, _ in self._wrong}
        own = {}
        for mistake in self._known:
            wrong = wrong_cases(self._rule, self._expected, mistake)
            if wrong and wrong < cases and all(self._ends_alike(case, mistake) for case in wrong):
                own[mistake.name] = wrong
        twos = itertools.combinations(own.items(), 2)
        return [(one, other) for (one, a), (other, b) in twos if not a & b and a | b == cases]

    def _ends_alike(self, case: int, mistake: Mistake) -> bool:
        mine, theirs = self._answers[case], mistake.answers[case]
        return alike(self._rule, mine, theirs) and (mine.values is not None or end_alike(mine, theirs))

    def first(self) -> Mistake | None:
        """The mistake that answers just so on the first failing case, goes wrong on none before it, and fits best."""
        case = min(i for i, _ in self._wrong)
        here = self._of(case, self._wrong)
        fitting = [
            (len(wrong & same), mistake)
            for mistake, wrong, same in self._mistakes
            if wrong and min(wrong)[0] == case and self._of(case, wrong) == here <= same
        ]
        best = [mistake for fit, mistake in fitting if fit == max(fitting, key=lambda each: each[0])[0]]
        return best[0] if len(best) == 1 and self._tells(here) else None

    def _of(self, case: int, places: set[Place]) -> set[Place]:
        return {place for place in places if place[0] == case}

    def _wrong_of(self, answers: Sequence[Answer]) -> set[Place]:
        return {place for place in self._places if not self._holds(place, answers)}

    def _holds(self, place: Place, answers: Sequence[Answer]) -> bool:
        case, name = place
        values = answers[case].values or {}
        return name in values and self._rule.output(name).holds(values[name], np.asarray(self._expected[case][name]))

    def _wrong_with(self, mistake: Mistake) -> set[Place]:
        return _wrong_as_kept(self._rule, self._expected, mistake)

    def _same(self, mistake: Mistake) -> set[Place]:
        """Where a mistake gives the student's wrong output; one exception is no more than any other."""
        return {place for place in self._wrong if self._alike(place, mistake)}

    def _alike(self, place: Place, mistake: Mistake) -> bool:
        """Whether a mistake and the student give this output, and the same."""
        case, name = place
        mine, theirs = self._answers[case].values or {}, mistake.answers[case].values or {}
        return name in mine and name in theirs and _spec(self._rule, name).alike(mine[name], theirs[name])

    def _tells(self, places: set[Place]) -> bool:
        """Whether the student's entries at these places are more than any code might give: not a zero or a flag."""
        return any(self._telling(*place) for place in places)

    def _telling(self, case: int, name: str) -> bool:
        values = self._answers[case].values or {}
        if name not in values:
            return False
        got, expected = values[name], np.asarray(self._expected[case][name])
        if got.shape != expected.shape:
            return bool(got.size > 1)
        wrong = self._rule.output(name).wrong(got, expected) & np.isfinite(got) & (got != 0)
        return int(wrong.sum()) >= TELLING.get(got.dtype.kind, 1)


def _spec(rule: Rule, name: str) -> Output:
    """The output's specification; that of the first where only a wrong answer has an output of this name."""
    try:
        return rule.output(name)
    except LookupError:
        return rule.outputs[0]
