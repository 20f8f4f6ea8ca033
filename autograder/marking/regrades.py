"""One regrade request as a page: what the student says, the verdict with its pictures, the code, and a decision."""

from __future__ import annotations

import os

from tornado.web import HTTPError, authenticated

from aics.card.card import Card
from autograder.course import ClassFolder, CourseError
from autograder.gradebook.pages import prose
from autograder.marking.graders_page import BLIND, GradersPage
from autograder.regrade import shown
from autograder.regrade.decided import Deciding, decide
from autograder.regrade.kept import Kept, read
from autograder.regrade.opened import Opened, opened
from autograder.regrade.words import say

#: Characters of a comment.
LONGEST = 5000


class RegradePage(GradersPage):
    """One request, opened; it is decided by its form, which needs no script."""

    @authenticated
    def get(self, number: str) -> None:
        """Show it."""
        self._show(int(number), "")

    @authenticated
    def post(self, number: str) -> None:
        """Decide it and go on to the next that is open; where that cannot be, say why and keep what was typed."""
        state = ClassFolder.current()
        try:
            decide(state, int(number), self._deciding())
        except CourseError as error:
            self._show(int(number), str(error))
            return
        waiting = [request.number for request in read(state).open]
        following = next((each for each in waiting if each > int(number)), next(iter(waiting), None))
        self.redirect(f"{self.base}/regrades/{following}" if following else self.base)

    def _deciding(self) -> Deciding:
        """What the form says."""
        points, seen = self._number("points"), self._number("seen")
        return Deciding(
            grader=self.get_body_argument("grader", "")[:200],
            points=None if f"{points:g}" == f"{seen:g}" else points,
            comment=self.get_body_argument("comment", "")[:LONGEST].replace("\r\n", "\n"),
            again=self.get_body_argument("again", "") == "yes",
            seen=seen,
        )

    def _number(self, name: str) -> float:
        try:
            return float(self.get_body_argument(name, ""))
        except ValueError:
            raise HTTPError(400, name) from None

    def _show(self, number: int, refused: str) -> None:
        state = ClassFolder.current()
        kept = read(state)
        try:
            about = opened(state, kept, number)
        except CourseError as error:
            raise HTTPError(404, str(error)) from None
        self.set_status(409 if refused else 200)
        typed = {name: self.get_argument(name, "") for name in ("points", "comment", "grader")}
        self.render_page("regrade.html", about=about, refused=refused, **_told(state, kept, about), **self._form(typed))

    def _form(self, typed: dict[str, str]) -> dict[str, object]:
        return {"xsrf": self.xsrf_token.decode(), "typed": typed, "by": typed["grader"] or self.grader}


def _told(state: ClassFolder, kept: Kept, about: Opened) -> dict[str, object]:
    """What the page says of a request, besides its form."""
    blind = bool(os.environ.get(BLIND))
    return {
        "words": say,
        "who": say("blind") if blind else about.name,
        "blind": blind,
        "gradebook": shown.gradebook_line(about),
        "verdict": shown.verdict_line(about),
        "card": Card(about.verdict).html() if about.verdict else "",
        "answer": "" if about.verdict else prose(about.answer),
        "code": about.answer if about.verdict else "",
        "rules": list(shown.rules_lines(state, about)),
        "decided": [shown.decision_text(decision) for decision in about.decisions],
        "left": len(kept.open),
    }
