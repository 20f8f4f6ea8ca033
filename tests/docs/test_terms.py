"""Students read the terms of docs/terms.md: phrases that it replaces, and that are never right, stand nowhere."""

from __future__ import annotations

import re

import jupytext
import pytest

from autograder.course import ROOT, labs

TERMS = (ROOT / "docs" / "terms.md").read_text("utf-8")
REPLACED = re.findall(r"^\| [^|]+ \| ([^|]+) \|", TERMS, re.M)[1:]
#: Those of the middle column that have no right use, and what the issue that asked for the terms quoted.
NEVER = [
    "by chance",
    "evenly",
    "puts out",
    "shall",
    "take together",
    "with equal chance",
    "yardstick",
    "Must that be",
    "Graded are",
    "out of the question",
    "What goes together with",
]


def read_by_students() -> dict[str, str]:
    """What students read of the labs: prose, and the hints of known mistakes; text by where it stands."""
    texts = {}
    for lab in labs():
        cells = jupytext.read(lab.folder / "notebook.py", fmt="py:percent").cells
        texts[lab.name] = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        texts |= {f"{lab.name}, hint of {known.name}": known.hint for known in lab.misconceptions}
    return texts


@pytest.mark.parametrize("phrase", NEVER)
def test_no_text_says_what_the_terms_replace(phrase: str) -> None:
    found = [place for place, text in read_by_students().items() if re.search(rf"\b{phrase}\b", " ".join(text.split()))]

    assert found == []


def test_the_phrases_looked_for_are_of_the_terms_or_were_quoted() -> None:
    told = [phrase for phrase in NEVER if phrase[0].islower() and phrase not in ("shall", "out of the question")]

    assert [phrase for phrase in told if not any(phrase in replaced for replaced in REPLACED)] == []
