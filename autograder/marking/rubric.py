"""What an answer in words is worth: the mark scheme that stands in the lab's source, read into criteria with points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from aics.language import listed, tr
from aics.language.spoken import ENGLISH
from autograder.authoring.source import source_notebook
from autograder.authoring.translate.edition import finished_edition
from autograder.authoring.translate.editions import languages_of
from autograder.course import CourseError, Lab
from autograder.marking.words import say

_SCHEME = re.compile(r"=== BEGIN MARK SCHEME ===\n(.*?)\n?=== END MARK SCHEME ===", re.S)
_CRITERION = re.compile(r"- (\d+(?:\.\d+)?): (.+)")


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One thing that a good answer has, and the points for it."""

    points: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Rubric:
    """How a question is graded by a person.

    Attributes
    ----------
    question : str
    points : float
        The most that an answer gets: the criteria's sum.
    criteria : sequence of Criterion
    notes : sequence of str
        What else the scheme says, such as a most for answers of a kind.
    model : str
        An answer that gets all points, in Markdown.
    asked : str
        The question's own text, in Markdown.
    """

    question: str
    points: float
    criteria: Sequence[Criterion]
    notes: Sequence[str]
    model: str
    asked: str


@lru_cache
def rubric(lab: Lab, question: str, language: str = ENGLISH) -> Rubric:
    """Return how a question is graded, in a language in which the lab has an edition; English in any other.

    CourseError where the scheme is missing or does not add up.
    """
    if question not in lab.written:
        raise CourseError(say("no_question", lab=lab.name, question=question, names=listed(lab.written) or tr("none")))
    source = source_notebook(lab)
    if language in languages_of(lab):
        source = finished_edition(lab, source, language)
    cells = source.cells
    place = next(n for n, cell in enumerate(cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == question)
    points, text = lab.written[question].points, cells[place].source
    found = _SCHEME.search(text)
    lines = [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n(?=- )", found[1])] if found else []
    criteria = [Criterion(points=float(m[1]), text=m[2]) for line in lines if (m := _CRITERION.fullmatch(line))]
    total = sum(criterion.points for criterion in criteria)
    if total != points:
        raise CourseError(say("adds_up", file=lab.folder / "notebook.py", question=question, sum=total, points=points))
    notes = [line for line in lines if line and not _CRITERION.fullmatch(line)]
    model = _SCHEME.sub("", text).strip()
    return Rubric(
        question=question, points=points, criteria=criteria, notes=notes, model=model, asked=cells[place - 1].source
    )
