"""What two machines must have in common: the rules that make a verdict, as one short name."""

from __future__ import annotations

from functools import lru_cache

from autograder.authoring.source import source_notebook
from autograder.course import Lab, labs
from autograder.grading.digests import digest_of
from autograder.grading.key import RunSettings, VerdictKeys
from autograder.grading.steps import steps_of


@lru_cache
def rules() -> str:
    """A short name of all that decides verdicts here: labs, engine, data, installed packages.

    It is the same on two machines where the same hand-in has the same keys. CourseError where a lab was not built.
    """
    return digest_of(*(part for lab in labs() for part in (lab.name, *_keys(lab))))[:16]


def _keys(lab: Lab) -> list[str]:
    steps = steps_of(source_notebook(lab), lab.questions)
    return list(VerdictKeys(lab).of(steps, RunSettings(isolation="")).values())


def wanted(isolation: str) -> str:
    """What a worker must offer that is to take hand-ins at this level, by these rules."""
    return f"{isolation} {rules()}"
