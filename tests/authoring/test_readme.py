"""The zip's README: each system's lines, what to do when pip fails, and each lab's hours."""

from __future__ import annotations

import re

import pytest

from autograder.authoring.readme import SECTION, readme, sections
from autograder.authoring.source import source_notebook
from autograder.course import labs

ALL = readme(labs(), previews=True)


@pytest.mark.parametrize(
    "line",
    [
        '    .venv/bin/pip install -e "./labs[all]"',
        '    .venv\\Scripts\\pip install -e "./labs[all]"',
        "    py -m venv .venv",
        "    .venv\\Scripts\\jupyter lab labs",
        'pip install -i MIRROR-URL -e "./labs[all]"',
        "    !unzip -q labs.zip && pip install -q onnx onnxruntime",
        "## When the installation fails",
    ],
)
def test_it_has_a_line_for_every_system_a_mirror_and_a_failure(line):
    assert line in ALL


def test_it_names_no_host():
    assert not re.search(r"https?://", ALL)


def test_the_zip_of_one_lab_installs_that_labs_packages_only():
    assert 'pip install -e "./labs[lab2]"' in readme([lab for lab in labs() if lab.name == "lab2_layers"])


def test_labs_stand_in_their_order_with_their_hours_and_a_link_to_the_preview():
    rows = re.findall(
        r"^\| (lab\d_\w+) \| (\d+) hours? \| .*(easy|moderate|hard) \| \[preview\]\((.+)\) \|$", ALL, re.M
    )
    assert [row[0] for row in rows] == [lab.name for lab in labs()]
    assert [row[3] for row in rows] == [f"previews/{lab.name}.html" for lab in labs()]
    for (_, hours, _, _), lab in zip(rows, labs(), strict=True):
        assert int(hours) == round(sum(minutes for minutes, _ in sections(lab)) / 60)


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_each_numbered_section_says_how_long_it_takes_and_how_hard_it_is(lab):
    prose = [cell.source for cell in source_notebook(lab).cells if cell.cell_type == "markdown"]
    headings = [line for text in prose for line in re.findall(r"^## \d+\. .+$", text, re.M)]
    assert headings
    assert sum(len(SECTION.findall(text)) for text in prose) == len(headings)
