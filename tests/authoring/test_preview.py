"""A lab's preview shows the finished pictures, and neither answers nor solution code."""

from __future__ import annotations

import html
import inspect
import re
import tempfile

import pytest

from autograder.authoring.preview import preview
from autograder.authoring.source import source_notebook
from autograder.course import Lab, labs
from tests import notebooks
from tests.authoring.test_page import Seen
from tests.authoring.test_release import TELLS_NOTHING

pytestmark = [pytest.mark.slow, notebooks.needs_student_environment]
TAG = re.compile(r"<[^>]*>")


@pytest.fixture(scope="module", params=labs(), ids=lambda lab: lab.name)
def lab(request) -> Lab:
    return request.param


@pytest.fixture(scope="module")
def page(lab, once) -> str:
    return preview(lab, notebooks.solved(once, lab).notebook)


def test_it_shows_nearly_every_picture(lab, page):
    looks = [cell for cell in source_notebook(lab).cells if cell.id.endswith("_look")]
    assert len(re.findall(r"<img alt=|<svg", page)) >= 0.7 * len(looks)


def test_it_needs_no_network_and_its_formulas_are_drawn(page):
    seen = Seen(page)
    assert "script" not in seen.tags
    assert [address[:80] for address in seen.addresses if not address.startswith(("data:", "#"))] == []
    assert seen.tags.count("math") > 5
    assert "$" not in seen.prose


def test_it_is_small_enough_to_send(page):
    assert len(page) < 4e6


def test_it_shows_no_error_and_no_verdict(page):
    assert "Traceback" not in page
    assert "[+]" not in TAG.sub("", page)
    assert "aics-card" not in page, "no finish line either"
    assert tempfile.gettempdir() not in TAG.sub("", page)


def test_no_solution_no_oracle_and_no_written_answer_is_in_it(lab, page):
    shown = {line.strip() for line in html.unescape(TAG.sub("", page)).splitlines()}
    private = {
        line.strip()
        for question in lab.questions.values()
        for function in (question.expected, question.cases)
        for line in inspect.getsource(function).splitlines()
    }
    for cell in source_notebook(lab).cells:
        for region in re.findall(r"BEGIN SOLUTION\n(.*?)\n\s*#+ END SOLUTION", cell.source, re.S):
            private |= {line.strip() for line in region.splitlines()}
        if cell.id.endswith("_written"):
            private |= {line.strip() for line in cell.source.splitlines()}
    telling = {line for line in private if not TELLS_NOTHING.fullmatch(line)}
    assert len(telling) > 5 * len(lab.questions)
    assert telling & shown == set()
