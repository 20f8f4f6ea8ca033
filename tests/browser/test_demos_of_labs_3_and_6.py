"""The receptive field, the loss scale and the sparse masks as pages in Chromium: by mouse and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shown import Shown

pytestmark = pytest.mark.slow


def test_the_mouse_over_the_map_moves_the_field_and_a_bar_chooses_the_layer(page: Page, demos_address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    shown = Shown(page, demos_address, "receptive")
    shown.says("conv3_2: the number in row 15, column 31 of a map of 48 x 72 sees 32 x 32 pixels")
    before = shown.markup
    shown.hover(0.98, 0.05)
    shown.differs(before)
    shown.says("row 1, column 68")
    shown.hover(0.99, 0.9)
    shown.says("pool5: ")
    shown.says("sees 268 x 268 pixels")


def test_arrow_keys_go_from_number_to_number_and_a_slider_through_the_layers(page: Page, demos_address: str) -> None:
    shown = Shown(page, demos_address, "receptive")
    shown.press("ArrowRight")
    shown.says("row 15, column 32")
    shown.press("ArrowDown")
    shown.says("row 16, column 32")
    shown.slide("Layer", "End")
    shown.says("pool5: ")
    shown.slide("Layer", "Home")
    shown.says("conv1_1: ")
    shown.says("sees 3 x 3 pixels")
    page.get_by_label("Show what counts most").press("Space")
    expect(page.get_by_text(re.compile("% of the 3 x 3 pixels have half of all influence"))).to_be_visible(
        timeout=20_000
    )


def test_a_slider_and_the_arrow_keys_slide_the_gradients_out_of_the_zeros(page: Page, demos_address: str) -> None:
    shown = Shown(page, demos_address, "loss-scale")
    shown.says("25 % have vanished")
    shown.slide("Scale of the loss", "ArrowRight", 15)
    shown.says("the loss times 2 to the 15")
    shown.says("98 % have all digits")
    shown.press("ArrowLeft", 2)
    shown.says("the loss times 2 to the 13")
    shown.slide("Scale of the loss", "End")
    shown.says("> 99 % have overflowed")
    shown.control("The scale is found").locator("select").select_option("by itself")
    shown.says("Step 1 of 60.")
    shown.press("ArrowRight", 3)
    shown.says("Step 4 of 60.")


def test_the_film_of_masks_steps_and_a_training_runs_live(page: Page, demos_address: str) -> None:
    shown = Shown(page, demos_address, "sparse")
    shown.says("Before the training, 5 % of the weights.")
    shown.press("ArrowRight", 2)
    shown.says("Epoch 1, pruned")
    shown.press("ArrowRight")
    shown.says("Epoch 1, regrown")
    shown.control("Weights kept").locator("select").select_option("1 %")
    shown.says("Epoch 1, regrown, 1 % of the weights.")
    shown.button("Train again").press("Enter")
    expect(page.get_by_text(re.compile(r"The training runs: epoch \d+ of 12"))).to_be_visible(timeout=90_000)
    shown.button("Reset").press("Enter")
    shown.says("Before the training, 5 % of the weights.")
