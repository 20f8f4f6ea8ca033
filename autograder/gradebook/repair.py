"""The repair as an nbgrader preprocessor, for stock `nbgrader autograde` and formgrader's button."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from autograder.course import ClassFolder
from autograder.gradebook.own_handins import own_text
from autograder.intake.clean import clean
from autograder.intake.editions import into_english, note_language
from autograder.intake.repair import repaired
from autograder.intake.skeleton import Skeleton


class Repair(NbGraderPreprocessor):
    """Puts the submitted answers into the released notebook; the first of the sanitizing preprocessors.

    Where intake has repaired the hand-in before, it is taken from `repaired_root`.

    A lab without a released notebook under `release_root` passes through unrepaired, with an error
    in the log: nbgrader's own preprocessors then say what is wrong with it.
    """

    release_root = Unicode(
        "labs",
        help="Folder of the released labs, LAB/NOTEBOOK.ipynb; relative to the course's root.",
    ).tag(config=True)
    repaired_root = Unicode(
        "",
        help="Folder of hand-ins that are repaired already, STUDENT/LAB/NOTEBOOK.ipynb; none if empty.",
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        """Return the repaired notebook; what was repaired is logged."""
        names = resources.get("nbgrader", {})
        if self.repaired_root:
            path = Path(self.repaired_root) / names["student"] / names["assignment"] / f"{names['notebook']}.ipynb"
            return nbformat.read(path, as_version=4), resources
        release = self._release(str(names.get("assignment", "")), str(names.get("notebook", "")))
        if release is None:
            return nb, resources
        submission, remarks = clean(nb)
        language = into_english(submission.cells, str(names["assignment"]))
        own = own_text(ClassFolder(self._course_root()), str(names["assignment"]), str(names.get("student", "")))
        remarks += own.settle(submission.cells) if own else []
        notebook, more = repaired(submission, own.skeleton if own else Skeleton(release))
        note_language(notebook, language)
        for remark in remarks + more:
            self.log.warning("%s, %s: %s", names.get("student", ""), names.get("notebook", ""), remark)
        return notebook, resources

    def _release(self, lab: str, notebook: str) -> NotebookNode | None:
        path = self._course_root() / self.release_root / lab / f"{notebook}.ipynb"
        try:
            released: NotebookNode = nbformat.read(path, as_version=4)
            return released
        except Exception as error:  # missing, unreadable, not a notebook
            self.log.error("No released notebook to repair with: %s (%s)", path, type(error).__name__)
            return None

    def _course_root(self) -> Path:
        """Return the folder of the course: nbgrader converts with it as the working directory."""
        above = self
        while above is not None:
            if getattr(above, "coursedir", None) is not None:
                return Path(above.coursedir.root)
            above = above.parent
        return Path.cwd()
