"""What another course asks that a lab asks too: ``OTHERS`` in ``solutions/<lab>/others*.py``."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from aics.language import tr
from autograder.course import CourseError, Lab
from autograder.course.question import Case
from autograder.measure.others.courses import Course
from autograder.measure.others.rules import Rule


@dataclass(frozen=True)
class Check:
    """One case of another course as this lab's ask takes it, and how what comes back is compared.

    `names` are the outputs that are looked at; what else the ask returns may be missing.
    """

    case: Case
    names: tuple[str, ...]
    holds: Rule


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question that another course asks too.

    Attributes
    ----------
    by : Course
    question : str
        The question's name in this lab.
    where : str
        Where in the course's material its check stands.
    checks : callable
        All cases of that check; an answer must hold in each.
    outputs : tuple of str
        What of the question the course asks for; empty: all.
    as_asked : callable, optional
        Takes what the course leaves open out of one of our cases, so that no answer is called wrong for it.
    """

    by: Course
    question: str
    where: str
    checks: Callable[[], Sequence[Check]]
    outputs: tuple[str, ...] = ()
    as_asked: Callable[[Case], Case] | None = None


def asked(lab: Lab) -> list[Asked]:
    """What others ask too; nothing where the lab's folder does not say. CourseError for what is no question of it."""
    return [each for path in sorted(lab.folder.glob("others*.py")) for each in _of_file(lab, path)]


def _of_file(lab: Lab, path: Path) -> list[Asked]:
    found: list[Asked] = runpy.run_path(str(path)).get("OTHERS", [])
    for each in found:
        if each.question not in lab.questions:
            raise CourseError(
                tr(
                    "{path}: {question!r} is no question of {lab}; there are: {questions}",
                    path=path,
                    question=each.question,
                    lab=lab.name,
                    questions=[*lab.questions],
                )
            )
    return found
