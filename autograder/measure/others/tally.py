"""What each course's checks let through and refuse, in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from autograder.measure.others.compared import Compared
from autograder.measure.others.courses import COURSES, NBGRADER

#: What the table calls the two kinds of wrong answers, and their kind.
WRONG = {"mistakes": "misconception", "mutants": "mutant"}
RIGHT = ("solution", "alternative")


def tallies(found: Sequence[Compared]) -> list[dict[str, Any]]:
    """A row of numbers for each course and kind of wrong answers; right answers stand in a course's first row."""
    rows = []
    for course in COURSES:
        asked = [each for each in found if course.name in each.wrong]
        for number, (what, kind) in enumerate(WRONG.items()):
            if asked:
                rows.append({"course": course.name, "what": what} | _counts(course.name, kind, asked, not number))
    return rows


def by_question(found: Sequence[Compared]) -> list[dict[str, Any]]:
    """The same for each question alone."""
    questions = dict.fromkeys((each.lab, each.question) for each in found)
    return [
        {"lab": lab, "question": question} | row
        for lab, question in questions
        for row in tallies([each for each in found if (each.lab, each.question) == (lab, question)])
    ]


def _counts(course: str, kind: str, asked: Sequence[Compared], first: bool) -> dict[str, Any]:
    wrong = [each for each in asked if each.kind == kind and each.wrong[course]]
    right = [each for each in asked if each.kind in RIGHT] if first else []
    best = best_cases(asked)
    return {
        "questions": len({(each.lab, each.question) for each in asked}),
        "wrong": len(wrong),
        "through": sum(not refused(each, course, best) for each in wrong),
        "through_ours": sum(not each.ours[course] for each in wrong),
        "right": len(right),
        "refused": sum(refused(each, course, best) for each in right),
        "refused_ours": sum(each.wrong[course] or each.ours[course] for each in right),
    }


def refused(each: Compared, course: str, best: dict[tuple[str, str], int]) -> bool:
    """Whether this course's check refuses an answer; `best` is the one case of each question that nbgrader gets."""
    return each.cases[best[each.lab, each.question]] if course == NBGRADER.name else each.theirs[course]


def best_cases(found: Iterable[Compared]) -> dict[tuple[str, str], int]:
    """Of each question the public case that refuses the most wrong answers, the first of equals."""
    kept: dict[tuple[str, str], list[Compared]] = {}
    for each in found:
        kept.setdefault((each.lab, each.question), []).append(each)
    return {question: _best(answers) for question, answers in kept.items()}


def _best(answers: Sequence[Compared]) -> int:
    wrong = [each for each in answers if each.kind not in RIGHT]
    return max(range(len(answers[0].cases)), key=lambda case: sum(each.cases[case] for each in wrong))
