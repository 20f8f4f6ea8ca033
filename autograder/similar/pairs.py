"""All pairs of a class, by how much they share that few others have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from autograder.similar.mistakes import Shared

if TYPE_CHECKING:
    from autograder.similar.fingerprints import Fingerprints


@dataclass(frozen=True, kw_only=True)
class Alike:
    """What a pair shares in one question.

    Attributes
    ----------
    question : str
    part : float
        Of the shorter answer's fingerprints, the fraction that the other has too; 0 where code is not compared.
    as_alike : float
        The fraction of the class's pairs that are at least as alike here: the base rate. 1 where nothing is shared.
    answered : int
        How many pairs of the class answered the question; 0 where code is not compared.
    mistake : Shared or None
        The rare mistake that both made.
    bits : float
        Those of the code, -log2 of the base rate but no more than the shared code has itself, and of the mistake.
    """

    question: str
    part: float = 0.0
    as_alike: float = 1.0
    answered: int = 0
    mistake: Shared | None = None
    bits: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two students, and what they share.

    Attributes
    ----------
    one, other : str
        Ids.
    bits : float
        Of all questions together.
    alike : sequence of Alike
        The questions in which they share anything, the most telling first.
    next_one, next_other : float
        The most bits that each shares with anybody else.
    """

    one: str
    other: str
    bits: float
    alike: Sequence[Alike]
    next_one: float
    next_other: float

    @property
    def mistakes(self) -> list[Shared]:
        """The rare mistakes that both made."""
        return [each.mistake for each in self.alike if each.mistake]


class Pairs:
    """What all pairs of some students share.

    Parameters
    ----------
    students : sequence of str
        By id.
    code : mapping
        Question -> its answers; empty where code is not compared.
    mistakes : sequence of Shared
    """

    def __init__(
        self, students: Sequence[str], code: Mapping[str, Fingerprints], mistakes: Sequence[Shared] = ()
    ) -> None:
        self.students = students
        self._code, self._mistakes = code, mistakes
        self._places = {student: place for place, student in enumerate(students)}

    @cached_property
    def base_rates(self) -> dict[str, np.ndarray]:
        """Question -> (S, S): of the pairs that answered, the fraction that is at least as alike in code."""
        return {question: self._base_rate(prints) for question, prints in self._code.items()}

    @cached_property
    def bits(self) -> np.ndarray:
        """(S, S): bits of each pair, all questions together; 0 on the diagonal."""
        total = np.zeros((len(self.students), len(self.students)))
        for bits in self._by_question.values():
            total += bits
        np.fill_diagonal(total, 0)
        return total

    @property
    def of_each(self) -> np.ndarray:
        """(P,): bits of each pair once."""
        return self.bits[np.triu_indices(len(self.students), 1)]

    def top(self, count: int) -> list[Pair]:
        """Return the pairs that share most, `count` at most, none that shares nothing."""
        rows, columns = np.triu_indices(len(self.students), 1)
        order = np.argsort(-self.bits[rows, columns], kind="stable")[:count]
        return [self._pair(int(rows[n]), int(columns[n])) for n in order if self.bits[rows[n], columns[n]] > 0]

    @cached_property
    def _by_question(self) -> dict[str, np.ndarray]:
        questions = dict.fromkeys([*self._code, *(shared.question for shared in self._mistakes)])
        return {question: self._of_question(question) for question in questions}

    def _of_question(self, question: str) -> np.ndarray:
        """(S, S): bits of each pair in one question."""
        size = len(self.students)
        found = np.zeros((size, size))
        if prints := self._code.get(question):
            block = self._block(prints.students)
            found[block] = np.minimum(-np.log2(self.base_rates[question][block]), prints.shared)
        for shared in self._mistakes:
            if shared.question == question:
                found[self._block(shared.students)] += shared.bits
        return found

    def _base_rate(self, prints: Fingerprints) -> np.ndarray:
        size, likeness = len(self.students), prints.likeness.round(6)
        rate = np.ones((size, size))
        each = np.sort(likeness[np.triu_indices(len(likeness), 1)])
        if len(each):
            rate[self._block(prints.students)] = np.maximum(1, len(each) - np.searchsorted(each, likeness)) / len(each)
        return rate

    def _block(self, students: Sequence[str]) -> tuple[np.ndarray, ...]:
        """Index of the rows and columns of some students."""
        who = [self._places[student] for student in students]
        return np.ix_(who, who)

    def _pair(self, row: int, column: int) -> Pair:
        alike = [self._alike(question, row, column) for question in self._by_question]
        return Pair(
            one=self.students[row],
            other=self.students[column],
            bits=float(self.bits[row, column]),
            alike=sorted((each for each in alike if each.bits > 0), key=lambda each: -each.bits),
            next_one=float(np.delete(self.bits[row], column).max(initial=0)),
            next_other=float(np.delete(self.bits[column], row).max(initial=0)),
        )

    def _alike(self, question: str, row: int, column: int) -> Alike:
        pair = self.students[row], self.students[column]
        made = [s for s in self._mistakes if s.question == question and {*pair} <= {*s.students}]
        prints = self._code.get(question)
        both = prints is not None and all(student in prints.places for student in pair)
        part = prints.part[prints.places[pair[0]], prints.places[pair[1]]] if prints and both else 0.0
        return Alike(
            question=question,
            part=float(part),
            as_alike=float(self.base_rates[question][row, column]) if both else 1.0,
            answered=len(prints.students) * (len(prints.students) - 1) // 2 if prints and both else 0,
            mistake=made[0] if made else None,
            bits=float(self._by_question[question][row, column]),
        )
