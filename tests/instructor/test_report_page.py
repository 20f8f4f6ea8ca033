"""The report's page in a real browser: for a small class and for a thousand, by keyboard, on paper, in both themes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from autograder.course import Lab
from autograder.intake.called import Called
from autograder.report.gathered import standings
from autograder.report.page import page as report_page
from autograder.report.reasons import ClassQuestion
from tests.browser.readable import ENOUGH, contrasts
from tests.browser.servers import chromium
from tests.gradebook.conftest import LAB
from tests.instructor.conftest import Graded

if not chromium():
    pytest.skip("no Chromium here: on Debian `apt-get install chromium` brings it", allow_module_level=True)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def thousand(known: Graded, reports: Path) -> Path:
    """A page of a thousand students, who handed in what the small class did."""
    lab = Lab(LAB)
    few = standings(known.state, lab, reports)
    many = [
        replace(few[n % len(few)], student=f"student{n:04}", called=Called(name=f"Student {n}", email=f"s{n}@b.org"))
        for n in range(1000)
    ]
    questions = [ClassQuestion(question, many) for question in lab.questions.values()]
    path = reports / "thousand.html"
    path.write_text(report_page(known.state, lab, many, questions, datetime(2026, 1, 1)))
    return path


@pytest.fixture(params=["few", "thousand"])
def path(request: pytest.FixtureRequest, reports: Path) -> Path:
    return reports / f"{LAB}.html" if request.param == "few" else request.getfixturevalue("thousand")


@pytest.mark.parametrize("width", [1280, 420])
def test_nothing_is_asked_for_and_nothing_reaches_over_the_edge(page, path, width):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path.as_uri())
    assert asked == [path.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read(page, reports, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto((reports / f"{LAB}.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert {words: ratio for words, ratio in contrasts(page.locator("body")).items() if ratio < ENOUGH} == {}


def test_the_keyboard_alone_opens_a_question_and_leads_to_a_student(page, path):
    page.goto(path.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    details = page.locator("#question-relu")
    details.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert details.evaluate("each => each.open")
    page.keyboard.press("Tab")
    student = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == student
    row = page.locator(f"tr{student}")
    assert row.evaluate("each => each.matches(':target')")
    assert row.is_visible()


def test_on_paper_every_reason_is_seen(page, reports):
    page.goto((reports / f"{LAB}.html").as_uri())
    page.emulate_media(media="print")
    hint = page.locator("#question-relu .reason h4").first
    assert hint.is_visible()
    assert hint.bounding_box()["height"] > 5
    assert not page.locator("nav").is_visible()
