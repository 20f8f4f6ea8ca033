"""Read a submitted file's bytes: the notebook in them, or why there is none."""

from __future__ import annotations

import contextlib
import json
import re

from nbformat.notebooknode import NotebookNode

from aics.language import listed, noted, tr
from autograder.intake.clean import clean
from autograder.intake.conflict import conflict_in, versions
from autograder.intake.damaged import readable
from autograder.intake.handin import MAX_BRACKETS, MAX_FILE, MB, Refused, one_line
from autograder.intake.messages import say
from autograder.intake.text import text_of

_KINDS = (
    (b"PK\x03\x04", noted("a zip archive or an Office document")),
    (b"\x89PNG", noted("a PNG image")),
    (b"\xff\xd8\xff", noted("a JPEG image")),
    (b"GIF8", noted("a GIF image")),
    (b"%PDF", noted("a PDF document")),
    (b"{\\rtf", noted("a rich text document")),
    (b"\xd0\xcf\x11\xe0", noted("an old Office document")),
    (b"\x1f\x8b", noted("a gzip archive")),
    (b"Rar!", noted("a RAR archive")),
    (b"7z\xbc\xaf", noted("a 7z archive")),
    (b"version https://git-lfs", noted("what Git LFS keeps in its place: `git lfs pull` fetches it")),
)
_WEB_PAGE = noted("a web page or XML: perhaps the page was saved instead of the notebook")


class _Broken(Refused):
    """Text that is no JSON, of which something may be read all the same."""


class _Part(dict[str, object]):
    """A notebook of which some cells could not be read."""


def read_notebook(data: bytes) -> tuple[NotebookNode, list[str]]:
    """Return the clean notebook of a file's bytes and what was odd about it; `is_part` says whether that is all of it.

    Raises
    ------
    Refused
        Where there is no notebook in the bytes; its text says why.
    """
    if len(data) > MAX_FILE:
        raise Refused(say("too_large.outputs", most=MAX_FILE // MB))
    if not data.strip():
        raise Refused(say("empty"))
    if not data.strip(b"\0"):
        raise Refused(say("zeros"))
    for start, kind in _KINDS:
        if data.lstrip().startswith(start):
            raise Refused(say("another_kind", kind=tr(kind)))
    text, remarks = _decode(data)
    raw = _value(text, remarks)
    part = isinstance(raw, _Part)
    if isinstance(raw, dict) and isinstance(raw.get("content"), dict):  # as Jupyter's server sends a notebook
        raw = raw["content"]
    if not isinstance(raw, dict) or not ("cells" in raw or "worksheets" in raw):
        raise Refused(say("no_cells"))
    notebook, more = clean(raw)
    if part:
        notebook.metadata.part = True
    return notebook, remarks + more


def is_part(notebook: NotebookNode) -> bool:
    """Return whether some cells of a file that was read could not be."""
    return bool(notebook.metadata.get("part"))


def _decode(data: bytes) -> tuple[str, list[str]]:
    """The text of a file, and remarks on how it was read. Raises Refused where it is no text."""
    try:
        text, remark = text_of(data)
    except Refused:
        raise Refused(say("no_text")) from None
    if not text.strip():
        raise Refused(say("empty"))
    if text.lstrip().startswith("<"):
        raise Refused(say("another_kind", kind=tr(_WEB_PAGE)))
    if remark and not re.search('"(cells|worksheets)"', text):
        raise Refused(say("no_text"))
    return text, [remark] if remark else []


def _value(text: str, remarks: list[str]) -> object:
    """The JSON value of a text, with one version of what git could not merge. Raises Refused where there is none."""
    try:
        return _parse(text)
    except Refused as refusal:
        mark = conflict_in(text)
        if not mark and isinstance(refusal, _Broken):
            return _rest(text, refusal, remarks)
        if not mark:
            raise
        for which, version in zip(("conflict.first", "conflict.second"), versions(text), strict=True):
            with contextlib.suppress(Refused):
                raw = _parse(version)
                remarks.append(say(which, mark=mark))
                return raw
        raise Refused(say("conflict", mark=mark, why=refusal)) from None


def _rest(text: str, refusal: Refused, remarks: list[str]) -> object:
    """What can be read of a notebook that is damaged or cut off. Raises the refusal where that is nothing."""
    found = readable(text)
    if not found:
        raise refusal
    if found.damaged:
        lines = listed(found.damaged)
        remarks.append(say("damaged", lines=lines, count=len(found.cells)))
        return _Part(cells=found.cells)
    remarks.append(say("damaged.end"))
    return {"cells": found.cells}


def _parse(text: str) -> object:
    """The JSON value of a text. Raises Refused where it is none, or too large or deep to be read."""
    if text.count("[") + text.count("{") > MAX_BRACKETS:
        raise Refused(say("too_many_values"))
    if text.lstrip()[:1] != "{":
        first = one_line(text.lstrip().split("\n", 1)[0], 60)
        raise Refused(say("starts_with", first=first))
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        raise _Broken(say("broken", line=error.lineno, column=error.colno, why=error.msg)) from None
    except RecursionError:
        raise Refused(say("too_deep.json")) from None
    except ValueError as error:
        raise Refused(say("broken.somewhere", why=one_line(error, 80))) from None
