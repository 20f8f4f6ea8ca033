"""What graded code starts from: the solutions of earlier labs, as files in the original course's `stu_upload/` folder.

Code of a lab whose questions.py says ``STARTS_FROM = "lab2_layers"`` finds that lab's solution beside it,
together with what that lab itself started from, so that one lab's mistakes do not follow into the next.

These files are answers, so no student receives them: on a student's computer the lab starts from the student's
own files or from `aics.layers` (see `aics.notebook.earlier`). Graded code could not: `aics.layers` needs ONNX
Runtime, which most labs forbid.
"""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path

from aics.language import tr
from aics.notebook.export import export
from autograder.authoring.namespace import importing_from, run_cells, solution_cells
from autograder.course import UPLOAD, CourseError, Lab

#: nbgrader's marks around a solution, and the stub's last line that is left below it.
_MARKS = re.compile(r"^[ \t]*### (?:BEGIN|END) SOLUTION\n(?:[ \t]*raise NotImplementedError\(.*\)\n)?", re.M)


def start_files(lab: Lab) -> Mapping[str, str]:
    """Name -> text of each file in the lab's ``stu_upload/``; empty for a lab that starts from nothing."""
    files: dict[str, str] = {}
    for earlier in lab.earlier:
        files = {**_exported(earlier), **files}  # of two files of one name, the nearer lab's
    return files


def finished_files(lab: Lab) -> Mapping[str, str]:
    """Name -> text of all files of the lab's own solution and of what it starts from: never for students.

    CourseError for a lab whose hand-in is its notebook only.
    """
    if not getattr(lab.asks, "EXPORTS", None):
        raise CourseError(tr("{lab} writes no files of its own: what it asks for stays in its notebook.", lab=lab.name))
    return {**start_files(lab), **_exported(lab)}


@contextmanager
def working_folder(lab: Lab) -> Iterator[Path]:
    """A folder with what lies beside the lab's graded code, readable by everyone; removed at the end."""
    with tempfile.TemporaryDirectory(prefix="aics-") as folder:
        write_start(lab, Path(folder))
        Path(folder).chmod(0o755)
        yield Path(folder)


def write_start(lab: Lab, folder: Path) -> list[Path]:
    """Write the lab's ``stu_upload/`` into `folder`; returns the files."""
    files = {folder / UPLOAD / name: text for name, text in start_files(lab).items()}
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return list(files)


@lru_cache
def _exported(lab: Lab) -> dict[str, str]:
    with ExitStack() as stack:
        out = stack.enter_context(tempfile.TemporaryDirectory())
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        # Until export has looked up where each name comes from, the folder's modules must stay.
        stack.enter_context(importing_from(stack.enter_context(working_folder(lab))))
        cells = [(name, _MARKS.sub("", source + "\n").rstrip("\n")) for name, source in solution_cells(lab)]
        paths = export(lab.name, run_cells(cells), out)
        return {path.name: path.read_text("utf-8") for path in paths}
