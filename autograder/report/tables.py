"""A report as rows: a table with a line for each student, and all of it as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from autograder.course import Lab
from autograder.gradebook.total import Mark
from autograder.report.reasons import ClassQuestion
from autograder.report.standing import Standing

#: What a spreadsheet takes for a formula, where a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(lab: Lab, standings: Sequence[Standing]) -> str:
    """Return a CSV with a line for each student: who, every kind of points apart, and a column for each question.

    A question's column has the points that the gradebook holds; it is empty where there are none.
    """
    graded = [*lab.questions, *lab.written]
    text = io.StringIO()
    writer = csv.DictWriter(text, [*_about(standings[0], lab), *graded], lineterminator="\r\n")
    writer.writeheader()
    for standing in standings:
        row = {**_about(standing, lab), **_points(standing, graded)}
        writer.writerow({name: _plain(value) for name, value in row.items()})
    return text.getvalue()


def _about(standing: Standing, lab: Lab) -> dict[str, object]:
    total = standing.total
    return {
        "id": standing.student,
        "name": standing.called.name,
        "email": standing.called.email,
        "lab": lab.name,
        "score": round(total.score, 2),
        "final": "no" if total.waiting or not standing.marks else "yes",
        "code": round(total.points, 2),
        "code_out_of": total.out_of,
        "words": round(total.written, 2),
        "words_out_of": total.written_out_of,
        "words_waiting": total.waiting,
        "bonus": round(total.bonus, 2),
        "penalty": round(total.penalty, 2),
        "handed_in": standing.handed_in,
        "late": standing.late,
        "isolation": standing.isolation,
        "failed": standing.failed,
    }


def _points(standing: Standing, graded: Sequence[str]) -> dict[str, object]:
    marks = {name: mark for name in graded if (mark := standing.marks.get(name)) and not _unread(name, mark, standing)}
    return {name: round(mark.score + mark.extra, 2) for name, mark in marks.items()}


def _unread(name: str, mark: Mark, standing: Standing) -> bool:
    """Whether it is an answer in words that nobody graded yet: no points, which is something else than 0."""
    return mark.waiting and name not in standing.verdicts


def _plain(value: object) -> object:
    """What was typed by others, so that no spreadsheet takes it for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def as_json(
    lab: Lab, standings: Sequence[Standing], questions: Sequence[ClassQuestion], exam: str = ""
) -> Mapping[str, object]:
    """Return the report as JSON's types: the lab, its questions with reasons and cases, and its students.

    exam : what is said of it as an exam, if it is one
    """
    return {
        "lab": lab.name,
        **({"exam": exam} if exam else {}),
        "questions": [_question(question) for question in questions],
        "students": [_student(standing, lab) for standing in standings],
    }


def _question(question: ClassQuestion) -> Mapping[str, object]:
    return {
        "question": question.name,
        "points": question.question.points,
        "bonus": question.question.bonus,
        **question.counts,
        "mean_points": round(question.average, 3),
        "reasons": [
            {
                "reason": reason.title,
                "sure": reason.sure,
                "hint": reason.hint,
                "points_lost": reason.lost,
                "students": [standing.student for standing in reason.standings],
            }
            for reason in question.reasons
        ],
        "cases": question.cases,
        "failed_first_at": {number: len(who) for number, who in question.failed_first.items()},
        "speed": [{"student": r.standing.student, "ratio": round(r.ratio, 3)} for r in question.readings],
    }


def _student(standing: Standing, lab: Lab) -> Mapping[str, object]:
    verdicts = [
        {"question": name, "score": v.score, "max_score": v.max_score, "rung": v.rung, "reason": v.said}
        for name, v in standing.verdicts.items()
    ]
    about = {name: value for name, value in _about(standing, lab).items() if name != "lab"}
    said = {"remarks": list(standing.remarks), "regrade_requests": list(standing.regrades)}
    return {**about, **said, "verdicts": verdicts}
