"""The sheet as one page that prints: a student's part on pages of its own; what comes from students is escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aics.card.html import escape
from aics.language import language, listed
from aics.own.asked import Asked
from aics.own.messages import plain, question_words, right_words
from autograder.oral.examined import About, Examined
from autograder.oral.messages import ANSWERED, STYLE, say


def sheet(lab: str, parts: Sequence[Examined]) -> str:
    """Return the page."""
    title = escape(say("title", lab=lab))
    body = "".join(map(_part, parts))
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body><h1>{title}</h1><p>{escape(say('about'))}</p>{body}</body></html>\n"
    )


def _part(part: Examined) -> str:
    others = f"<p>{escape(say('not_right', names=listed(part.others)))}</p>" if part.others else ""
    body = "".join(map(_about, part.about)) or f"<p>{escape(say('nothing'))}</p>"
    return f"<section><h2>{escape(say('student', student=part.student))}</h2>{body}{others}</section>\n"


def _about(about: About) -> str:
    points = say("points", score=f"{about.verdict.score:g}", most=f"{about.verdict.max_score:g}")
    head = f"<h3>{escape(about.verdict.question)} {escape(points)}</h3>"
    if not about.asked:
        return f"<article>{head}<p>{escape(say('none'))}</p></article>"
    answers = [*about.answers[: len(about.asked)], *([None] * len(about.asked))]
    asked = "".join(_asked(one, answer) for one, answer in zip(about.asked, answers, strict=False))
    marked = {one.line for one in about.asked if one.form != "line"}
    case = f"<p>{escape(say('case', case=about.asked[0].case, words=about.case))}</p>"
    return f"<article>{head}{_code(about.lines, marked)}{case}{asked}</article>"


def _asked(asked: Asked, answer: object) -> str:
    lines = [
        f"<p>{_prose(question_words(asked))}</p>",
        f'<div class="said">{escape(say("said"))}</div>',
        f'<p class="answer">{escape(say("answer", right=right_words(asked)))}</p>',
    ]
    if answer is not None:
        lines.append(f"<p>{escape(say(ANSWERED[asked.holds(answer) is True], given=plain(answer)))}</p>")
    return "".join(lines)


def _code(lines: Sequence[str], marked: set[int]) -> str:
    """A cell with its lines numbered; those that are asked about stand out."""
    numbered = ((number, f"{number:>3}  {escape(line)}") for number, line in enumerate(lines, 1))
    return "<pre>" + "\n".join(f"<mark>{text}</mark>" if n in marked else text for n, text in numbered) + "</pre>"


def _prose(text: str) -> str:
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escape(text))
