"""Faults of Chinese typesetting: half-width punctuation in Chinese text, and spaces.

Chinese text has full-width punctuation without spaces beside it, and one space between Chinese and Latin letters,
digits, code or formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aics.language import noted, tr

_HAN = r"\u3400-\u9fff"
_FULL = r"，。；：？！、（）“”《》……"
_ASIDE = re.compile(r"```.*?```|`+[^`]+`+|\$\$.+?\$\$|(?<!\\)\$[^$]+\$|<[^>]*>", re.S)
_TARGET = re.compile(r"\]\([^)]*\)")
_BLANK = re.compile(r"\{[^{}]*\}")
_IN_PROSE = (
    (
        re.compile(rf"[{_HAN}）”》][,;:?!](?![\w/])|[{_HAN}）”》]\.(?=\s|$)"),
        noted("half-width punctuation after Chinese: {place}"),
    ),
    (re.compile(rf"[{_HAN}]\([{_HAN}]|[{_HAN}]\)[{_HAN}]"), noted("half-width brackets in Chinese: {place}")),
)
_RULES = (
    (re.compile(rf"[{_HAN}] +[{_HAN}]"), noted("a space between Chinese characters: {place}")),
    (
        re.compile(rf"(?<=[^|\n#>* -]) [{_FULL}]|[，。；：？！、）》] (?=[^ |\n\\*])"),
        noted("a space beside full-width punctuation: {place}"),
    ),
    (
        re.compile(rf"[{_HAN}][A-Za-z0-9\u0001]|[A-Za-z0-9\u0001][{_HAN}]"),
        noted("no space between Chinese and Latin: {place}"),
    ),
)


def faults(text: str, prose: bool) -> Iterator[str]:
    """Yield the faults of a Chinese text, each with the place where it is; `prose`: not of a program."""
    plain = _BLANK.sub("\u0002", _ASIDE.sub("\u0001", _TARGET.sub("", text)))
    for pattern, what in (*_IN_PROSE, *_RULES) if prose else _RULES:
        for found in pattern.finditer(plain):
            place = plain[max(found.start() - 8, 0) : found.end() + 8].replace("\n", " ").replace("\u0001", "`…`")
            yield tr(what, place=place)
