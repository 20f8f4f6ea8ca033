"""How alike answers are that nobody copied: what right answers of the class share, question by question."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from autograder.similar.fingerprints import Fingerprints


@dataclass(frozen=True, kw_only=True)
class Usual:
    """What pairs of right answers to one question share, beyond the notebook and the solution.

    Attributes
    ----------
    question : str
    answers, right : int
        How many were compared, and how many of these have all points.
    half, twentieth : float
        Every second pair of right answers, and one in twenty, shares at least this fraction of the shorter answer.
    same : float
        Of these pairs, the fraction that is the same but for names, blanks and comments.
    """

    question: str
    answers: int
    right: int
    half: float = 0.0
    twentieth: float = 0.0
    same: float = 0.0


def usual(question: str, prints: Fingerprints, right: Collection[str]) -> Usual:
    """Return what those students' answers share who are `right`; zeros for fewer than two."""
    who = [place for student, place in prints.places.items() if student in right]
    counted = Usual(question=question, answers=len(prints.students), right=len(who))
    if len(who) < 2:
        return counted
    each = np.triu_indices(len(who), 1)
    parts = prints.part[np.ix_(who, who)][each]
    half, twentieth = np.quantile(parts, (0.5, 0.95))
    same = prints.alike_but_for_names()[np.ix_(who, who)][each].mean()
    return replace(counted, half=float(half), twentieth=float(twentieth), same=float(same))
