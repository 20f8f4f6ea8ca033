"""Formulas of a page as MathML, which browsers draw without a network or a script; what could do more stays text.

The converter copies some of what it is given into tags and attributes. So what it returns is read as XML and taken only
where every element and attribute draws something and no more.
"""

from __future__ import annotations

import html
import re
import secrets
from functools import lru_cache
from xml.etree import ElementTree

from autograder.authoring.page import mathml

#: Characters of a formula; a longer one is shown as it was written.
LONGEST = 2000
TAGS = frozenset(
    {"math", "mfrac", "mi", "mn", "mo", "mover", "mroot", "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup"}
    | {"msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover"}
)
#: What attributes may say: a word, or a small width.
PLAIN = re.compile(r"[a-z-]{1,40}( [a-z]{1,20}){0,20}|-?[0-9]?(\.[0-9]{1,4})?(em)?")
NAMES = frozenset(
    {"accent", "columnalign", "columnspacing", "display", "displaystyle", "fence", "form", "linethickness", "lspace"}
    | {"mathvariant", "maxsize", "minsize", "movablelimits", "rowspacing", "rspace", "scriptlevel", "separator"}
    | {"stretchy", "symmetric", "width"}
)
SPACE = "http://www.w3.org/1998/Math/MathML"
#: A tag of a finished page with its attributes, in which nothing is put.
_TAG = r"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>"


class Formulas:
    """The formulas of one text: set aside while the rest of it is cleaned, and put in their places afterwards."""

    def __init__(self) -> None:
        """Take a name for places that no text can foresee."""
        self._name = f"formula{secrets.token_hex(8)}"
        self._made: list[str] = []

    def aside(self, latex: str, shown: str, *, block: bool = False) -> str:
        """Return a place for a formula; `shown` is how it was written, and stays where it cannot be drawn."""
        self._made.append(drawn(latex, block) or html.escape(shown))
        return f"{self._name}x{len(self._made) - 1}x"

    def into(self, page: str) -> str:
        """Return cleaned HTML with the formulas in their places between tags."""
        return re.sub(f"{_TAG}|{self._name}x([0-9]+)x", self._put, page) if self._made else page

    def _put(self, found: re.Match[str]) -> str:
        return self._made[int(found[1])] if found[1] else found[0]


@lru_cache(maxsize=2000)
def drawn(latex: str, block: bool) -> str:
    """Return a formula as MathML; "" where it is too long, no formula, or does more than to be drawn."""
    if len(latex) > LONGEST:
        return ""
    try:
        tree = ElementTree.fromstring(mathml(latex, block=block))
        for element in tree.iter():
            element.tag = element.tag.removeprefix(f"{{{SPACE}}}")
        return ElementTree.tostring(tree, "unicode") if all(map(_is_plain, tree.iter())) else ""
    except Exception:  # whatever the converter thinks of it
        return ""


def _is_plain(element: ElementTree.Element) -> bool:
    attributes = element.attrib.items()
    return element.tag in TAGS and all(name in NAMES and PLAIN.fullmatch(value) for name, value in attributes)
