"""The pages and what they ask the server: answers with what they have, and a decision that is to be kept."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from jupyter_server.base.handlers import APIHandler
from tornado.web import HTTPError, StaticFileHandler, authenticated

from aics.language import language
from autograder.course import ClassFolder, CourseError, Lab, labs
from autograder.gradebook.by_hand import give
from autograder.gradebook.pages import prose
from autograder.intake.called import called
from autograder.marking.answers import Answers, Group
from autograder.marking.decisions import Decision, keep, last
from autograder.marking.graders_page import BLIND, HERE, GradersPage
from autograder.marking.regrades import RegradePage
from autograder.marking.rubric import Rubric, rubric
from autograder.marking.spoken import SpokenHandler
from autograder.marking.words import on_page, say
from autograder.regrade.kept import read

LONGEST_COMMENT = 5000


def routes(base_url: str) -> list[tuple[str, type[Any], dict[str, Any]]]:
    """Return the addresses below a server's own."""
    base = base_url.rstrip("/") + "/aics/marking"
    kept: dict[tuple[str, str], Answers] = {}
    return [
        (rf"{base}/?", AllPage, {}),
        (rf"{base}/static/(.*)", StaticFileHandler, {"path": str(HERE / "static")}),
        (rf"{base}/regrades/(\d+)", RegradePage, {}),
        (rf"{base}/(\w+)/(\w+)", QuestionPage, {}),
        (rf"{base}/(\w+)/(\w+)/answers", AnswersApi, {"kept": kept}),
    ]


def _known(lab: str, question: str) -> tuple[Lab, Rubric]:
    try:
        (found,) = labs([lab])
        return found, rubric(found, question, language())
    except CourseError as error:
        raise HTTPError(404, str(error)) from None


class AllPage(GradersPage):
    """The questions that are graded by hand, each with how many answers wait, and the regrade requests."""

    @authenticated
    def get(self) -> None:
        """Show them."""
        state, rows = ClassFolder.current(), []
        for lab in labs():
            for question in lab.written:
                groups = Answers(state, lab.name, question).groups()
                answers = [answer for group in groups for answer in group.answers]
                if answers:
                    rows.append((lab.name, question, sum(a.given.waiting for a in answers), len(answers)))
        kept = read(state)
        decided = [request for number, request in kept.requests.items() if kept.decisions.get(number)]
        blind = bool(os.environ.get(BLIND))
        self.render_page("all.html", rows=rows, open=kept.open, decided=decided, blind=blind)


class QuestionPage(GradersPage):
    """One question with all its answers."""

    @authenticated
    def get(self, lab: str, question: str) -> None:
        """Show it; the script asks for the answers."""
        known, scheme = _known(lab, question)
        self.xsrf_token  # noqa: B018  (asking for it sets the cookie that the script sends back)
        self.render_page(
            "question.html",
            lab=known.name,
            rubric=scheme,
            asked=prose(scheme.asked),
            model=prose(scheme.model),
            grader=self.grader,
            words=json.dumps(on_page()),
        )


class AnswersApi(SpokenHandler, APIHandler):
    """Answers as JSON, and decisions on them."""

    def initialize(self, kept: dict[tuple[str, str], Answers]) -> None:
        """Take what was read before."""
        super().initialize()
        self._kept = kept

    @authenticated
    def get(self, lab: str, question: str) -> None:
        """Write all answers."""
        known, _ = _known(lab, question)
        self.finish(json.dumps(self._told(known, question)))

    @authenticated
    def post(self, lab: str, question: str) -> None:
        """Keep a decision, unless somebody else took one since the page was read."""
        known, scheme = _known(lab, question)
        asked = self._asked(scheme)
        group = next((g for g in self._groups(known, question) if g.id == asked["group"]), None)
        if group is None:
            raise HTTPError(404, say("no_group"))
        if group.version != asked["version"]:
            decision = last(ClassFolder.current(), lab, question).get(group.id)
            self.set_status(409)
            who = decision.grader if decision and decision.grader != asked["grader"] else say("somebody")
            said = say("stale", grader=who, points="-" if group.points is None else f"{group.points:g}")
            self.finish(json.dumps({"said": said, **self._told(known, question)}))
            return
        self._decide(known, question, group, asked)
        self.finish(json.dumps(self._told(known, question)))

    def _decide(self, lab: Lab, question: str, group: Group, asked: Mapping[str, Any]) -> None:
        state, students = ClassFolder.current(), [answer.student for answer in group.answers]
        signed = "\n\n".join(filter(None, [asked["comment"], say("graded_by", grader=asked["grader"])]))
        give(state, lab.name, question, students, asked["points"], signed)
        decision = Decision(
            when=datetime.now(UTC).isoformat(timespec="seconds"),
            question=question,
            students=students,
            **{name: asked[name] for name in ("grader", "group", "criteria", "points", "comment")},
        )
        keep(state, lab.name, decision)

    def _asked(self, scheme: Rubric) -> Mapping[str, Any]:
        """What the page sent, looked through."""
        sent = self.get_json_body() or {}
        try:
            asked = {name: str(sent[name]).strip() for name in ("group", "version", "grader", "comment")}
            points, criteria = float(sent["points"]), [float(each) for each in sent["criteria"]]
        except (TypeError, KeyError, ValueError):
            raise HTTPError(400, "group, version, grader, comment, points, criteria") from None
        fits = len(criteria) == len(scheme.criteria)
        fits = fits and all(0 <= given <= each.points for given, each in zip(criteria, scheme.criteria, strict=True))
        if not fits or not 0 <= points <= scheme.points or not asked["grader"]:
            raise HTTPError(400, say("points_between", most=scheme.points))
        asked["comment"] = asked["comment"][:LONGEST_COMMENT]
        return {**asked, "points": points, "criteria": criteria}

    def _groups(self, lab: Lab, question: str) -> list[Group]:
        answers = self._kept.setdefault((lab.name, question), Answers(ClassFolder.current(), lab.name, question))
        return answers.groups()

    def _told(self, lab: Lab, question: str) -> Mapping[str, Any]:
        state = ClassFolder.current()
        decisions, blind = last(state, lab.name, question), bool(os.environ.get(BLIND))
        names = {} if blind else {student: who.name for student, who in called(state.folder).items()}
        groups = [
            _told_group(group, decisions.get(group.id), names, blind=blind) for group in self._groups(lab, question)
        ]
        return {"groups": groups, "blind": blind}


def _told_group(group: Group, decision: Decision | None, names: Mapping[str, str], *, blind: bool) -> Mapping[str, Any]:
    """A group as the page's script knows it; what was changed in formgrader since the decision counts."""
    holds = decision is not None and decision.points == group.points
    people = [
        {"id": a.student, "name": names.get(a.student) or a.student, "notebook": a.given.notebook}
        for a in group.answers
    ]
    return {
        "id": group.id,
        "version": group.version,
        "html": _shown(group.text),
        "count": len(group.answers),
        "people": [] if blind else people,
        "waiting": group.waiting,
        "points": group.points,
        "comment": decision.comment if decision and holds else group.comment,
        "criteria": list(decision.criteria) if decision and holds else None,
        "grader": decision.grader if decision and holds else "",
    }


@lru_cache(maxsize=4000)
def _shown(text: str) -> str:
    """An answer as HTML; pages ask for all of them every few seconds."""
    return prose(text)
