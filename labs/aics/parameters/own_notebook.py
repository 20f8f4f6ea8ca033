"""A student's own notebook: the released one, in which texts, stubs and checks have this student's parameters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from aics.check.folder import LabError
from aics.language import in_every_language, tr
from aics.parameters.blanks import filled
from aics.parameters.messages import FIRST as FIRST_LINE
from aics.parameters.messages import drawn_words, say
from aics.parameters.sheet import Sheet

#: How a notebook opens its lab, and how a student's own does.
OPENED = re.compile(
    r"open_lab\(\s*(['\"])(\w+)\1\s*(?:,\s*student\s*=\s*(['\"])(.*?)\3\s*)?"
    r"(?:,\s*language\s*=\s*(['\"])(\w*)\5\s*)?\)"
)
#: What stands between question and parameters in a stub's first line, in each language.
_BETWEEN = [re.escape(words.format(question="", drawn="")) for words in in_every_language(FIRST_LINE)]
#: How a stub's first line says which parameters its question has.
FIRST = re.compile(rf"^# (\w+)(?:{'|'.join(_BETWEEN)})(.*)\n", re.M)


def student_of(source: str) -> str:
    """Return for whom a cell opens its lab; "" where it does so for everybody, or is another cell."""
    found = OPENED.search(source)
    return found[4] or "" if found else ""


def student_in(cells: Iterable[Mapping[str, Any]]) -> str:
    """Return for whom a notebook was made; "" where it is everybody's."""
    return next(filter(None, (student_of(text_of(cell)) for cell in cells)), "")


def opened_for(source: str, student: str) -> str:
    """Return a cell's text in which a lab is opened for a student; for everybody where that is ""."""
    said = f", student={json.dumps(student, ensure_ascii=False)}" if student else ""

    def opened(found: re.Match[str]) -> str:
        language = f', language="{found[6]}"' if found[6] else ""
        return f'open_lab("{found[2]}"{said}{language})'

    return OPENED.sub(opened, source)


def first_line(question: str, drawn: Mapping[str, object]) -> str:
    """Return the first line of a stub whose question has parameters."""
    return f"# {tr(FIRST_LINE, question=question, drawn=drawn_words(dict(drawn)))}\n"


def own_notebook(notebook: dict[str, Any], sheet: Sheet, lab: str, student: str) -> list[str]:
    """Put a student's parameters into a notebook, as JSON has it; returns what is to be said of it.

    A stub that is filled in keeps its text. Raises LabError where nobody is called so, where the lab asks everybody the
    same, or the notebook was made for somebody else.
    """
    variants = {name: sheet.variant(lab, name, student) for name in sheet.questions(lab)}
    if not variants:
        raise LabError(say("not_varying", notebook=lab, lab=lab))
    other = student_in(notebook["cells"])
    if other and sheet.token(other) != sheet.token(student):
        raise LabError(say("already", notebook=lab, other=other))
    return [said for cell in notebook["cells"] if (said := _own_cell(cell, sheet.labs[lab], variants, lab, student))]


def _own_cell(
    cell: dict[str, Any], known: Mapping[str, Any], variants: Mapping[str, Any], lab: str, student: str
) -> str:
    """Put the parameters into one cell; what is to be said of a stub that is filled in."""
    text = text_of(cell)
    if cell["cell_type"] == "code" and OPENED.search(text):
        cell["source"] = opened_for(text, student)
    form = known["cells"].get(cell.get("id"))
    if form is None or FIRST.match(text):
        return ""
    question, same = form["question"], text == form["plain"]
    words = {name: variant["words"] for name, variant in variants.items()}
    if same or not question:
        text = filled(form["text"], words, code=cell["cell_type"] == "code")
    first = first_line(question, variants[question]["drawn"]) if question else ""
    cell["source"] = first + text
    drawn = drawn_words(variants[question]["drawn"]) if question else ""
    return "" if same or not question else say("rewritten", notebook=lab, question=question, drawn=drawn)


def text_of(cell: Mapping[str, Any]) -> str:
    """Return a cell's text as one piece."""
    return "".join(cell["source"])
