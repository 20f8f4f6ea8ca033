"""Formulas are drawn by the browser itself; one that would do more than that is shown as it was written."""

from __future__ import annotations

import re

import pytest

from autograder.course import labs
from autograder.gradebook import pages
from autograder.gradebook.formulas import LONGEST, drawn
from autograder.gradebook.given import given_of
from tests.gradebook.test_pages import context

LABS = labs()
TAG = re.compile(r"<[^>]*>")


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.name)
def test_every_formula_of_a_lab_is_drawn(lab):
    for text in given_of(lab).texts:
        page = pages.markdown(context(), text)
        without_code = re.sub(r"<(code|pre)\b.*?</\1>", "", page, flags=re.DOTALL)
        assert "$" not in without_code, text
        assert "formula" not in "".join(TAG.findall(page))


@pytest.mark.parametrize(
    ("written", "tag"),
    [("$x_i^2$", "<msubsup>"), ("$$\\frac{a}{b}$$", 'display="block"'), ("\\begin{matrix}a & b\\end{matrix}", "<mtd>")],
)
def test_each_way_to_write_one_is_read(written, tag):
    assert tag in pages.markdown(context(), f"Let {written} be." if "$$" not in written else written)


DOES_MORE = [
    r"\text{<script>hacked()</script>}",
    r"\text{<img src=x onerror=hacked()>}",
    r"\text{<a href='https://evil.example'>x</a>}",
    r"\href{javascript:hacked()}{x}",
    r"\style{position:fixed}{x}",
    r"\class{modal-backdrop}{x}",
    r"\color{red;position:fixed}{x}",
    r"\raise 90em x",
    r"\hspace{900em}x",
    r"\rule{90em}{90em}",
    r"\text{<!DOCTYPE x>}",
    r"\text{<style>*{display:none}</style>}",
    r"\text{&#x3c;!--}\text{<!--}",
    r"\frac{",
    "x" * (LONGEST + 1),
    "{" * 900,
]


@pytest.mark.parametrize("formula", DOES_MORE)
def test_one_that_does_more_is_shown_as_it_was_written(formula):
    assert drawn(formula, False) == ""
    page = pages.markdown(context(), f"Before ${formula}$ after.")
    tags = "".join(TAG.findall(page))
    assert not [word for word in ("script", "onerror", "href", 'style="p', "<style", "<math", "<!") if word in tags]


@pytest.mark.parametrize("text", ['[a](https://x.example "$x$")', '<abbr title="$x$">y</abbr>', '![$x$](y.png "$x$")'])
def test_nothing_is_drawn_within_a_tag(text):
    page = pages.markdown(context(), text)
    assert not [
        tag for tag in TAG.findall(page) if "math" in tag[1:] and tag != "</math>" and "=" in tag and "title" in tag
    ]


def test_no_text_foresees_a_formulas_place():
    page = pages.markdown(context(), "formula0000000000000000x0x $x$ formulax0x")
    assert page.count("<math") == 1
    assert "formula0000000000000000x0x" in page
