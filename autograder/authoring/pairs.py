"""All pairs of one question's known mistakes, each in one cell, and the fingerprints of those that need one."""

from __future__ import annotations

import contextlib
import io
import itertools
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from aics.check.ask import Answer
from aics.check.fingerprint import KnownPair, fingerprint
from aics.check.judge import judge
from aics.check.naming import wrong_cases
from aics.check.reference import PublicQuestion
from autograder.authoring.cell import cell_of
from autograder.authoring.forked import TimeUp, in_child, seconds
from autograder.authoring.merge import merged, plain
from autograder.authoring.namespace import importing_from, run_cell
from autograder.course import Lab

#: What Python raises where the lines of one mistake use a name that the other has done away with.
NO_NAME = ("NameError", "UnboundLocalError")
#: Seconds of a core that a pair may take for all public cases, and seconds after which it is ended.
MOST, ENOUGH = 20.0, 120.0


@dataclass(frozen=True)
class Pair:
    """Two known mistakes of one question and the cell in which both are made; `left_out`: why there is none."""

    question: str
    one: str
    other: str
    source: str = ""
    left_out: str = ""


def pairs_of(lab: Lab, question: str) -> list[Pair]:
    """All pairs of a question's known mistakes, those that make no cell too; mistakes of speed are left out."""
    solution = plain(cell_of(lab, question).source)
    known = [(v.name, plain(v.source)) for v in lab.misconceptions if v.question == question and not v.slow]
    return [
        Pair(question, one, other, *merged(solution, mine, theirs))
        for (one, mine), (other, theirs) in itertools.combinations(known, 2)
    ]


def known_pairs(lab: Lab, cells: Sequence[tuple[str, str]], folder: Path, known: PublicQuestion) -> list[KnownPair]:
    """The pairs whose answers to the public cases do not name both mistakes, each with its fingerprint.

    Two mistakes without a common wrong case are not run: what they answer together follows from what each answers.
    One that a mistake alone has too tells only of that mistake, if it is one of the two; else the pair is left out.
    """
    alone = {m.name: fingerprint(known.rule, known.expected, m.answers) for m in known.mistakes if not m.slow}
    pairs = _known_pairs(lab, cells, folder, known)
    return [found for pair in pairs for found in _told_apart(pair, alone)]


def _told_apart(pair: KnownPair, alone: Mapping[str, NDArray[np.float64]]) -> list[KnownPair]:
    """The pair as it is, as the one of its mistakes that it looks like, or nothing."""
    fitting = [name for name, each in alone.items() if pair.fits(each)]
    if not fitting:
        return [pair]
    own = len(fitting) == 1 and fitting[0] in (pair.one, pair.other)
    return [replace(pair, one=fitting[0], other=fitting[0])] if own else []


def _known_pairs(
    lab: Lab, cells: Sequence[tuple[str, str]], folder: Path, known: PublicQuestion
) -> Iterator[KnownPair]:
    wrong = {m.name: wrong_cases(known.rule, known.expected, m) for m in known.mistakes if not m.slow}
    pairs = [pair for pair in pairs_of(lab, known.rule.name) if pair.source and wrong[pair.one] & wrong[pair.other]]
    if not pairs:
        return
    with _ready(cells, folder, known.rule.name) as namespace:
        changing = set(_changing(lab, namespace, known))
        for pair in (pair for pair in pairs if changing.isdisjoint((pair.one, pair.other))):
            sums = in_child(partial(_sums_of, lab, namespace, known, pair), ENOUGH)
            if sums:
                yield KnownPair(one=pair.one, other=pair.other, fingerprint=np.array(sums, np.float16))


def _changing(lab: Lab, namespace: dict[str, object], known: PublicQuestion) -> Iterator[str]:
    """Mistakes that answer otherwise each time, such as a seed by chance: a fingerprint says nothing of them."""
    for mistake in (v for v in lab.misconceptions if v.question == known.rule.name and not v.slow):
        alone = Pair(known.rule.name, mistake.name, mistake.name, plain(mistake.source))
        once, again = (in_child(partial(_print_of, lab, namespace, known, alone), ENOUGH) for _ in range(2))
        if once and again and not KnownPair(one="", other="", fingerprint=np.array(once)).fits(np.array(again)):
            yield mistake.name


def _print_of(lab: Lab, namespace: dict[str, object], known: PublicQuestion, pair: Pair) -> list[float] | None:
    """The fingerprint of what a cell answers; None where it takes too long. Runs in a child."""
    answers = _answers(lab, namespace, known, pair)
    return [float(each) for each in fingerprint(known.rule, known.expected, answers)] if answers else None


@contextlib.contextmanager
def _ready(cells: Sequence[tuple[str, str]], folder: Path, question: str) -> Iterator[dict[str, object]]:
    """Run all that stands before a question's cell; what cells print or warn of is nobody's concern."""
    namespace: dict[str, object] = {"__name__": "__main__"}
    silent = contextlib.redirect_stdout(io.StringIO())
    with importing_from(folder), silent, threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for grade_id, source in itertools.takewhile(lambda cell: cell[0] != f"{question}_code", cells):
            run_cell(namespace, grade_id, source)
        yield namespace


def _sums_of(lab: Lab, namespace: dict[str, object], known: PublicQuestion, pair: Pair) -> list[float] | None:
    """A pair's fingerprint; None where it is not needed, or the cell takes too long or is none. Runs in a child."""
    answers = _answers(lab, namespace, known, pair)
    if not answers or any(answer.raised and answer.raised.type in NO_NAME for answer in answers):
        return None
    verdict = judge(known.rule, known.cases, known.expected, answers, known.mistakes)
    if not verdict.rung or (verdict.misconception and verdict.match in ("all", "both")):
        return None
    return [float(each) for each in fingerprint(known.rule, known.expected, answers)]


def _answers(lab: Lab, namespace: dict[str, object], known: PublicQuestion, pair: Pair) -> list[Answer] | None:
    """What a cell answers to the public cases; None where that takes too long."""
    cases: Sequence[Mapping[str, object]] = known.cases
    try:
        with seconds(MOST):
            with contextlib.suppress(Exception):
                run_cell(namespace, f"{pair.question}_code", pair.source)
            return [lab.answer(pair.question, namespace, case) for case in cases]
    except TimeUp:
        return None
