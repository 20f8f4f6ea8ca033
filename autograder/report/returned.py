"""Feedback pages under the names of the files in a learning management system's own download, as it takes them back.

Moodle, Canvas and Brightspace tell whose a returned file is by the name or the folder that they gave it themselves.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from aics.language import listed as in_a_row
from autograder.course import ClassFolder, Lab
from autograder.course.exam import say as say_of_exam
from autograder.gradebook.exam import not_due
from autograder.gradebook.grade_path import recognised
from autograder.gradebook.graded_notebook import path_of_notebook
from autograder.intake.handin import below
from autograder.intake.prepared import HandIn
from autograder.intake.restored import listed
from autograder.report.words import say


@dataclass(frozen=True)
class Returned:
    """A zip with the `count` pages of all who are in a download, and whose page is `missing`.

    `not_due` is what is said of pages that were left out, since their students are not to see them as they are.
    """

    content: bytes
    count: int
    missing: Sequence[str]
    not_due: str = ""

    def said(self) -> list[str]:
        """What is in it, and whose is not."""
        lines = [say("export.pages", count=self.count)]
        if self.missing:
            names = in_a_row(self.missing[:8]) + (" ..." if len(self.missing) > 8 else "")
            lines.append(say("export.no_page", count=len(self.missing), names=names))
        return [*lines, *filter(None, [self.not_due])]


def returned(state: ClassFolder, lab: Lab, download: Path) -> Returned:
    """Return the pages of all who are in a download; nothing is graded."""
    handins = recognised(state, download, [lab])
    pages = {name: _page(state, handin) for name, handin in places(download, handins).items()}
    old = set(not_due(state, lab.name))
    there = {name: page for name, page in pages.items() if page.exists() and page.parts[-3] not in old}
    missing = sorted(handin.student for handin in handins if not _page(state, handin).exists())
    left_out = sorted(old & {handin.student for handin in handins})
    said = say_of_exam("not_due", lab=lab.name, count=len(left_out), names=listed(left_out)) if left_out else ""
    return Returned(_zipped(there), len(there), missing, said)


def places(download: Path, handins: Iterable[HandIn]) -> Mapping[str, HandIn]:
    """Return where each page stands in the zip: where its hand-in stood, as ``.html``.

    A zip that a student handed in counts as the one file that the system named.
    """
    found = {}
    for handin in handins:
        name = (below(download, handin.original) or download.name).partition(" > ")[0]
        found[str(PurePosixPath(name).with_suffix(".html"))] = handin
    return found


def _page(state: ClassFolder, handin: HandIn) -> Path:
    return path_of_notebook(state.folder / "feedback", handin.student, handin.lab).with_suffix(".html")


def _zipped(pages: Mapping[str, Path]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, page in sorted(pages.items()):
            archive.write(page, name)
    return content.getvalue()
