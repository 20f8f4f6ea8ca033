"""The pictures of each solved lab, drawn in a browser in a light and in a dark page: their text can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.authoring.page import OfflinePage
from autograder.course import Lab, labs
from tests import notebooks
from tests.browser.pictured_text import DrawnText, texts
from tests.browser.readable import ENOUGH
from tests.once import Once

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Page

pytestmark = [pytest.mark.slow, notebooks.needs_student_environment]
#: CSS pixels: 8 points in a picture that has the room it asks for.
LEAST = 8.8


def faults(drawn: list[DrawnText], width: float, height: float) -> Iterator[str]:
    """What a reader would complain of in one picture."""
    for place, text in enumerate(drawn):
        if text.outside(width, height):
            yield f"{text} is cut off"
        if text.contrast < ENOUGH - 0.05:
            yield f"{text} is faint"
        if text.size < LEAST:
            yield f"{text} is small"
        yield from (f"{text} and {other} overlap" for other in drawn[:place] if text.over(other))


def pictures(page: Page) -> Iterator[tuple[str, ElementHandle]]:
    """Each picture that has a size, with what it says it shows; a locator would look for it again at every question."""
    for svg in page.query_selector_all(".jp-OutputArea-output svg[role=img]"):
        if svg.bounding_box():
            yield svg.get_attribute("aria-label") or "", svg


@pytest.mark.parametrize(("theme", "language"), [("light", "en"), ("dark", "en"), ("light", "zh")])
@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_all_text_of_a_labs_pictures_can_be_read(
    page: Page, once: Once, tmp_path: Path, lab: Lab, theme: str, language: str
) -> None:
    html = tmp_path / "lab.html"
    html.write_text(
        OfflinePage(theme=theme).from_notebook_node(notebooks.solved(once, lab, language).notebook)[0], "utf-8"
    )
    page.goto(html.as_uri())
    found, seen = [], 0
    for alt, svg in pictures(page):
        box = svg.bounding_box()
        assert box
        seen += 1
        found += [f"{alt[:60]}: {fault}" for fault in faults(texts(svg), box["width"], box["height"])]
    assert seen > 5
    assert found == []


BAD = """<svg role="img" width="200" height="100">
<text x="150" y="20" font-size="16" style="fill:#222">a long word</text>
<text x="10" y="50" font-size="16" style="fill:#aaa">faint</text>
<text x="10" y="80" font-size="6" style="fill:#222">small</text>
<text x="90" y="60" font-size="16" style="fill:#222">one</text><text x="95" y="62" font-size="16">other</text></svg>"""


def test_each_kind_of_fault_is_seen(page: Page) -> None:
    page.set_content(BAD)
    found = [fault.rpartition(") ")[2] for fault in faults(texts(page.locator("svg")), 200, 100)]
    assert found == ["is cut off", "is faint", "is small", "overlap"]
