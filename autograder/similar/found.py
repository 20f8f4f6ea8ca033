"""All that is known of a class's pairs in one lab, for the page and for JSON."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aics.language import listed
from autograder.course import Lab
from autograder.report.standing import Standing
from autograder.similar.answers import LONGEST, OWN, ClassAnswers, given
from autograder.similar.mistakes import Shared, shared_mistakes
from autograder.similar.pairs import Pair, Pairs
from autograder.similar.words import say

if TYPE_CHECKING:
    from autograder.similar.fingerprints import Fingerprints
    from autograder.similar.usual import Usual

#: The package that compares code, of the extra `similarity`.
LIBRARY = "copydetect"


@dataclass(frozen=True, kw_only=True)
class Found:
    """What came of comparing a class.

    Attributes
    ----------
    answers : ClassAnswers
    standings : mapping
        Student -> how the hand-in stands; also of students whose hand-in was not graded.
    pairs : sequence of Pair
        Those that are shown.
    bits : (P,) float64 array
        Of every pair of the class.
    mistakes : sequence of Shared
    usual : sequence of Usual
        Empty where code is not compared.
    code : mapping
        Question -> the answers that were compared.
    said : tuple of str
        What could not be read or compared.
    """

    answers: ClassAnswers
    standings: Mapping[str, Standing]
    pairs: Sequence[Pair]
    bits: np.ndarray
    mistakes: Sequence[Shared]
    usual: Sequence[Usual] = ()
    code: Mapping[str, Fingerprints] = field(default_factory=dict)
    said: tuple[str, ...] = ()

    def same_file(self, pair: Pair) -> bool:
        """Whether both handed in the same file."""
        one, other = (self.answers.students[student].digest for student in (pair.one, pair.other))
        return bool(one) and one == other


def found(lab: Lab, answers: ClassAnswers, standings: Mapping[str, Standing], count: int) -> Found:
    """Compare a class, and keep the `count` pairs that share most; without the library, by their mistakes alone."""
    students = sorted(answers.students)
    mistakes = shared_mistakes({student: standings[student].verdicts for student in students})
    comparable = can_compare()
    code = compare_code(lab, answers) if comparable else {}
    pairs = Pairs(students, code, mistakes)
    return Found(
        answers=answers,
        standings=standings,
        pairs=pairs.top(count),
        bits=pairs.of_each,
        mistakes=mistakes,
        usual=_usual(lab, code, standings),
        code=code,
        said=(*answers.unreadable, *_cut(answers), *(() if comparable else [say("no_library")])),
    )


def can_compare() -> bool:
    """Whether the library is installed."""
    try:
        return importlib.util.find_spec(LIBRARY) is not None
    except ValueError:  # it was ruled out
        return False


def compare_code(lab: Lab, answers: ClassAnswers) -> dict[str, Fingerprints]:
    """Return place -> what was written there, compared; a stub that a student left is no answer."""
    from autograder.similar.fingerprints import Fingerprints

    known, cells = given(lab), {student: each.cells for student, each in answers.students.items()}
    written = {name: {s: each[name] for s, each in cells.items() if name in each} for name in lab.questions}
    compared = {name: Fingerprints(sources, known[name]) for name, sources in written.items() if sources}
    own = {student: each.get(OWN, "") for student, each in cells.items()}
    return compared | ({OWN: Fingerprints(own, known[OWN])} if any(own.values()) else {})


def _usual(lab: Lab, code: Mapping[str, Fingerprints], standings: Mapping[str, Standing]) -> list[Usual]:
    if not code:
        return []
    from autograder.similar.usual import usual

    right = {
        question: {s.student for s in standings.values() if (v := s.verdicts.get(question)) and v.passed}
        for question in lab.questions
    }
    return [usual(question, code[question], right[question]) for question in lab.questions if question in code]


def _cut(answers: ClassAnswers) -> list[str]:
    return [
        say("cut", student=student, questions=listed(name or say("own_cells") for name in each.cut), most=LONGEST)
        for student, each in answers.students.items()
        if each.cut
    ]
