"""All pairs of a class with planted copies, ranked in several ways, and where the copies stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from autograder.course import Lab
from autograder.similar.answers import Answers, ClassAnswers
from autograder.similar.fingerprints import Fingerprints
from autograder.similar.found import compare_code
from autograder.similar.mistakes import shared_mistakes
from autograder.similar.pairs import Pairs

if TYPE_CHECKING:
    from planted import Planted

WAYS = ("as the command", "code alone", "mistakes alone", "without base rates")


def orders(lab: Lab, made: Planted) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield of each way to rank how it orders all pairs."""
    students = sorted(made.students)
    code = compare_code(lab, class_answers(made))
    mistakes = shared_mistakes({student: each.verdicts for student, each in made.students.items()})
    found = (
        Pairs(students, code, mistakes).bits,
        Pairs(students, code).bits,
        Pairs(students, {}, mistakes).bits,
        plain(students, code),
    )
    for way, bits in zip(WAYS, found, strict=True):
        yield way, ordered(students, bits)


def class_answers(made: Planted) -> ClassAnswers:
    """A class as if it had been read from its files."""
    return ClassAnswers(students={student: Answers(cells=each.cells) for student, each in made.students.items()})


def plain(students: Sequence[str], code: Mapping[str, Fingerprints]) -> np.ndarray:
    """The mean fraction of shared code over the questions."""
    total = np.zeros((len(students), len(students)))
    for prints in code.values():
        who = [students.index(student) for student in prints.students]
        total[np.ix_(who, who)] += prints.part
    return total / max(1, len(code))


def ordered(students: Sequence[str], bits: np.ndarray) -> list[tuple[str, str]]:
    """All pairs, those with the most bits first; equal ones in an order that favours nobody."""
    rows, columns = np.triu_indices(len(students), 1)
    lots = np.random.default_rng(0).random(len(rows))
    return [(students[rows[n]], students[columns[n]]) for n in np.lexsort((lots, -bits[rows, columns]))]


def ranks(order: Sequence[tuple[str, str]], copies: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, int, int]]:
    """Yield of each copy its kind, its rank among all pairs from 1, and how many innocent pairs stand above it."""
    innocent = 0
    for rank, pair in enumerate(order, 1):
        kind = copies.get(pair) or copies.get(pair[::-1])
        if kind:
            yield kind, rank, innocent
        innocent += not kind
