"""Two students with the same code and the same mistake, one in English and one in Chinese: each reads a page of theirs.

The points are the same, question by question.
"""

from __future__ import annotations

import json
import re
import shutil

import pytest
from bs4 import BeautifulSoup

from autograder.authoring.source import source_notebook
from autograder.authoring.translate.edition import finished_edition
from autograder.authoring.translate.editions import translator
from autograder.course import ClassFolder, Lab
from autograder.measure.prove import exchanged
from tests.gradebook.conftest import Graded, grade, write

LAB, MISTAKE = Lab("lab1_preprocessing"), "resize__corners_aligned"
WRITTEN = {"ada": "Flip and crop: both leave the class as it is.", "lovelace": "翻转和裁剪：两者都不改变图像的类别。"}
HAN = re.compile(r"[\u3400-\u9fff]")
#: Three English words in a row, each in small letters: a sentence, and no name.
SENTENCE = re.compile(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b")
VARIANT = next(v for v in LAB.misconceptions if f"{v.question}__{v.name}" == MISTAKE)


def handed_in(notebook, written: str):
    """A finished notebook with the mistake in it and an answer in words."""
    return exchanged(notebook, {"resize_code": VARIANT.source, "augmentation_survey": written})


@pytest.fixture(scope="module")
def graded(request, once, tmp_path_factory) -> Graded:
    request.getfixturevalue("can_grade")

    def make(folder):
        handins = folder / "handins"
        english, chinese = source_notebook(LAB), finished_edition(LAB, source_notebook(LAB), "zh")
        write(handins / "ada", handed_in(english, WRITTEN["ada"]), f"{LAB.name}.ipynb")
        write(handins / "lovelace", handed_in(chinese, WRITTEN["lovelace"]), f"{LAB.name}.ipynb")
        (folder / "said").write_text(grade(ClassFolder(folder / "course"), handins).text)

    top = shutil.copytree(once("edition_class", make), tmp_path_factory.mktemp("edition"), dirs_exist_ok=True)
    rows = json.loads((top / "rows.json").read_text())
    return Graded(ClassFolder(top / "course"), top / "handins", rows, (top / "said").read_text(), 0)


@pytest.fixture(scope="module")
def pages(graded):
    found = {student: graded.state.folder / "feedback" / student / LAB.name for student in WRITTEN}
    return {s: BeautifulSoup((f / f"{LAB.name}.html").read_text("utf-8"), "html.parser") for s, f in found.items()}


def prose(page) -> str:
    """What a page says outside of code."""
    for part in page(["style", "pre", "code", "math", "a"]):
        part.decompose()
    return page.body.get_text("\n")


def test_the_points_are_the_same_question_by_question(graded):
    points = graded.points("ada")
    assert points == graded.points("lovelace")
    assert points[VARIANT.question] < LAB.questions[VARIANT.question].points
    assert sum(points.values()) > 0


def test_the_chinese_page_is_chinese(pages):
    page, say = pages["lovelace"], translator(LAB, "zh")
    assert page.html["lang"] == "zh"
    text = page.body.get_text()
    assert WRITTEN["lovelace"] in text
    assert say(VARIANT.hint) != VARIANT.hint
    assert "".join(say(VARIANT.hint).split())[:30] in "".join(text.split())
    headings = [heading.get_text() for heading in page.find_all(["h1", "h2", "h3"])]
    assert headings
    assert all(HAN.search(heading) for heading in headings), headings
    left = [line.strip() for line in prose(page).split("\n") if SENTENCE.search(line)]
    assert not left


def test_the_english_page_has_no_chinese(pages):
    page = pages["ada"]
    assert page.html["lang"] == "en"
    assert WRITTEN["ada"] in page.body.get_text()
    assert not HAN.search(page.get_text())
