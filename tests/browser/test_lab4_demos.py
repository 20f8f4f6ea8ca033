"""Lab 4's demos on their real page: photos that are answered one batch after another, and layers under the mouse."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import STUDENT
from tests.browser.servers import demos
from tests.browser.shown import Shown

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The start page."""
    if not (STUDENT / "aics").exists():
        pytest.skip("no student environment: `make install` makes it")
    with demos(STUDENT / "aics", tmp_path_factory.mktemp("demos")) as served:
        yield served


def counted(shown: Shown) -> int:
    """How many of 200 are right, once all of them have been answered."""
    words = shown.stage.get_by_text(re.compile(r"^\d+ of 200 right$"))
    expect(words).to_be_visible(timeout=30_000)
    return int(words.inner_text().split()[0])


def test_fewer_bits_by_slider_keys_and_mouse_break_the_answers(page: Page, address: str) -> None:
    shown = Shown(page, address, "bits")
    shown.says("with 8 bits")
    assert counted(shown) > 170
    shown.slide("Bits of a weight", "ArrowLeft", 4)
    shown.says("with 4 bits, one per layer")
    per_layer = counted(shown)
    shown.control("Grids").get_by_role("combobox").select_option("one per channel")
    shown.says("with 4 bits, one per channel")
    assert counted(shown) > per_layer
    shown.press("ArrowLeft", 2)
    shown.says("with 2 bits")
    assert counted(shown) < 40
    shown.press("ArrowDown")
    shown.says("conv2_2 of mini with 2 bits")
    column = shown.stage.get_by_text("6", exact=True)
    column.click(force=True)
    shown.says("conv2_2 of mini with 6 bits")
    assert counted(shown) > 170
    shown.button("Reset").press("Enter")
    shown.says("conv2_1 of mini with 8 bits, one per layer")


def test_a_faster_memory_and_the_layer_under_the_mouse(page: Page, address: str) -> None:
    shown = Shown(page, address, "roofline")
    shown.says("3.84 ms")
    shown.says("the limit of 0 of the 19 layers")
    fc6 = shown.stage.get_by_text("fc6", exact=True).first.bounding_box()
    assert fc6 is not None
    page.mouse.move(fc6["x"] + fc6["width"] / 2, fc6["y"] + fc6["height"] / 2)
    shown.says("fc6: 103 M multiply-adds, 206 MB moved")
    shown.slide("Memory bandwidth, GB/s", "End")
    shown.says("the limit of 15 of the 19 layers")
    shown.slide("Cores", "Home")
    shown.says("Cores: 1,")
    shown.press("ArrowRight")
    shown.says("relu6")
    shown.press("ArrowDown")
    shown.says("fc7")
    shown.button("Reset").press("Enter")
    shown.says("conv1_2: 1.85 G multiply-adds")
