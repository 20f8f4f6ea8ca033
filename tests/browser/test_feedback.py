"""A feedback page, opened as the file that a student gets."""

from __future__ import annotations

import pytest

from tests.browser.classroom import Graded
from tests.browser.readable import ENOUGH, contrasts

pytestmark = pytest.mark.slow


def test_the_card_can_be_read_and_its_picture_is_there(page, graded: Graded) -> None:
    page.goto(graded.feedback("edsger").as_uri())
    verdict = graded.row("edsger", "conv_forward")
    card = page.locator(".aics-card", has_text="conv_forward").first
    assert verdict["reason"] in card.inner_text()
    assert "&lt;" not in card.inner_text()
    picture = page.locator("img[alt*='output']").first
    picture.scroll_into_view_if_needed()
    assert picture.is_visible()
    assert picture.evaluate("image => image.naturalWidth") > 100


#: Of each label of a card, whether it reaches beyond its own column.
WIDER = "labels => labels.map(label => label.scrollWidth > label.clientWidth)"


@pytest.mark.parametrize("width", [1280, 420])
def test_every_card_can_be_read(page, graded: Graded, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(graded.feedback("edsger").as_uri())
    for card in page.locator(".aics-card").all():
        assert {words: ratio for words, ratio in contrasts(card).items() if ratio < ENOUGH} == {}
    assert not any(page.locator(".aics-card .row > .col-sm-2").evaluate_all(WIDER))


def test_the_points_are_the_trusted_ones(page, graded: Graded) -> None:
    page.goto(graded.feedback("edsger").as_uri())
    points = sum(row["score"] for row in graded.rows if row["student"] == "edsger" and not row["bonus"])
    assert f"({points:g} of 100 points" in page.locator("body").inner_text()


#: Lays a red box over the whole window from within an element, as a formula may; says whether one sees it at the top.
COVER = """element => {
  const box = document.createElement("span");
  box.style = "position: fixed; inset: 0; background: red; z-index: 9999";
  element.append(box);
  window.scrollTo(0, 0);
  const seen = document.elementFromPoint(40, 40) === box;
  box.remove();
  return seen;
}"""


def test_no_formula_of_a_student_covers_the_page(page, graded: Graded) -> None:
    page.goto(graded.feedback("eve").as_uri())

    assert page.locator("body").evaluate(COVER)
    assert not page.locator("strong", has_text="long rows").first.evaluate(COVER)
    assert page.locator(".output_latex").count() == 0


def test_formulas_are_drawn_and_nothing_is_fetched(page, graded: Graded) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(graded.feedback("edsger").as_uri())
    page.wait_for_load_state("networkidle")
    assert [url.partition(":")[0] for url in fetched if not url.startswith("data:")] == ["file"]
    sizes = [formula.bounding_box() for formula in page.locator("math").all()]
    assert sizes
    assert all(size["width"] > 2 and size["height"] > 5 for size in sizes)


def test_nothing_of_a_students_page_runs(page, graded: Graded) -> None:
    page.goto(graded.feedback("eve").as_uri())
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.hacked") is None
    assert page.locator("[onerror], [onload], a[href^='javascript'], img[src^='http']").count() == 0
    assert "long rows" in page.locator("strong").all_inner_texts()
    assert "![none](attachment:none.png)" in page.locator("body").inner_text()
