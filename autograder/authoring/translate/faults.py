"""What is wrong with a translation that a program can see: something left out, put in, or rendered by another term."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache

import polib
from markdown_it import MarkdownIt

from aics.language import listed, noted, tr
from autograder.authoring.translate import chinese
from autograder.course.paths import ROOT

#: The glossary: a column for each language, alternatives separated by ``|``.
TERMS = ROOT / "docs" / "terms.csv"
#: How a translator's comment begins where a person has looked at what would be called a fault, and why it is none.
LOOKED_AT = "looked at:"
_HINTS = "misconceptions/"
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
_FORMULA = re.compile(r"\$\$.+?\$\$|(?<![\\$])\$(?!\s)[^$]+?(?<!\s)\$", re.S)
_IN_FORMULA = re.compile(r"\\(?:text|mathrm|textrm|operatorname)\{[^{}]*\}|[^\x21-\x7e]")
_LINK = re.compile(r"\]\(([^)\s#][^)\s]*)\)")
_BLANK = re.compile(r"\{\w+(?:\.\w+)?(?:![rs])?(?::[^{}]*)?\}")
_HEADING = re.compile(r"^(#{1,6}) ", re.M)
_ROW = re.compile(r"^\|.*\|$", re.M)
_FENCE = re.compile(r"^```", re.M)
_BLOCK = re.compile(r"^```.*?^```", re.M | re.S)
_MARK = re.compile(r"\*\*|(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])")
#: What is kept, what is said of one that is missing, and of one that the English does not have.
_KEPT = (
    (_FORMULA, noted("formula {part} is missing"), noted("formula {part} is not in the English")),
    (_LINK, noted("link {part} is missing"), noted("link {part} is not in the English")),
    (_BLANK, noted("blank {part} is missing"), noted("blank {part} is not in the English")),
)
#: Of what there are as many as in English, and what is said where there are not.
_COUNTED = (
    (_HEADING, noted("{theirs} x heading, and the English has {ours}")),
    (_ROW, noted("{theirs} x row of a table, and the English has {ours}")),
    (_FENCE, noted("{theirs} x block of code, and the English has {ours}")),
)
_OF_LANGUAGE = {"zh": chinese.faults}


def faults(entry: polib.POEntry, language: str) -> Iterator[str]:
    """Yield what is wrong with one translation, a sentence each; nothing for one that is as the English is."""
    said = entry.msgstr or "\n".join(entry.msgstr_plural.values())
    if not said or said == entry.msgid or entry.tcomment.startswith(LOOKED_AT):
        return
    prose = any(is_prose(place) for place, _ in entry.occurrences)
    yield from _changed(entry.msgid_plural or entry.msgid, said)
    if prose:
        yield from _counted(entry.msgid, said)
        yield from () if entry.occurrences[0][0].startswith(_HINTS) else emphasis(said)
        yield from _terms(entry.msgid, said, language)
    if language in _OF_LANGUAGE:
        yield from _OF_LANGUAGE[language](said, prose)


def is_prose(where: str) -> bool:
    """Whether a message that stands there is text to read, and no comment, docstring or string of a program."""
    file, *rest = where.split(":")
    return file.startswith(_HINTS) or (file == "notebook.py" and len(rest) == 1)


def emphasis(said: str) -> Iterator[str]:
    """Yield the marks of emphasis that CommonMark leaves as they are, between punctuation and a letter."""
    for block in MarkdownIt().parse(_FORMULA.sub("x", _BLOCK.sub("", said))):
        for token in block.children or ():
            if token.type == "text" and (found := _MARK.search(token.content)):
                place = token.content[max(found.start() - 10, 0) : found.end() + 10]
                yield tr("emphasis that does not come out: {place}", place=place)


def _changed(english: str, said: str) -> Iterator[str]:
    """What is not kept: code, formulas, links, blanks."""
    english, said = _BLOCK.sub("```\n```", english), _BLOCK.sub("```\n```", said)
    ours, theirs = ({"".join(found[2].split()) for found in _CODE.finditer(text)} for text in (english, said))
    for span in sorted(ours - theirs):
        yield tr("`{span}` is missing", span=span)
    for pattern, missing, added in _KEPT:
        was, is_now = ({_letters(part): part for part in pattern.findall(_CODE.sub("", t))} for t in (english, said))
        for part in sorted(was.keys() ^ is_now.keys()):
            yield tr(missing, part=was[part]) if part in was else tr(added, part=is_now[part])


def _counted(english: str, said: str) -> Iterator[str]:
    """How many headings, rows of tables and blocks of code there are, where it is another number."""
    for pattern, other in _COUNTED:
        ours, theirs = len(pattern.findall(english)), len(pattern.findall(said))
        if ours != theirs:
            yield tr(other, theirs=theirs, ours=ours)


def _letters(part: str) -> str:
    """The signs of a formula, in no order: words in it stand elsewhere in another language."""
    return "".join(sorted(_IN_FORMULA.sub("", part)))


def _terms(english: str, said: str, language: str) -> Iterator[str]:
    text = _CODE.sub("", _FORMULA.sub("", english)).lower()
    for term, pattern, renderings in _glossary(language):
        if pattern.search(text) and not any(word.lower() in said.lower() for word in (term, *renderings)):
            yield tr("{term!r} is rendered by none of {renderings}", term=term, renderings=listed(renderings))


@lru_cache
def _glossary(language: str) -> list[tuple[str, re.Pattern[str], list[str]]]:
    """Terms in English, as they are found in a text, and what they may be called in a language."""
    with TERMS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row.get(language)]
    found = {row["en"]: row[language].split("|") for row in rows}
    return [(term, re.compile(rf"\b{re.escape(term.lower())}(?:e?s)?\b"), said) for term, said in found.items()]
