"""Every known answer as a row: who wrote it and why, what reading it says, and what the checks say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from aics.version import __version__
from autograder.authoring.cell import cell_of
from autograder.course import Lab
from autograder.grading.digests import digest_of
from autograder.grading.key import question_reach
from autograder.measure.export.answers import Known, known_answers
from autograder.measure.export.features import features
from autograder.measure.judging import Judged, Judging
from autograder.measure.part import InShares, Piece, Shares, pieces

#: Answers to one question that one process judges at a time.
PIECE = 100
#: One answer as it is written.
Row = dict[str, Any]


class Rows(InShares[Known, Row]):
    """The rows of several labs, in the labs', the questions' and the answers' order, whichever is judged first."""

    def __init__(self, labs: Sequence[Lab], with_mutants: bool = False, limit: int = 0) -> None:
        """Gather the answers; `limit`: the first so many of each kind of each question."""
        self.shares = Shares(_of_piece, pieces(labs, PIECE, lambda lab, q: _answers(lab, q, with_mutants, limit)))

    def found(self) -> list[Row]:
        """All rows that are done."""
        return self.shares.found()


def _answers(lab: Lab, question: str, with_mutants: bool, limit: int) -> list[Known]:
    every = known_answers(lab, question, with_mutants)
    kinds = dict.fromkeys(each.kind for each in every)
    if limit:
        every = [each for kind in kinds for each in [e for e in every if e.kind == kind][:limit]]
    return every


def _of_piece(piece: Piece[Known]) -> list[Row]:
    lab = Lab(piece.lab)
    judging, solution = Judging(lab, piece.question), cell_of(lab, piece.question).source
    rules = rules_of(lab, piece.question)
    with judging.prepared(solution):
        return [row(known, judging.judged(known.source), rules) for known in piece.code]


def rules_of(lab: Lab, question: str) -> str:
    """What changes whenever the question's cases, oracle, tolerances, ask or measure do; the key's first digits."""
    return digest_of(*(reach.digest for reach in question_reach(lab, question)))[:16]


def row(known: Known, judged: Judged, rules: str) -> Row:
    """One answer as it is written."""
    return {
        "id": "/".join((known.lab, known.question, known.kind, known.name)),
        **asdict(known) | {"worked": list(known.worked)},
        "features": features(known.source),
        "verdict": {
            "cases": list(judged.rungs),
            "told": not judged.alive,
            "seen": judged.seen,
            "named": judged.misconception,
            "sure": judged.name,
        },
        "version": __version__,
        "rules": rules,
    }
