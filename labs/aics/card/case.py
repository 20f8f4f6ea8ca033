"""A public case as HTML for a notebook and as text for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from aics.card.html import FRAME, badge, escape, prose, spoken
from aics.card.pictures import evidence_svg
from aics.card.status import status_of
from aics.card.theme import MONO, MUTED, TINT
from aics.card.words import clean, say
from aics.language import sentences

if TYPE_CHECKING:
    from aics.check.public_case import PublicCase

#: How much of a value is shown: larger arrays are shortened, and longer texts are cut.
ENTRIES, LETTERS = 60, 1200


def case_html(case: PublicCase) -> str:
    """Return the case for a notebook; styles and pictures are inline."""
    status = status_of(case.verdict)
    lists = [("inputs", case.inputs), ("expected", case.expected), ("got", case.got)]
    parts = [
        f'<div>{badge(status)} <strong style="font-weight:600">{escape(_title(case))}</strong></div>',
        f'<div style="margin-top:8px">{prose(_found(case))}</div>',
        *(_listed(say(key), values) for key, values in lists if values),
    ]
    if case.verdict.evidence is not None:
        parts.append(f'<div style="margin-top:12px">{evidence_svg(case.verdict.evidence)}</div>')
    parts += [_labelled(say("run_it"), case.code), _folded(say("steps"), case.steps)]
    return (
        f'<div class="aics-card"{spoken()} style="{FRAME}border-left:5px solid {status.colour}">{"".join(parts)}</div>'
    )


def case_text(case: PublicCase) -> str:
    """Return the case for a terminal."""
    lines = [f"{status_of(case.verdict).mark} {_title(case)}", f"    {clean(_found(case))}"]
    for key, values in (("inputs", case.inputs), ("expected", case.expected), ("got", case.got)):
        lines += [f"  {say(key)}"] if values else []
        for name, value in values.items():
            head, body = shown(value)
            lines += [f"    {clean(name)}: {head}", *(f"      {line}" for line in body.splitlines())]
    lines += [f"  {say('run_it')}", *(f"    {line}" for line in case.code.splitlines())]
    return "\n".join([*lines, f"  {say('steps_text')}"])


def shown(value: object) -> tuple[str, str]:
    """A value in words and its numbers: an array's kind and shape, and all or the outer ones of its entries."""
    if not isinstance(value, np.ndarray):
        return clean(repr(value), LETTERS), ""
    numbers = np.array2string(
        value, threshold=ENTRIES, edgeitems=2, precision=5, suppress_small=True, max_line_width=88
    )
    return f"{value.dtype} {list(value.shape)}", clean(numbers, LETTERS)


def _title(case: PublicCase) -> str:
    return say("case_of", question=case.question, number=case.number, count=case.count)


def _found(case: PublicCase) -> str:
    """What the judge finds, and an exception's own words."""
    if case.verdict.passed:
        return say("case_right")
    said = case.verdict.got if case.answer.raised else ""
    return sentences(case.verdict.reason, said)


def _listed(label: str, values: Mapping[str, object]) -> str:
    """Named values below a label."""
    rows = []
    for name, value in values.items():
        head, body = shown(value)
        pre = _pre(body) if body else ""
        rows.append(f'<div><code style="{_FONT}">{escape(name)}</code> {escape(head)}{pre}</div>')
    return f'<div style="margin-top:10px"><div style="color:{MUTED}">{escape(label)}</div>{"".join(rows)}</div>'


def _labelled(label: str, code: str) -> str:
    """Code to copy below a label."""
    return f'<div style="margin-top:10px;color:{MUTED}">{escape(label)}</div>{_pre(code)}'


def _folded(label: str, code: str) -> str:
    """Code behind a fold."""
    summary = f'<summary style="cursor:pointer;color:{MUTED}">{escape(label)}</summary>'
    return f'<details style="margin-top:10px">{summary}{_pre(code)}</details>'


_FONT = f"font-family:{MONO};font-size:13px;color:inherit;background:none;padding:0"


def _pre(text: str) -> str:
    box = f"margin:2px 0;padding:6px 10px;border:none;border-radius:4px;background:{TINT}"
    style = f"{_FONT};{box};white-space:pre;overflow-x:auto"
    return f'<pre style="{style}">{escape(text)}</pre>'
