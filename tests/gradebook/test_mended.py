"""What intake did to a file stands at the top of its feedback page, every sign as it is."""

from __future__ import annotations

import json

import pytest
from nbformat.v4 import new_notebook

from autograder.gradebook import pages
from autograder.gradebook.mended import LONGEST, MOST, SayMended, listed, remarks_path
from autograder.gradebook.nbgrader import configuration
from autograder.intake.messages import say
from tests.gradebook.conftest import ClassFolder
from tests.gradebook.test_pages import context

REMARK = "layers_2.py, line 31: `/` read as Python 2's whole division"


def rendered(*remarks: str) -> str:
    return pages.markdown(context(), listed(list(remarks)))


def test_a_remark_is_shown_in_the_terminals_words():
    assert f"<li>{REMARK}</li>" in rendered(REMARK)


@pytest.mark.parametrize(
    "name", ["<script>hacked()</script>", "[x](https://evil.example)", "**a**", "![a](data:,)", "# a", "a\n\n# b"]
)
def test_a_files_name_does_nothing(name):
    page = rendered(f"{name} is read")
    assert page.count("<strong>") == 1
    assert not [tag for tag in ("<script", "<a", "<img", "<h1") if tag in page]


@pytest.mark.parametrize(("sign", "shown"), [("a", MOST), ("*", 6)])
def test_a_list_ends(sign, shown):
    page = rendered(*[sign * 400] * 20)
    assert page.count("<li>") == shown + 1
    assert f"{20 - shown} more like these" in page
    assert sign * (LONGEST + 1) not in page


@pytest.mark.parametrize(
    ("remarks", "cells"), [([REMARK], 1), ([], 0), ([say("out_of", total=28, names="session_run")], 0), (None, 0)]
)
def test_a_page_begins_with_it_where_there_is_anything_to_say(tmp_path, remarks, cells):
    path = remarks_path(ClassFolder(tmp_path), "ada", "lab2_layers")
    path.parent.mkdir(parents=True)
    if remarks is not None:
        path.write_text(json.dumps(remarks), "utf-8")
    config = configuration()
    config.CourseDirectory.root = str(tmp_path)
    about = {"nbgrader": {"student": "ada", "assignment": "lab2_layers"}}
    notebook, _ = SayMended(config=config).preprocess(new_notebook(), about)
    assert len(notebook.cells) == cells
    again, _ = SayMended(config=config).preprocess(notebook, about)  # the page is made of the graded notebook
    assert len(again.cells) == cells
