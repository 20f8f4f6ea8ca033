"""The command ``aics mine``: make the notebooks of one's labs one's own."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

from rich.console import Console

from aics.check.folder import LabError, data_folder
from aics.handin.notebook_file import lab_of
from aics.language import listed, noted, tr
from aics.parameters.messages import say
from aics.parameters.own_notebook import own_notebook
from aics.parameters.sheet import FILE, Sheet

MINE = noted("""\
Make notebooks your own, where your course gives everybody other parameters: texts, stubs and checks then have yours.
Do it once, before you begin, with the notebook closed. What is filled in already stays.
""")


def add_parser(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the command to those of `aics`."""
    mine = commands.add_parser(
        "mine", help=tr("make a notebook your own, where parameters differ"), description=tr(MINE)
    )
    mine.add_argument("student", metavar="ID", help=tr("your id: what your teacher knows you by"))
    mine.add_argument("files", nargs="*", type=Path, metavar="FILE", help=tr("notebooks; all labs' if none is named"))


def make_mine(asked: argparse.Namespace, console: Console) -> int:
    """Make notebooks a student's own, and say so; raises LabError where that cannot be."""
    sheet = Sheet.read()
    if sheet is None:
        raise LabError(say("none", file=data_folder() / FILE))
    sheet.token(asked.student)
    for path in asked.files or _notebooks(sheet):
        for line in make_own(path, sheet, asked.student):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
    return 0


def make_own(path: Path, sheet: Sheet, student: str) -> list[str]:
    """Make one notebook a student's own, whole or not at all; returns what is to be said."""
    lab = lab_of(path)
    notebook = json.loads(path.read_text("utf-8"))
    said = own_notebook(notebook, sheet, lab, student)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    fresh.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")
    fresh.replace(path)
    return [say("made", notebook=path.name, student=student, questions=listed(sheet.questions(lab))), *said]


def _notebooks(sheet: Sheet) -> list[Path]:
    """The released notebooks of the labs whose questions differ."""
    labs = data_folder().parent / "labs"
    found = [path for name in sheet.labs if (path := labs / name / f"{name}.ipynb").is_file()]
    if not found:
        raise LabError(say("no_notebooks", labs=listed(sheet.labs)))
    return found
