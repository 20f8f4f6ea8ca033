"""What intake mended, left out or found elsewhere in a hand-in, said in the terminal's words where people read it.

It stands first in the graded notebook, which formgrader shows, and on the feedback page.
"""

from __future__ import annotations

import json
import re
from itertools import accumulate
from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from traitlets import Bool

from aics.language import is_made_of, speaking, words
from aics.language.of_notebook import language_of
from autograder.course import ClassFolder
from autograder.gradebook.pages import MARKDOWN
from autograder.intake.handin import one_line
from autograder.intake.messages import MESSAGES

SAID = {
    "title": "How your file was read",
    "more": "{count} more like these",
}
say = words(SAID)
#: Lines of one list, and characters of one line.
MOST, LONGEST = 12, 300
#: The id of the cell that says it.
CELL = "how-your-file-was-read"
#: What a page of the original course's files says by itself (`autograder.gradebook.original`).
_SAID_ALREADY = MESSAGES["out_of"]
#: Signs that may mean something in Markdown or HTML.
_SIGN = re.compile(r"[!-/:-@\[-`{-~]")


def remarks_path(state: ClassFolder, student: str, lab: str) -> Path:
    """Where what intake said of a hand-in is kept, beside its record."""
    return state.runs / student / f"{lab}.remarks.json"


class SayMended(Preprocessor):
    """Lists at the top of a graded notebook or a feedback page what intake did to the file."""

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Put a cell with a short list first, where there is anything to say."""
        about = resources["nbgrader"]
        with speaking(language_of(nb)):
            say_mended(nb, ClassFolder(Path(self.config.CourseDirectory.root)), about["student"], about["assignment"])
        return nb, resources


def say_mended(nb: NotebookNode, state: ClassFolder, student: str, lab: str) -> None:
    """Put a cell with a short list first, where intake had anything to say of a hand-in; one that is there goes."""
    nb.cells = [cell for cell in nb.cells if cell.get("id") != CELL]
    path = remarks_path(state, student, lab)
    said = json.loads(path.read_text("utf-8")) if path.exists() else []
    if remarks := [remark for remark in said if not is_made_of(_SAID_ALREADY, remark)]:
        nb.cells.insert(0, new_markdown_cell(listed(remarks), id=CELL))


def listed(remarks: list[str]) -> str:
    """Return remarks as a Markdown list in which every sign stands for itself."""
    lines = [f"- {_plain(one_line(remark, LONGEST))}" for remark in remarks[:MOST]]
    lines = [line for line, length in zip(lines, accumulate(map(len, lines)), strict=True) if length < MARKDOWN - 200]
    if more := len(remarks) - len(lines):
        lines.append("- " + say("more", count=more))
    return "\n".join([f"**{say('title')}**\n", *lines])


def _plain(text: str) -> str:
    return _SIGN.sub(lambda sign: f"&#{ord(sign[0])};", text)
