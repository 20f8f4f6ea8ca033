"""docs/classes.md says what intake and deadlines.toml do."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields

import pytest

from autograder.course import ROOT, labs
from autograder.intake.deadlines import DEADLINES, Deadlines
from autograder.intake.find import find_handins
from tests.intake.release import as_bytes, shape, solved

PAGE = (ROOT / "docs" / "classes.md").read_text("utf-8")
ROWS = [re.findall(r"`([^`]+)`", row) for row in PAGE.splitlines() if row.startswith("| ") and "`" in row]
EXAMPLES = [(names[n], names[len(names) // 2 + n]) for names in ROWS for n in range(len(names) // 2)]


@pytest.mark.parametrize(("name", "student"), [pair for pair in EXAMPLES if not pair[0].startswith("submission_")])
def test_an_example_is_recognised_as_the_table_says(tmp_path, name, student):
    path = tmp_path / "in" / (f"{name}lab9_small.ipynb" if name.endswith("/") else name)
    path.parent.mkdir(parents=True)
    path.write_bytes(as_bytes(solved()))
    (handin,), _ = find_handins(tmp_path / "in", [shape()])
    assert handin.student == student


def test_the_example_of_deadlines_is_one_and_names_every_setting(tmp_path):
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / DEADLINES).write_text(text)
    assert set(Deadlines.read(tmp_path).due) <= {lab.name for lab in labs()}
    assert set(tomllib.loads(text)) == {"timezone", *(f.name for f in fields(Deadlines))} - {"zone"}
