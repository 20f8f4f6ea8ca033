"""Make the questions about one cell: the same ones whenever the same text is asked about."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

import numpy as np

from aics.check.ask import Case
from aics.own.array_rules import changed, firsts, inputs, parts, shapes
from aics.own.asked import Asked
from aics.own.batch_rules import needed
from aics.own.candidate import Candidate
from aics.own.cell import OwnCell
from aics.own.run_rules import counts, dtypes, held, lengths, views
from aics.own.trial import Ask, Trial
from aics.own.watch import TooLong

#: Says what can be asked of a cell on one case.
Rule = Callable[[Trial], Iterator[Candidate]]
RULES: Sequence[Rule] = (shapes, parts, changed, inputs, firsts, needed, counts, held, lengths, dtypes, views)
#: What a question is about: arrays, or how the code runs. One of each is asked where there are both.
ABOUT_ARRAYS = frozenset({"shape", "part", "changed", "input", "first", "needed", "needed_by_more"})
#: Cases that are tried at most, and how many numbers one may hold.
CASES, NUMBERS = 3, 500_000
#: By how much chance may outweigh worth, so that not all are asked the same.
CHANCE = 2.5


def own_questions(
    question: str, source: str, ask: Ask, namespace: Mapping[str, object], cases: Sequence[Case]
) -> list[Asked]:
    """One or two questions about a cell whose question is right; none where no rule finds anything.

    question, source : the question and its cell's text, on which alone the choice depends
    ask, namespace : how the code is called
    cases : the question's public cases
    """
    cell = OwnCell.of(source)
    if cell is None:
        return []
    chance = random.Random(cell.seed(question))
    for case, number in fit_cases(cases):
        found = _by_rule(Trial(cell, namespace, ask, case, number), RULES)
        again = Trial(cell, namespace, ask, stirred(case), number)
        telling = [rule for rule in RULES if any(rule is each for each, _ in found)]  # others would only take time
        steady = {candidate.asked for _, candidate in _by_rule(again, telling)}
        if left := [candidate for _, candidate in found if candidate.asked in steady or not again.answers]:
            return list(_chosen(left, chance))
    return []


def candidates(trial: Trial) -> list[Candidate]:
    """All that the rules find on one case."""
    return [found for _, found in _by_rule(trial, RULES)]


def _by_rule(trial: Trial, rules: Sequence[Rule]) -> list[tuple[Rule, Candidate]]:
    """All that some rules find on one case, each with the rule that found it."""
    try:
        return [(rule, found) for rule in rules for found in rule(trial)] if rules and trial.seen else []
    except TooLong:
        return []


def stirred(case: Case) -> dict[str, object]:
    """A case of the same sizes with other contents: what is asked must not depend on them, or nobody can work it out.

    Arrays hold their numbers in the other direction; what is drawn at random is drawn from another seed.
    """
    other: dict[str, object] = {}
    for name, value in case.items():
        if isinstance(value, np.ndarray):
            other[name] = value.ravel()[::-1].reshape(value.shape).copy()
        else:
            other[name] = value + 1 if type(value) is int and "seed" in name else value
    return other


def fit_cases(cases: Sequence[Case]) -> Iterator[tuple[Case, int]]:
    """The cases that are best to think about, each with its number: axes of many sizes, then few numbers."""

    def order(numbered: tuple[int, Case]) -> tuple[int, int, int]:
        number, case = numbered
        return -len(_sizes(case)), _numbers(case), number

    small = ((number, case) for number, case in enumerate(cases, 1) if _numbers(case) <= NUMBERS)
    yield from islice(((case, number) for number, case in sorted(small, key=order)), CASES)


def _sizes(case: Case) -> set[int]:
    return {size for value in case.values() if isinstance(value, np.ndarray) for size in value.shape if size > 1}


def _numbers(case: Case) -> int:
    return sum(value.size for value in case.values() if isinstance(value, np.ndarray))


def _chosen(found: Sequence[Candidate], chance: random.Random) -> Iterator[Asked]:
    """The best question, and the best of those that are about something else."""
    ranked = [c.asked for c in sorted(found, key=lambda c: -(c.worth + CHANCE * chance.random()))]
    arrays = [asked for asked in ranked if asked.kind in ABOUT_ARRAYS]
    first = (arrays or ranked)[0]
    yield first
    others = [asked for asked in ranked if asked.kind != first.kind and asked.line != first.line]
    elsewhere = [asked for asked in others if (asked.kind in ABOUT_ARRAYS) != (first.kind in ABOUT_ARRAYS)]
    yield from (elsewhere or [asked for asked in others if asked.right != first.right])[:1]
