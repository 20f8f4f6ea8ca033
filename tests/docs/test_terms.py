"""Students read the terms of docs/terms.md: phrases that it replaces, and that are never right, stand nowhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import jupytext
import pytest

from aics.card.words import CARD_WORDS
from aics.check.messages import MESSAGES
from aics.handin.words import HANDIN_WORDS
from autograder.course import LABS, ROOT, Lab, labs

TERMS = (ROOT / "docs" / "terms.md").read_text("utf-8")
REPLACED = re.findall(r"^\| [^|]+ \| ([^|]+) \|", TERMS, re.M)[1:]
#: Those of the middle column that have no right use, and what the issue that asked for the terms quoted.
NEVER = [
    "by chance",
    "evenly",
    "puts out",
    "shall",
    "take together",
    "whole numbers?",
    "with equal chance",
    "yardsticks?",
    "Must that be",
    "Graded are",
    "out of the question",
    "What goes together with",
]
#: A fraction is a share only where a verb shares.
SHARE = r"(?:the|a|each|its|his|their|whose|as a|same|photo's) shares?\b|\bshares? of"


def said(source: str) -> Iterator[str]:
    """The texts in a module that are no docstring and no key of one word: what it draws, titles and tells."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings and " " in str(node.value):
            yield str(node.value)


def of_lab(lab: Lab) -> dict[str, str]:
    """What students read of a lab: prose, pictures, questions, measures, and hints, worked out too."""
    cells = jupytext.read(lab.folder / "notebook.py", fmt="py:percent").cells
    modules = [*(lab.public / "pictures").glob("*.py"), lab.public / "measures.py", lab.folder / "questions.py"]
    texts = {f"{lab.name}, prose": "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")}
    texts |= {str(p.relative_to(ROOT)): "\n".join(said(p.read_text("utf-8"))) for p in modules if p.exists()}
    return texts | {
        f"{lab.name}, hint of {known.name}": "\n".join([known.hint, *known.worked]) for known in lab.misconceptions
    }


def read_by_students() -> dict[str, str]:
    """What students read, in the labs and on cards; text by where it stands."""
    texts = {str(p.relative_to(ROOT)): "\n".join(said(p.read_text())) for p in (LABS / "aics" / "show").glob("*.py")}
    for name, table in (("card", CARD_WORDS), ("check", MESSAGES), ("handin", HANDIN_WORDS)):
        texts |= {f"{name}: {key}": words for key, words in table.items()}
    for lab in labs():
        texts |= of_lab(lab)
    return texts


@pytest.fixture(scope="module")
def read() -> dict[str, str]:
    return {place: " ".join(text.split()) for place, text in read_by_students().items()}


@pytest.mark.parametrize("phrase", [*NEVER, SHARE])
def test_no_text_says_what_the_terms_replace(read, phrase: str) -> None:
    assert [place for place, text in read.items() if re.search(rf"\b(?:{phrase})\b", text)] == []


def test_the_phrases_looked_for_are_of_the_terms_or_were_quoted() -> None:
    told = [phrase for phrase in NEVER if phrase[0].islower() and phrase not in ("shall", "out of the question")]

    plain = [phrase.removesuffix("s?") for phrase in told]
    assert [phrase for phrase in plain if not any(phrase in replaced for replaced in REPLACED)] == []


def test_pictures_and_worked_hints_are_among_what_is_read(read) -> None:
    assert "Time of raw and speedup" in read["labs/aics/lab2_layers/pictures/speed.py"]
    assert any(len(text) > 700 for place, text in read.items() if ", hint of " in place)
