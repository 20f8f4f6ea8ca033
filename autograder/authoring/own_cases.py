"""The public cases of a question with one student's parameters: built when they are first asked for, then kept."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from aics.check.reference import PublicQuestion, Reference, save
from autograder import whole
from autograder.authoring.public_cases import public_questions
from autograder.course import LABS, ROOT, Lab

#: Git ignores it.
FOLDER = ROOT / ".parameters"


def own_cases(lab: Lab, question: str) -> Path:
    """Return the reference file of one question that has parameters of its own."""
    path = FOLDER / lab.name / f"{question}-{_digest(lab, question)}.npz"
    if not path.exists():
        with tempfile.TemporaryDirectory() as scratch:
            fresh = Path(scratch) / path.name
            save(fresh, public_questions(_alone(lab, question), (question,)))
            whole.write_bytes(path, fresh.read_bytes())
    return path


@lru_cache
def own_public_question(lab: Lab, question: str) -> PublicQuestion:
    """Return what the student's own check knows of such a question."""
    return Reference(own_cases(lab, question)).question(question)


def _alone(lab: Lab, question: str) -> Lab:
    """The lab with no other question's parameters: they make no difference here."""
    return lab.having({question: drawn} if (drawn := lab.drawn_of(question)) else {})


def _digest(lab: Lab, question: str) -> str:
    """What tells one file from another: the parameters, and everything that it is made from."""
    return sha256(f"{json.dumps(_alone(lab, question).drawn)} {_sources(lab)}".encode()).hexdigest()[:16]


@lru_cache
def _sources(lab: Lab) -> str:
    digest = sha256()
    for file in _files(lab):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()


def _files(lab: Lab) -> Iterator[Path]:
    """What decides public cases: this lab and those that it starts from, the judge, and what builds them."""
    folders = [folder for each in (lab, *lab.earlier) for folder in (each.folder, each.public)]
    for folder in (*folders, LABS / "aics" / "check", LABS / "aics" / "doubles", Path(__file__).parent):
        yield from sorted(folder.rglob("*.py"))
