"""Lab 7 is cut in three, under headings; how long each part takes is the sum of its sections."""

from __future__ import annotations

import re

from autograder.authoring.section_time import sections
from autograder.authoring.source import source_notebook
from autograder.course import Lab

LAB = Lab("lab7_graph_training")
CELLS = source_notebook(LAB).cells
HOURS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"]
PART = re.compile(r"^# (?:Second|Third) part: ", re.M)


def minutes() -> list[int]:
    """Of each part: a section belongs to the one whose heading stands above it."""
    found, times = [0], {section.heading: section.minutes for section in sections(LAB)}
    for cell in CELLS:
        if PART.search(cell.source):
            found.append(0)
        found[-1] += sum(times.get(heading, 0) for heading in re.findall(r"^## (\d+\. .+)$", cell.source, re.M))
    return found


def test_every_section_says_how_long_it_takes():
    headings = [heading for cell in CELLS for heading in re.findall(r"^## (\d+\. .+)$", cell.source, re.M)]
    assert [section.heading for section in sections(LAB)] == headings
    assert [int(heading.partition(".")[0]) for heading in headings] == list(range(1, 19))


def test_the_hours_of_the_parts_are_those_of_their_sections():
    (told,) = [cell.source for cell in CELLS if "**Three parts.**" in cell.source]
    said = re.findall(r"about\s+(\w+)\s+hours", told)
    assert said == [HOURS[round(each / 60)] for each in minutes()]


def test_a_heading_stands_where_each_part_ends_and_says_how_to_go_on():
    cuts = [cell.source for cell in CELLS if PART.search(cell.source)]
    assert len(cuts) == 2
    for cut in cuts:
        assert re.search(r"^---\n\n# End of the (first|second) part$", cut, re.M)
        assert "**Before you close the notebook.**" in cut
        assert "Run All Above Selected Cell" in cut
