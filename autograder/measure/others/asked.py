"""What another course asks that a lab asks too: ``OTHERS`` in ``solutions/<lab>/others.py``."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
    path = lab.folder / "others.py"
    spec = importlib.util.spec_from_file_location(f"{lab.name}_others", path)
    if not path.exists() or spec is None or spec.loader is None:
        return []
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: list[Asked] = list(module.OTHERS)
    for each in found:
        if each.question not in lab.questions:
            raise CourseError(f"{path}: {each.question!r} is no question of {lab.name}; there are: {[*lab.questions]}")
    return found
