"""Requests and decisions of a class, kept for good: a line of JSON for each, and no line is ever changed."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TextIO

from autograder.course import ClassFolder, CourseError
from autograder.grading.verdict_json import Json
from autograder.regrade.words import say


@dataclass(frozen=True, kw_only=True)
class Request:
    """What one student asks about one question.

    Attributes
    ----------
    number : int
        Its number in the class, from 1; 0 until it is kept.
    when : str
        When it was taken in: time in UTC, ISO 8601.
    student, lab, question : str
    says : str
        May be empty.
    source : str
        The file, and the line or cell in it.
    """

    number: int = 0
    when: str
    student: str
    lab: str
    question: str
    says: str
    source: str

    @property
    def about(self) -> tuple[str, str, str]:
        """Whose answer, to what."""
        return self.student, self.lab, self.question


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a person decided on a request, and on which grounds.

    Attributes
    ----------
    number : int
        The request's.
    when, grader : str
        Time in UTC, ISO 8601; who took it.
    kept : bool
        The points stayed.
    before, points : float
        What the gradebook had, and has from then on.
    comment : str
        As it was typed.
    rules, isolation : str
        The version of the rules by which the verdict was made, and at which level; "" where there is none.
    verdict : JSON
        The verdict that was looked at, as `autograder.grading.verdict_json` writes it; None where there is none.
    """

    number: int
    when: str
    grader: str
    kept: bool
    before: float
    points: float
    comment: str
    rules: str
    isolation: str
    verdict: Json


@dataclass(frozen=True)
class Kept:
    """All requests of a class, by number, and the decisions on each, the last one last."""

    requests: Mapping[int, Request]
    decisions: Mapping[int, Sequence[Decision]]

    @property
    def open(self) -> list[Request]:
        """The requests that nobody decided."""
        return [request for number, request in self.requests.items() if not self.decisions.get(number)]

    def request(self, number: int) -> Request:
        """Return one request; raises CourseError where there is none."""
        if number not in self.requests:
            raise CourseError(say("no_number", number=number))
        return self.requests[number]


def path_of(state: ClassFolder) -> Path:
    """Where a class's requests and decisions are kept."""
    return state.folder / "regrades.jsonl"


def read(state: ClassFolder) -> Kept:
    """Return what is kept; a line that cannot be read is passed over."""
    path = path_of(state)
    return _read(path.read_text("utf-8", errors="replace") if path.exists() else "")


class Book:
    """The file while this process alone may write it."""

    def __init__(self, file: TextIO) -> None:
        """Read what is kept."""
        self._file, self._text = file, file.read()
        self.kept = _read(self._text)

    def add(self, requests: Sequence[Request]) -> list[Request]:
        """Keep requests under the next numbers, and return them with these."""
        first = max(self.kept.requests, default=0) + 1
        numbered = [replace(request, number=first + n) for n, request in enumerate(requests)]
        self._write("request", numbered)
        return numbered

    def decide(self, decision: Decision) -> None:
        """Keep a decision; earlier ones on the same request stay."""
        self._write("decision", [decision])

    def _write(self, kind: str, added: Sequence[Request | Decision]) -> None:
        """Add lines to what the file has; one that was cut off is ended first."""
        text = "\n" if added and self._text and not self._text.endswith("\n") else ""
        text += "".join(json.dumps({kind: asdict(each)}, ensure_ascii=False) + "\n" for each in added)
        self._file.write(text)
        self._text += text
        self.kept = _read(self._text)


@contextmanager
def book(state: ClassFolder) -> Iterator[Book]:
    """Open what is kept, to add to it: two people may take requests in, or decide, at once."""
    path = path_of(state)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8", errors="replace", newline="") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        yield Book(file)


def _read(text: str) -> Kept:
    requests, decisions = dict[int, Request](), dict[int, list[Decision]]()
    for line in text.split("\n"):
        try:
            data = json.loads(line)
            if "request" in data:
                request = Request(**data["request"])
                requests[request.number] = request
            else:
                decision = Decision(**data["decision"])
                decisions.setdefault(decision.number, []).append(decision)
        except (ValueError, TypeError, KeyError):
            continue
    return Kept(requests, decisions)
