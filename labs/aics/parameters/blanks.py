"""Blanks in a lab's source, ``{question.parameter}``, and the words that are put into them."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: A blank; in code it may be a text of its own, which is put in without its quotation marks.
BLANK = re.compile(r"\{(\w+)\.(\w+)\}")
_IN_CODE = re.compile(r'"\{(\w+)\.(\w+)\}"')
#: question -> parameter -> what is put into its blank.
Words = Mapping[str, Mapping[str, str]]


def filled(text: str, words: Words, *, code: bool) -> str:
    """Return a text with the blanks of these questions filled; what looks like one and is of no such question stays.

    In code ``"{relu.slope}"`` becomes ``0.25``, without the quotation marks, so that source with blanks is Python.
    Raises KeyError where a question has no parameter of a blank's name.
    """

    def word(found: re.Match[str]) -> str:
        question, name = found.groups()
        return words[question][name] if question in words else found[0]

    return BLANK.sub(word, _IN_CODE.sub(word, text) if code else text)


def blanks_of(text: str, words: Words) -> list[str]:
    """Return the questions that a text has blanks of."""
    return list(dict.fromkeys(question for question, _ in BLANK.findall(text) if question in words))
