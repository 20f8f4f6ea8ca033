"""docs/teaching.md names mistakes that are in the bank, with their hints, and hours that the notebooks say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aics.demos.found import found
from autograder.authoring.section_time import sections
from autograder.course import ROOT, Lab, labs
from autograder.course.variant import Variant

PAGE = (ROOT / "docs" / "teaching.md").read_text("utf-8")
#: A mistake's name, its file as the page links to it, and its hint.
MISTAKE = re.compile(r"^- \[`(\w+)`\]\(\.\./(solutions/(\w+)/misconceptions/\w+\.py)\): (.+)$", re.M)
ALL = [lab.name for lab in labs()]


def part(number: int) -> str:
    """What the page says of a lab."""
    (found,) = re.findall(rf"^## Lab {number}: .+?(?=^## |\Z)", PAGE, re.M | re.S)
    return found


@pytest.mark.parametrize(("number", "name"), list(enumerate(ALL, 1)), ids=ALL)
def test_the_mistakes_are_those_of_the_bank_and_say_what_it_says(number: int, name: str) -> None:
    named = MISTAKE.findall(part(number))
    assert 3 <= len(named) <= 5
    for mistake, file, lab, hint in named:
        known = Variant.read(ROOT / file)
        assert (lab, Path(file).stem, hint) == (name, mistake, known.hint)


def test_nothing_that_looks_like_a_mistake_is_left_out() -> None:
    assert len(MISTAKE.findall(PAGE)) == len(re.findall(r"`\w+__\w+`", PAGE)) == PAGE.count("/misconceptions/")


@pytest.mark.parametrize(("number", "name"), list(enumerate(ALL, 1)), ids=ALL)
def test_the_hours_are_what_the_notebook_says(number: int, name: str) -> None:
    minutes = [section.minutes for section in sections(Lab(name))]
    (said,) = re.findall(r"^\*\*At home:\*\* (\d+) minutes", part(number), re.M)
    assert int(said) == sum(minutes)


def test_the_parts_of_a_lab_add_up() -> None:
    bonus = next(section for section in sections(Lab("lab2_layers")) if "Bonus" in section.heading)
    assert f"of which {bonus.minutes} are the bonus" in part(2)
    sixth = [section.minutes for section in sections(Lab("lab6_mixed_sparse"))]
    assert f"in two sittings: {sum(sixth[:9])}, then {sum(sixth[9:])}." in part(6)
    seventh = [section.minutes for section in sections(Lab("lab7_graph_training"))]
    first, second, third = sum(seventh[:6]), sum(seventh[6:11]), sum(seventh[11:])
    assert f"in three parts: {first}, {second}, then {third}." in part(7)


def test_every_lab_has_questions_to_put_before_anything_runs() -> None:
    for number in range(1, len(ALL) + 1):
        rows = re.findall(r"^\| (\d+) \|.*\?.*\|.*\|.*\|$", part(number), re.M)
        assert len(rows) >= 3
        assert [int(row) for row in rows] == sorted(map(int, rows))
        assert int(rows[-1]) < 15


def test_every_demo_is_used_by_a_lab() -> None:
    rows = re.findall(r"^\| ([^|]+?) \| (`[\w`, -]+`) \| ([\d, ]+) \|$", PAGE, re.M)
    assert {name for _, names, _ in rows for name in re.findall(r"[\w-]+", names)} == set(found())
    for title, _, numbers in rows:
        assert all(title.split(",")[0] in part(int(number)) for number in numbers.split(", "))
