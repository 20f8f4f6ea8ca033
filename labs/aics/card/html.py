"""A verdict as HTML: styled for the themes of Jupyter and VS Code, and plain enough to survive a feedback page.

nbconvert's sanitiser keeps div, span, strong, code and pre with their classes, drops style, and writes
every other tag out as text (even the tbody that it adds to a table itself). So `sanitised` HTML has
only those, and Bootstrap's classes, which nbgrader's pages load, give it its looks.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import partial

from aics.card.pictures import error_words, evidence_svg, slice_words, speed_svg, speed_words
from aics.card.status import Status, points_words, status_of
from aics.card.theme import INK, LINE, MONO, MUTED, PAPER, SANS, TINT
from aics.card.words import clean, say, steps
from aics.check.verdict import Evidence, SpeedReading, Verdict
from aics.language import language, sentences
from aics.language.spoken import ENGLISH

LABELS = "76px"  # width of the column of labels

TABLE = "border:none;border-collapse:collapse;table-layout:auto;font-size:13px"
FRAME = (
    f"box-sizing:border-box;max-width:740px;margin:4px 0;padding:12px 16px 14px 14px;"
    f"border:1px solid {LINE};border-radius:5px;"
    f"color:{INK};background:{PAPER};font:14px/1.5 {SANS};"
)


#: What a sanitiser drops, and most of a card in a graded notebook; in a text its quotation marks are escaped.
STYLE = re.compile(r' style="[^"]*"')


def card_html(verdict: Verdict, *, sanitised: bool = False) -> str:
    """Return the whole card; if `sanitised`, with only those tags that a feedback page keeps."""
    status = status_of(verdict)
    facts = [(key, getattr(verdict, key)) for key in ("reads", "expected", "got", "case")]
    pictures = _pictures(verdict.evidence, verdict.speed, sanitised=sanitised)
    moves = [("next", verdict.next_move), *(("also", note) for note in verdict.notes)]
    advice = "".join(_move(key, text, sanitised=sanitised) for key, text in moves if text)
    parts = [
        _block(prose(verdict.said), "margin-top:8px"),
        _facts([(say(key), value) for key, value in facts if value], sanitised=sanitised),
        _known_mistake(verdict, sanitised=sanitised),
        # On a feedback page the pictures come below the card, so their captions stand last.
        advice + pictures if sanitised else pictures + advice,
    ]
    style = f"{FRAME}border-left:5px solid {status.colour}"
    page = (
        f'<div class="aics-card panel panel-{status.tone}"{spoken()} style="{style}">'
        f"{_head(verdict, status, sanitised=sanitised)}"
        f'<div class="panel-body" style="padding:0">{"".join(parts)}</div></div>'
    )
    return STYLE.sub("", page) if sanitised else page


def spoken() -> str:
    """Return the attribute that tells a browser the language, by which it chooses glyphs; "" for English."""
    return "" if language() == ENGLISH else f' lang="{html.escape(language())}"'


def escape(text: object) -> str:
    """Return text of any origin as HTML that shows just that text."""
    return html.escape(clean(text))


def prose(text: str) -> str:
    """Return a sentence as HTML; what stands in backticks becomes code."""
    style = f"font-family:{MONO};font-size:13px;color:inherit;background:none;padding:0"
    return re.sub(r"`([^`\n]+)`", rf'<code style="{style}">\1</code>', escape(text))


def badge(status: Status) -> str:
    """Return the status as HTML: a symbol and a word on its colour."""
    style = (
        f"display:inline-block;padding:0 9px;border-radius:10px;font-size:12px;line-height:20px;"
        f"font-weight:600;white-space:nowrap;color:#fff;background:{status.colour}"
    )
    words = f"{status.symbol} {escape(status.word)}"
    return f'<span class="label label-{status.tone}" style="{style}">{words}</span>'


def _head(verdict: Verdict, status: Status, *, sanitised: bool) -> str:
    """Status, the question's name, and its points at the far end.

    A sanitised page has the status in words: Bootstrap's own labels are white on light colours.
    """
    shown = f"<strong>{status.symbol} {escape(status.word)}</strong>" if sanitised else badge(status)
    points = escape(points_words(verdict.score, verdict.max_score, bonus=verdict.bonus))
    style = "display:flex;flex-wrap:wrap;align-items:center;gap:4px 10px;padding:0;border:none;background:none"
    return (
        f'<div class="panel-heading" style="{style}">{shown} '
        f'<strong style="font-size:15px;font-weight:600">{escape(verdict.question)}</strong> '
        f'<strong class="pull-right" style="margin-left:auto;font-weight:600">{points}</strong></div>'
    )


def _facts(rows: list[tuple[str, str]], *, sanitised: bool) -> str:
    """Got, expected and the case, a row each."""
    if not rows:
        return ""
    if sanitised:
        return _block("".join(_row(label, _code(value)) for label, value in rows), "")
    cell = "padding:2px 14px 2px 0;border:none;text-align:left;vertical-align:baseline;white-space:normal;"
    first = f"padding-right:0;box-sizing:border-box;min-width:{LABELS};font-weight:400;color:{MUTED}"
    body = "".join(
        f'<tr style="background:none"><th scope="row" style="{cell}{first}">{escape(label)}</th>'
        f'<td style="{cell}color:{INK}">{_code(value)}</td></tr>'
        for label, value in rows
    )
    table = f"margin:8px 0 0;{TABLE};color:{INK}"
    return f'<table style="{table}"><tbody>{body}</tbody></table>'


def _code(value: str) -> str:
    """What a program said, its lines kept."""
    tag = "pre" if "\n" in value else "code"
    style = (
        f"margin:0;padding:0;border:none;background:none;color:inherit;font-family:{MONO};font-size:13px;"
        "line-height:1.5;white-space:pre-wrap;overflow-wrap:anywhere"
    )
    return f'<{tag} style="{style}">{escape(value)}</{tag}>'


def _known_mistake(verdict: Verdict, *, sanitised: bool) -> str:
    """The misconception that the answer equals, set apart."""
    if not verdict.hint:
        return ""
    style = f"margin:10px 0 0;padding:8px 12px;border:none;border-radius:4px;box-shadow:none;background:{TINT}"
    return (
        f'<div class="well well-sm" style="{style}"><strong style="font-weight:600">'
        f"{escape(say(f'known_mistake.{verdict.grounds}'))}</strong><div>{prose(verdict.hint)}</div>"
        f"{_worked(verdict, sanitised=sanitised)}</div>"
    )


def _worked(verdict: Verdict, *, sanitised: bool) -> str:
    """The hint step by step, behind a fold; a sanitised page has no folds and shows it open."""
    if not verdict.worked:
        return ""
    body = "".join(f'<div style="margin-top:6px">{prose(step)}</div>' for step in steps(verdict.worked))
    if sanitised:
        return f"<div>{escape(say('worked'))}</div>{body}"
    summary = f'<summary style="cursor:pointer;font-weight:600">{escape(say("worked"))}</summary>'
    return f'<details style="margin-top:8px">{summary}{body}</details>'


def _pictures(evidence: Evidence | None, speed: SpeedReading | None, *, sanitised: bool) -> str:
    """The pictures with their captions; a sanitised page has them as an image of their own."""
    parts: list[tuple[Callable[[], str], str]] = []
    if evidence is not None:
        style = f"font-family:{MONO};font-size:12px;color:inherit;background:none;padding:0"
        place = f'<code style="{style}">{escape(slice_words(evidence))}</code>'
        caption = escape(sentences(error_words(evidence), say("colours")))
        parts.append((partial(evidence_svg, evidence), f"{place} &middot; {caption}"))
    if speed is not None:
        parts.append((partial(speed_svg, speed), escape(speed_words(speed))))
    return "".join(
        ("" if sanitised else f'<div style="margin-top:14px">{draw()}</div>')
        + _block(caption, f"margin-top:4px;font-size:12px;color:{MUTED}")
        for draw, caption in parts
    )


def _move(key: str, text: str, *, sanitised: bool) -> str:
    """What to do or to know further, behind its label."""
    if sanitised:
        return _block(_row(say(key), prose(text)), "")
    label = f'<span style="flex:0 0 {LABELS};color:{MUTED};font-size:13px">{escape(say(key))}</span> '
    return _block(f"{label}<span>{prose(text)}</span>", "display:flex;align-items:baseline;margin-top:10px")


def _row(label: str, content: str) -> str:
    """A labelled row by Bootstrap's grid, below one another where a page is narrow: no table survives the sanitiser."""
    label = f'<div class="col-xs-12 col-sm-2">{escape(label)}</div>'
    cells = f'{label} <div class="col-xs-12 col-sm-10">{content}</div>'
    return f'<div class="row">{cells}</div>'


def _block(content: str, style: str) -> str:
    """A block of its own (Bootstrap's form-group is its margin); nothing where there is no content."""
    return f'<div class="form-group" style="{style}">{content}</div>' if content else ""
