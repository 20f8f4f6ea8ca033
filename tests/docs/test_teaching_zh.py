"""docs/zh/teaching.md says of each mistake what a student who works in Chinese is told."""

from __future__ import annotations

import re

import pytest

from autograder.authoring.translate.catalogue_file import translator
from autograder.course import ROOT, labs
from autograder.course.variant import Variant

PAGE = (ROOT / "docs" / "zh" / "teaching.md").read_text("utf-8")
#: A mistake's name, its file as the page links to it, and its hint.
MISTAKE = re.compile(r"^- \[`(\w+)`\]\(\.\./\.\./(solutions/(\w+)/misconceptions/\w+\.py)\)：(.+)$", re.M)


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_a_hint_is_the_catalogues(lab) -> None:
    said = translator(lab.folder / "zh.po")
    named = [(file, hint) for _, file, name, hint in MISTAKE.findall(PAGE) if name == lab.name]
    assert named
    for file, hint in named:
        assert hint == said(Variant.read(ROOT / file).hint)


def test_the_mistakes_are_those_of_the_english_page() -> None:
    english = (ROOT / "docs" / "teaching.md").read_text("utf-8")
    assert [name for name, *_ in MISTAKE.findall(PAGE)] == re.findall(r"^- \[`(\w+__\w+)`\]", english, re.M)
