"""Which parameters a student's questions have: by the course's secret and the student's id, without any file."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from functools import lru_cache

from aics.parameters.drawn import number_of, token_of
from autograder.course import ClassFolder, Lab
from autograder.course.parameters import Drawn, Kept, kept
from autograder.course.varying import Varying
from autograder.grading.seeds import course_secret


def key_of(state: ClassFolder) -> bytes:
    """The key that a release holds; the secret does not follow from it."""
    return hmac.new(course_secret(state.folder), b"parameters", hashlib.sha256).digest()


def drawn_for(state: ClassFolder, lab: Lab, student: str) -> dict[str, Drawn]:
    """Question -> parameters of those questions that differ in this class; empty where none does."""
    names = Varying.read(state.folder).of(lab.name)
    if not names:
        return {}
    key = key_of(state)
    token = token_of(key, student)
    known = {name: parameters for name in names if (parameters := lab.parameters[name])}
    return {name: each.drawn(number_of(key, token, lab.name, name)) for name, each in known.items()}


def own_lab(state: ClassFolder, lab: Lab, student: str) -> Lab:
    """The lab as a student has it; itself where nothing differs."""
    drawn = drawn_for(state, lab, student)
    return _having(lab, kept(drawn)) if drawn else lab


@lru_cache
def _having(lab: Lab, drawn: Kept) -> Lab:
    """One lab for all students with the same parameters: its files are read once."""
    return replace(lab, drawn=drawn)
