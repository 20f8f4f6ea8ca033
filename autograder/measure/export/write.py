"""The folder that `autograder measure --export` writes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from aics.language import tr
from autograder.course import ROOT, CourseError
from autograder.measure.export.card import SCHEMA, card
from autograder.measure.export.rows import Row

BANK, CARD = "bank.jsonl", "DATA_CARD.md"
LICENCES = ("CC-BY-4.0.txt", "BSD-3-Clause.txt")


def writable(folder: Path) -> None:
    """Make the folder; CourseError where it is a file, or holds what this command did not write."""
    if folder.exists() and not folder.is_dir():
        raise CourseError(
            tr("{folder} is a file; expected a folder for the bank. Name another with --export.", folder=folder)
        )
    others = {path.name for path in folder.glob("*")} - {BANK, CARD, SCHEMA.name, *LICENCES}
    if others:
        raise CourseError(
            tr(
                "{folder} holds {file}; expected an empty folder or an earlier export. Name another.",
                folder=folder,
                file=min(others),
            )
        )
    folder.mkdir(parents=True, exist_ok=True)


def write(folder: Path, rows: Sequence[Row]) -> None:
    """Write the rows, the schema that they fit, the card and the licences."""
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    (folder / BANK).write_text("".join(lines), "utf-8")
    (folder / CARD).write_text(card(rows), "utf-8")
    shutil.copyfile(SCHEMA, folder / SCHEMA.name)
    for licence in LICENCES:
        shutil.copyfile(ROOT / "LICENSES" / licence, folder / licence)
