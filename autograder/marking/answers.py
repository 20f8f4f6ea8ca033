"""All answers to one question, read from the graded notebooks; those that say the same are one."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aics.language import speaking
from aics.language.spoken import ENGLISH
from aics.parameters.messages import drawn_words
from autograder.course import ClassFolder, Lab
from autograder.gradebook.by_hand import Given, given
from autograder.gradebook.graded_notebook import path_of_notebook, source_of
from autograder.grading.own_parameters import drawn_for
from autograder.marking.words import say


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One student's answer, and what it has so far."""

    student: str
    text: str
    given: Given


@dataclass(frozen=True, kw_only=True)
class Group:
    """Students who wrote the same, but for blanks and ends of lines.

    Attributes
    ----------
    id : str
        Told from the text alone, so it stays the same when others hand in.
    answers : sequence of Answer
        At least one, by student.
    """

    id: str
    answers: Sequence[Answer]

    @property
    def text(self) -> str:
        """What they wrote, in Markdown."""
        return self.answers[0].text

    @property
    def waiting(self) -> bool:
        """Whether any of them waits for points."""
        return any(answer.given.waiting for answer in self.answers)

    @property
    def points(self) -> float | None:
        """The points that all of them have; None where they differ or there are none."""
        points = {answer.given.points for answer in self.answers}
        return points.pop() if len(points) == 1 else None

    @property
    def comment(self) -> str:
        """The comment that all of them have; "" where they differ."""
        comments = {answer.given.comment for answer in self.answers}
        return comments.pop() if len(comments) == 1 else ""

    @property
    def version(self) -> str:
        """Another one as soon as anybody gave any of them anything."""
        said = [(a.student, a.given.points, a.given.comment, a.given.waiting) for a in self.answers]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


class Answers:
    """The answers of a class; notebooks that did not change are not read again."""

    def __init__(self, state: ClassFolder, lab: str, question: str) -> None:
        """Read nothing yet."""
        self._state, self._lab, self._question, self._known = state, lab, question, Lab(lab)
        self._texts: dict[Path, tuple[int, str]] = {}

    def groups(self) -> list[Group]:
        """Return all answers, the ones that most wrote first, then by text, so that like stands beside like.

        An answer that cannot be read, since its graded notebook is gone, is nobody else's.
        """
        found: defaultdict[str, list[Answer]] = defaultdict(list)
        for student, has in sorted(given(self._state, self._lab, self._question).items()):
            written = self._text(student)
            text = self._with_parameters(student, written)
            with speaking(ENGLISH):  # a decision is found again by it, whatever the next grader speaks
                same = self._with_parameters(student, written)
            found[_id(same if same.strip() else student)].append(Answer(student=student, text=text, given=has))
        groups = [Group(id=id_, answers=answers) for id_, answers in found.items()]
        return sorted(groups, key=lambda group: (-len(group.answers), group.text))

    def _with_parameters(self, student: str, text: str) -> str:
        """An answer below the student's own parameters, where the question has any: it is to be read by these."""
        drawn = drawn_for(self._state, self._known, student).get(self._question)
        said = say("parameters", drawn=drawn_words(dict(drawn))) if drawn else ""
        return f"*{said}*\n\n{text}" if said and text.strip() else text

    def _text(self, student: str) -> str:
        path = path_of_notebook(self._state.folder / "autograded", student, self._lab)
        try:
            changed = path.stat().st_mtime_ns
            if self._texts.get(path, (0, ""))[0] != changed:
                self._texts[path] = changed, source_of(path, self._question)
        except (OSError, ValueError):
            return ""
        return self._texts[path][1]


def _id(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()[:16]
