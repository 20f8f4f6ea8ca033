"""formgrader shows the trusted scores, grades by our path, and runs nothing that a student wrote."""

from __future__ import annotations

import pytest

from autograder.grading.record import Record
from tests.browser.classroom import LAB, Graded

pytestmark = pytest.mark.slow

#: How elements are positioned, each way once.
POSITIONS = "links => [...new Set(links.map(link => getComputedStyle(link).position))]"


def open_submission(page, formgrader: str, student: str) -> None:
    page.goto(f"{formgrader}/manage_students/{student}/{LAB}")
    page.locator("#main-table a").first.click()
    page.wait_for_function("window.formgrader?.grades?.loaded && window.formgrader.comments.loaded")


def figure(cell) -> str:
    """What a cell says above its small print, as the terminal does."""
    return cell.inner_text().splitlines()[0].removesuffix(" bonus")


def row_of(page, student: str):
    return page.locator("tr", has=page.locator("td.student-id", has_text=student))


def test_the_scores_shown_are_the_trusted_ones(page, formgrader: str, graded: Graded) -> None:
    page.goto(f"{formgrader}/manage_submissions/{LAB}")
    for student, (points, bonus) in graded.totals().items():
        score = row_of(page, student).locator("td.score")
        score.filter(has_text="/").wait_for()
        assert figure(score) == graded.said(student)
        assert figure(score).startswith(f"{points:g} / ")
        assert figure(score).endswith(f" + {bonus:g}") == bool(bonus)
    page.goto(f"{formgrader}/gradebook/{LAB}/{LAB}")
    page.locator("td.score", has_text="/").first.wait_for()
    assert sorted(map(figure, page.locator("td.score").all())) == sorted(map(graded.said, graded.totals()))


def test_a_forged_score_is_worth_nothing(graded: Graded) -> None:
    assert graded.totals()["oscar"] == (0, 0)


def test_a_submission_shows_card_reason_and_points(page, formgrader: str, graded: Graded) -> None:
    open_submission(page, formgrader, "edsger")
    verdict = graded.row("edsger", "conv_forward")
    assert verdict["misconception"]
    card = page.locator(".aics-card", has_text="conv_forward").first
    card.scroll_into_view_if_needed()
    assert card.is_visible()
    assert verdict["reason"] in card.inner_text()
    assert "This looks like a known mistake" in card.inner_text()
    for question in ("relu", "conv_forward", "flatten", "conv_output_size"):
        assert (
            page.locator(f"#{question}").get_attribute("placeholder") == f"{graded.row('edsger', question)['score']:g}"
        )
    assert page.locator("#conv_winograd_extra_credit").input_value() == "10"


def test_nothing_of_a_students_page_runs(page, formgrader: str) -> None:
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_submission(page, formgrader, "eve")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.hacked") is None
    assert page.locator("[onerror], [onload], a[href^='javascript']").count() == 0
    assert "long rows" in page.locator("strong").all_inner_texts()
    assert "![none](attachment:none.png)" in page.locator("body").inner_text()
    assert not [url for url in asked if "example.org" in url]


def test_nothing_of_a_students_page_covers_formgraders(page, formgrader: str) -> None:
    open_submission(page, formgrader, "eve")
    assert page.locator("a[href='https://example.org/overlay']").count() >= 10
    assert page.locator("a[href='https://example.org/overlay']").evaluate_all(POSITIONS) == ["static"]
    page.locator("#img2col_why").fill("1")  # the field for the points; a click must reach it, and not a link
    page.locator("#img2col_why").click(trial=True)
    page.locator("li.next a").first.click(trial=True)


def test_the_autograde_button_takes_our_path(page, formgrader: str, graded: Graded) -> None:
    page.goto(f"{formgrader}/manage_submissions/{LAB}")
    for student in ("eve", "oscar"):
        record = graded.course / "runs" / student / f"{LAB}.json"
        before = Record.load(record)
        row_of(page, student).locator("td.autograde a").click()
        page.locator("#success-modal").wait_for()
        page.locator("#success-modal .modal-footer button").click()
        page.locator("#success-modal").wait_for(state="detached")
        after = Record.load(record)
        keys = {name: judged.key for name, judged in after.judged.items()}
        assert before.outdated(keys), "the class was graded by values only, so questions that time must be asked again"
        assert [row.score for row in after.rows] == [row.score for row in before.rows]
        score = row_of(page, student).locator("td.score")
        score.filter(has_text="/").wait_for()
        assert figure(score) == graded.said(student)
