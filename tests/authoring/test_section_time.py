"""What a section says of its time is near the rule of thumb, and every numbered section says it."""

from __future__ import annotations

import re

import pytest
from nbformat import from_dict

from autograder.authoring.section_time import Section, sections
from autograder.authoring.source import source_notebook
from autograder.course import labs

each_lab = pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
#: How far a section may be from the rule, in minutes or as a part of what it says; and a whole lab.
NEAR, PART, WHOLE = 10, 1 / 3, 0.15


@each_lab
def test_each_numbered_section_says_how_long_it_takes_and_how_hard_it_is(lab):
    prose = [cell.source for cell in source_notebook(lab).cells if cell.cell_type == "markdown"]
    headings = [line for text in prose for line in re.findall(r"^## (\d+\. .+)$", text, re.M)]
    assert headings
    assert [section.heading for section in sections(lab)] == headings


@each_lab
def test_what_it_says_is_near_the_rule_of_thumb(lab):
    told = sections(lab)
    far = [
        f"{section.heading}: says {section.minutes}, expected {section.expected}"
        for section in told
        if abs(section.minutes - section.expected) > max(NEAR, PART * section.minutes)
    ]
    assert far == []
    whole = sum(section.minutes for section in told)
    assert sum(section.expected for section in told) == pytest.approx(whole, rel=WHOLE)


def section(level: str, *cells: tuple[str, str, str]) -> Section:
    made = [from_dict({"cell_type": kind, "id": name, "source": source}) for kind, name, source in cells]
    return Section(heading="1. One", minutes=0, level=level, cells=made)


SOLVED = "### BEGIN SOLUTION\n# why\n\n" + "x = 1\n" * 12 + "### END SOLUTION"


@pytest.mark.parametrize(
    ("made", "minutes"),
    [
        (section("easy"), 5),
        (section("easy", ("markdown", "prose-1", "word " * 500)), 10),
        (section("easy", ("markdown", "prose-1", '<img alt="none of these words count">')), 5),
        (section("easy", *[("code", "it_look", "show()")] * 10), 20),
        (section("easy", ("markdown", "why_written", "Your answer.")), 30),
        (section("easy", ("code", "it_code", SOLVED)), 25),  # 8 + 12 * 1.25
        (section("hard", ("code", "it_code", SOLVED)), 30),  # 8 + 12 * 2
    ],
)
def test_prose_pictures_answers_and_lines_take_their_time(made, minutes):
    assert made.expected == minutes
