"""The report as one page that needs nothing beside it: no script, no address of another place but mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import jinja2

from aics.language import language, sentences, tr
from aics.language import listed as in_a_row
from autograder.course import ClassFolder, Lab
from autograder.course.exam import say as say_of_exam
from autograder.gradebook.exam import not_due
from autograder.intake.exams import exams
from autograder.intake.restored import listed
from autograder.report.gathered import missing
from autograder.report.look import to_look_at
from autograder.report.reasons import ClassQuestion
from autograder.report.spread import spread
from autograder.report.standing import Standing
from autograder.report.words import say
from autograder.sandbox.levels import SAFEST

TEMPLATES = Path(__file__).parent / "templates"
#: Characters that mail programs take in one address line.
LONGEST_MAIL = 1800
#: The mark of a question's field in the table of students, by what became of it.
SIGNS = {"right": "+", "partly": "~", "wrong": "\N{MINUS SIGN}", "untouched": "o", "unasked": "n", "": ""}
STATUSES = ("right", "partly", "wrong", "untouched")


def page(
    state: ClassFolder, lab: Lab, standings: Sequence[Standing], questions: Sequence[ClassQuestion], when: datetime
) -> str:
    """Return the page, in HTML."""
    known = environment(say=say, signs=SIGNS, statuses=STATUSES, mail=mail, addresses=addresses, counted=counted)
    return known.get_template("report.html").render(
        lab=lab,
        folder=state.folder,
        when=f"{when:%Y-%m-%d %H:%M}",
        standings=standings,
        questions=questions,
        timed=[question for question in questions if question.readings],
        spread=spread(standings),
        looks=to_look_at(standings, questions),
        missing=missing(state, standings),
        levels=_levels(standings),
        safest=SAFEST,
        full=[s for s in standings if s.verdicts and s.total.points >= s.total.out_of],
        waiting=[s for s in standings if s.total.waiting],
        regrade=_regrade(state, lab),
        exam=said_of_exam(state, lab),
    )


def said_of_exam(state: ClassFolder, lab: Lab) -> str:
    """Return what is said of a lab that is an exam, or was, and of pages that are not as they should be; else ""."""
    exam, old = exams(state.folder).get(lab.name), not_due(state, lab.name)
    said = [exam.said("report.on" if exam.is_on else "report.over")] if exam else []
    due = [say_of_exam("not_due", lab=lab.name, count=len(old), names=listed(old))] if old else []
    return sentences(*said, *due)


def environment(*templates: Path, **known: object) -> jinja2.Environment:
    """Return what fills templates of these folders and of this room: everything is escaped, and no blank is left."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([*templates, TEMPLATES]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(language=language, listed=in_a_row, sentences=sentences, gap=gap, **known)
    return made


def gap() -> str:
    """Return what stands between two sentences of which one is set in bold: a blank, or nothing."""
    return tr("{first} {then}", first="", then="")


def counted(question: ClassQuestion) -> str:
    """Return how many are right, partly right, and so on, as far as anybody is."""
    numbers = {status: question.counts[status] for status in STATUSES if question.counts[status]}
    return in_a_row(say("how_many.one", number=number, status=say(status)) for status, number in numbers.items())


def mail(standings: Sequence[Standing], subject: str, text: str) -> str:
    """Return a link that begins a letter to all of these, each unseen by the others; "" where it cannot hold them."""
    if not (to := addresses(standings)):
        return ""
    link = f"mailto:?bcc={quote(','.join(to))}&subject={quote(subject)}&body={quote(text)}"
    return link if len(link) <= LONGEST_MAIL else ""


def addresses(standings: Sequence[Standing]) -> list[str]:
    """Return the e-mail addresses that are known of these."""
    return [standing.called.email for standing in standings if standing.called.email]


def _levels(standings: Sequence[Standing]) -> Mapping[str, int]:
    return Counter(standing.isolation for standing in standings if standing.isolation)


def _regrade(state: ClassFolder, lab: Lab) -> str:
    """The command that asks one question again of whoever lost points there; the question's name follows."""
    return f"autograder grade {state.submitted} --lab {lab.name} --failed --again --only"
