"""The zip's README: each system's lines, what to do when pip fails, and each lab's hours."""

from __future__ import annotations

import re

import pytest

from autograder.authoring.readme import readme
from autograder.authoring.section_time import sections
from autograder.course import labs

ALL = readme(labs(), previews=labs())


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


def test_a_lab_that_needs_nothing_more_installs_without_an_extra_which_pip_would_only_warn_about(tiny):
    told = readme([tiny.lab])
    assert '.venv/bin/pip install -e "./labs"\n' in told
    assert "labs[" not in told


def test_labs_stand_in_their_order_with_their_hours_and_a_link_to_the_preview():
    rows = re.findall(
        r"^\| (lab\d_\w+) \| (\d+) hours? \| .*(easy|moderate|hard) \| \[preview\]\((.+)\) \|$", ALL, re.M
    )
    assert [row[0] for row in rows] == [lab.name for lab in labs()]
    assert [row[3] for row in rows] == [f"previews/{lab.name}.html" for lab in labs()]
    for (_, hours, _, _), lab in zip(rows, labs(), strict=True):
        assert int(hours) == round(sum(section.minutes for section in sections(lab)) / 60)
