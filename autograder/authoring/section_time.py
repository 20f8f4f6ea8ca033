"""How long a section of a lab takes: what its notebook says, beside what its length lets expect.

    python -m autograder.authoring.section_time lab2_layers

prints both for each section, in minutes. The expectation is a rule of thumb: it was fitted to minutes that the labs'
author wrote down, and nobody has timed a class yet.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from nbformat import NotebookNode

from autograder.authoring.source import source_notebook
from autograder.course import Lab, labs

#: What a section says of itself below its heading.
SECTION = re.compile(r"^## (\d+\. .+)\n\n\*About (\d+) minutes, (easy|moderate|hard)\.\*$", re.M)
SOLUTION = re.compile(r"BEGIN SOLUTION\n(.*?)\n\s*#+ END SOLUTION", re.S)
TAG = re.compile(r"<[^>]*>")
#: Words that are read and understood in a minute: a novel's pace is four times that.
WORDS = 50
#: Minutes for a cell to look at, for an answer in one's own words, and for a question before its first line is written.
LOOK, WRITTEN, QUESTION = 2, 30, 8
#: Minutes for each line that the lab's own solution has.
LINE = {"easy": 1.25, "moderate": 1.75, "hard": 2.0}


@dataclass(kw_only=True)
class Section:
    """A numbered section: its heading, what it says of itself, and its cells up to the next one."""

    heading: str
    minutes: int
    level: str
    cells: list[NotebookNode] = field(default_factory=list)

    @property
    def expected(self) -> int:
        """Minutes by the rule of thumb, in steps of five."""
        roles = [_role(cell) for cell in self.cells]
        prose = [TAG.sub(" ", cell.source) for cell in self.cells if cell.cell_type == "markdown"]
        lines = [line for cell in self.cells for region in SOLUTION.findall(cell.source) for line in region.split("\n")]
        minutes = (
            sum(len(text.split()) for text in prose) / WORDS
            + LOOK * roles.count("look")
            + WRITTEN * roles.count("written")
            + QUESTION * roles.count("code")
            + LINE[self.level] * sum(_is_code(line) for line in lines)
        )
        return max(5, 5 * round(minutes / 5))


def sections(lab: Lab) -> list[Section]:
    """Return the lab's sections in their order."""
    found: list[Section] = []
    for cell in source_notebook(lab).cells:
        if cell.cell_type == "markdown":
            found += _begun(cell.source)
        if found:
            found[-1].cells.append(cell)
    return found


def _begun(prose: str) -> Iterator[Section]:
    for heading, minutes, level in SECTION.findall(prose):
        yield Section(heading=heading, minutes=int(minutes), level=level)


def _role(cell: NotebookNode) -> str:
    """``code``, ``look``, ``written``, and so on."""
    return str(cell.id).rpartition("_")[2]


def _is_code(line: str) -> bool:
    return bool(line.strip()) and not line.strip().startswith("#")


def main(names: list[str]) -> None:
    """Print the sections of the named labs, or of all."""
    for lab in labs(names):
        told = sections(lab)
        for section in told:
            print(f"{section.minutes:4}  expected {section.expected:4}  {section.level:9} {section.heading}")
        print(f"{sum(s.minutes for s in told):4}  expected {sum(s.expected for s in told):4}  {lab.name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
