"""What is said of people's files while they are searched, before the people have ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from autograder.intake.handin import MAX_REMARKS, Remark, one_line
from autograder.intake.messages import say
from autograder.intake.names import Person


class Remarks:
    """Sentences about files, each with the person whose file it is; None where it is nobody's."""

    def __init__(self) -> None:
        self._said: list[tuple[Person | None, str, str]] = []

    def say(self, person: Person | None, origin: str, sentence: str) -> None:
        """Say something about a file, in one line."""
        self._said.append((person, one_line(origin, 300), one_line(sentence, 500)))

    def people(self) -> set[Person]:
        """Return everyone of whom something is said."""
        return {person for person, _, _ in self._said if person}

    def by_student(self, ids: Mapping[Person, str]) -> list[Remark]:
        """Return all remarks in the order of students, not too many of one."""
        found: defaultdict[str, list[Remark]] = defaultdict(list)
        for person, origin, sentence in self._said:
            student = ids[person] if person else ""
            found[student].append(Remark(student=student, path=origin, sentence=sentence))
        for student, remarks in found.items():
            if student and len(remarks) > MAX_REMARKS:
                more = say("more_remarks", count=len(remarks) - MAX_REMARKS)
                remarks[MAX_REMARKS:] = [Remark(student=student, path=remarks[-1].path, sentence=more)]
        return [remark for student in sorted(found) for remark in found[student]]
