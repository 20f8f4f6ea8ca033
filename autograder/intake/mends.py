"""Course files of another edition, mended so that they run today; every mend is said.

Python 2's print and whole division, names that NumPy took back, ``scipy.misc``, ``pycnnl``, ``__file__``: a small
table of known lines, each replaced where it stands so that lines keep their numbers.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aics.language import listed, tr, words

_CHILD = Path(__file__).with_name("mends_child.py")
#: The child limits its own CPU time; by the wall's clock it may wait for a core as long as this.
_SECONDS = 600

#: What each mend is told as; {first}, {second} are its words, which bars part.
SAID = {
    "print": "`print` read as Python 2's statement",
    "python2": "`{first}` read as Python 2's",
    "tabs": "tabs read as Python 2's, eight columns each",
    "division": "`/` read as Python 2's whole division",
    "name": "`{first}` read as `{second}`: Python 3 has no such name",
    "encoding": "left out: it sets Python 2's encoding",
    "gone": "`{first}` read as `{second}`: there is no such name any more",
    "misc": "`{first}` read as Pillow's: SciPy has no pictures any more",
    "pictures": "`{first}` read as Pillow's: it is not there where hand-ins are graded",
    "axes": "`{first}` read as NumPy's transpose and reshape: einops is not there where hand-ins are graded",
    "list": "`{first}` read as a list, as in Python 2",
    "pycnnl": "`pycnnl` read as `pycnml`, the card's library of these labs",
    "second": "`pycnnl` is the second edition's card: asked as that edition asks it",
    "file": "`__file__` read as the file's place in stu_upload/",
    "sizes": "`{first}` read as the sizes of the weights' file",
    "flatten": "the gradient is given its four axes, which the course's own line needs",
}
say = words(SAID)


@dataclass(frozen=True, kw_only=True)
class Mended:
    """A file's text as it runs today, what was mended, and what it defines, such as ``VGG19.forward``.

    blank : those of its definitions in which a blank of the course's stands, such as ``____``
    second : whether it is written for the card of the course's second edition
    """

    text: str
    remarks: list[str] = field(default_factory=list)
    defined: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    second: bool = False


def mended(files: Mapping[str, str]) -> dict[str, Mended]:
    """Mend course files: name -> text. Never raises: what crashes the parser is returned as it came."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-W", "ignore", str(_CHILD)],
            input=json.dumps(list(files.items())).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=True,
        )
        found = zip(files, json.loads(done.stdout), strict=True)
        return {
            name: Mended(
                text=item["text"],
                remarks=_remarks(name, item["said"]),
                defined=frozenset(item["defined"]),
                blank=frozenset(item["blank"]),
                second=item["second"],
            )
            for name, item in found
        }
    except (subprocess.SubprocessError, ValueError, OSError):
        pass
    if len(files) <= 1:
        return {name: Mended(text=text) for name, text in files.items()}
    return {name: mended({name: text})[name] for name, text in files.items()}


def _remarks(name: str, said: list[tuple[int, str, str]]) -> list[str]:
    """A sentence for each kind of mend, with its lines."""
    lines: dict[str, list[int]] = {}
    for line, key, spelled in said:
        lines.setdefault(say(key, **dict(zip(("first", "second"), spelled.split("|"), strict=False))), []).append(line)
    return [
        tr("{file}, {lines}: {what}", file=name, lines=_lines(sorted(set(where))), what=sentence)
        for sentence, where in lines.items()
    ]


def _lines(numbers: list[int], most: int = 6) -> str:
    """``line 3``; ``lines 3, 5 and 9``; ``lines 3, 5, ... and 12 more``."""
    if len(numbers) == 1:
        return tr("line {number}", number=numbers[0])
    if len(numbers) > most:
        return tr("lines {numbers} and {count} more", numbers=listed(numbers[:most]), count=len(numbers) - most)
    return tr("lines {numbers} and {last}", numbers=listed(numbers[:-1]), last=numbers[-1])
