"""Lab 4's demos on their real page: photos that are answered one batch after another, and layers under the mouse."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shown import Shown

pytestmark = pytest.mark.slow


def right(shown: Shown, setting: str) -> int:
    """The percentage of right answers with this setting, once all photos have been answered."""
    measured = re.compile(rf"{setting}: .* (\d+) % of 200 pictures are named right")
    expect(shown.stage).to_have_attribute("aria-label", measured, timeout=60_000)
    found = measured.search(shown.alt)
    assert found
    return int(found[1])


def test_fewer_bits_by_slider_keys_and_mouse_break_the_answers(page: Page, demos_address: str) -> None:
    shown = Shown(page, demos_address, "bits")
    assert right(shown, "conv2_1 of mini with 8 bits, one per layer") > 85
    shown.slide("Bits of a weight", "ArrowLeft", 4)
    per_layer = right(shown, "with 4 bits, one per layer")
    shown.control("Grids").get_by_role("combobox").select_option("one per channel")
    assert right(shown, "with 4 bits, one per channel") > per_layer
    shown.press("ArrowLeft", 2)
    assert right(shown, "with 2 bits, one per channel") < 20
    expect(shown.stage.get_by_text(re.compile(r"^\d+ right, \d+ × "))).to_be_visible()
    shown.press("ArrowDown")
    shown.says("conv2_2 of mini with 2 bits")
    shown.stage.get_by_text("6", exact=True).click(force=True)
    assert right(shown, "conv2_2 of mini with 6 bits, one per channel") > 85
    shown.button("Reset").press("Enter")
    shown.says("conv2_1 of mini with 8 bits, one per layer")


def test_a_faster_memory_and_the_layer_under_the_mouse(page: Page, demos_address: str) -> None:
    shown = Shown(page, demos_address, "roofline")
    shown.says("3.84 ms")
    shown.says("the limit of 0 of the 19 layers")
    for name, said in (("fc7", "fc7: 16.8 M multiply-adds"), ("fc6", "fc6: 103 M multiply-adds, 206 MB moved")):
        shown.hover_over(name)
        shown.says(said)
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
