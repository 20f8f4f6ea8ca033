"""docs/classes.md says what intake, deadlines.toml and parameters.toml do."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields

import pytest

from autograder.course import ROOT, labs
from autograder.course.varying import PARAMETERS, Varying
from autograder.intake.deadlines import DEADLINES, Deadlines
from autograder.intake.find import find_handins
from tests.intake.release import as_bytes, shape, solved

PAGE = (ROOT / "docs" / "classes.md").read_text("utf-8")
ROWS = [re.findall(r"`([^`]+)`", row) for row in PAGE.splitlines() if row.startswith("| ") and "`" in row]
EXAMPLES = [(names[n], names[len(names) // 2 + n]) for names in ROWS for n in range(len(names) // 2)]

#: The examples of files in the class's folder: deadlines.toml, and parameters.toml.
SETTINGS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("name", "student"), [pair for pair in EXAMPLES if not pair[0].startswith("submission_")])
def test_an_example_is_recognised_as_the_table_says(tmp_path, name, student):
    path = tmp_path / "in" / (f"{name}lab9_small.ipynb" if name.endswith("/") else name)
    path.parent.mkdir(parents=True)
    path.write_bytes(as_bytes(solved()))
    (handin,), _ = find_handins(tmp_path / "in", [shape()])
    assert handin.student == student


def test_the_example_of_deadlines_is_one_and_names_every_setting(tmp_path):
    text, _ = SETTINGS
    (tmp_path / DEADLINES).write_text(text)
    assert set(Deadlines.read(tmp_path).due) <= {lab.name for lab in labs()}
    assert set(tomllib.loads(text)) == {"timezone", *(f.name for f in fields(Deadlines))} - {"zone"}


def test_the_example_of_parameters_is_one_and_the_page_names_all_that_can_differ(tmp_path):
    _, text = SETTINGS
    (tmp_path / PARAMETERS).write_text(text)
    assert Varying.read(tmp_path).of("lab1_preprocessing")
    can = [name for lab in labs() for name, parameters in lab.parameters.items() if parameters]
    assert all(f"`{name}`" in PAGE for name in can)
