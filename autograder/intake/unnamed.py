"""Course files under names of the student's own, such as ``style_transfer.py``: recognised by what they define."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.course.original import Original
from autograder.intake.handin import Refused
from autograder.intake.mends import mended
from autograder.intake.released_lab import ReleasedLab
from autograder.intake.stu_upload import decode
from autograder.intake.walk import Leaf

_DEFINED = re.compile(rb"^(?:class|def)[ \t]+([A-Za-z_0-9]+)", re.M)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What the original course asks of one of its files."""

    file: str
    originals: Sequence[Original]

    @property
    def owners(self) -> frozenset[str]:
        """The classes and functions that the file must have."""
        return frozenset(each.partition(".")[0] for original in self.originals for each in original.defines)


def course_files_in(leaf: Leaf, labs: Sequence[ReleasedLab]) -> list[str]:
    """Return which files of the course one of another name is, by what it defines: all that they must have.

    Of two files with a class in common, such as VGG19, it is the one that asks for more classes and functions; where
    that does not tell, and it has all that both ask, it is neither.
    """
    try:
        content = leaf.read() if leaf.parts[-1].lower().endswith(".py") else b""
        names = {name.decode() for name in _DEFINED.findall(content)}
        if not (found := [asked for asked in _asked(labs) if asked.owners <= names]):
            return []
        (read,) = mended({"": decode(content)}).values()
    except Refused:
        return []
    worth = {each.file: (len(each.owners), _share(each.originals, read.defined)) for each in found}
    return [
        each.file
        for each in found
        if worth[each.file][1]
        and all(
            worth[each.file] > worth[other.file] for other in found if other is not each and each.owners & other.owners
        )
    ]


def _share(originals: Sequence[Original], defined: frozenset[str]) -> float:
    """The share of the questions for which nothing is missing."""
    return sum(not original.missing(defined) for original in originals) / len(originals)


def _asked(labs: Sequence[ReleasedLab]) -> Iterator[_Asked]:
    """What is asked of each of the course's files."""
    for lab in labs:
        for file, names in lab.exports.items():
            of_lab = (original for original in lab.questions.values() if original)
            mine = [o for o in of_lab if {each.partition(".")[0] for each in o.defines} <= set(names)]
            if mine:
                yield _Asked(file=file, originals=mine)
