"""The studio's page as somebody uses it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

from aics.language import tr

SAID = re.compile(r"step (\d+) of (\d+): total loss (\S+) -> (\S+),")


@dataclass(frozen=True)
class Seen:
    """What the page shows of a run: its step, the total loss at its start and now, and a digest of the picture."""

    step: int
    start: float
    total: float
    picture: str


class Painting:
    """An opened studio."""

    def __init__(self, page: Page, address: str) -> None:
        """Open the page, and wait until its buttons are there."""
        self.page = page
        page.goto(address)
        self.button("Start over").wait_for()

    @property
    def text(self) -> str:
        """All that can be read."""
        return self.page.locator(".aics-studio").inner_text()

    def button(self, name: str) -> Locator:
        """A button by its English text."""
        written = re.compile(rf"^\s*{re.escape(tr(name))}( \(\d+\)|)\s*$")
        return self.page.locator(".aics-studio button", has_text=written)

    def press(self, name: str) -> None:
        """Press a button."""
        self.button(name).click()

    def row(self, label: str) -> Locator:
        """The widget with this English label."""
        return self.page.locator(f".aics-studio .jupyter-widgets:has(> label:text-is('{tr(label)}'))")

    def choose(self, label: str, option: str) -> None:
        """Choose from a list."""
        self.row(label).locator("select").select_option(label=option)

    def chosen(self, label: str) -> str:
        """What is chosen in a list."""
        return self.row(label).locator("select option:checked").inner_text()

    def write(self, label: str, number: str) -> None:
        """Write a number; the slider's number is written as the others are."""
        field = self.row(label).locator("input[type=number], .widget-readout").first
        field.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(number)
        self.page.keyboard.press("Enter")
        field.blur()

    def upload(self, kind: str, path: Path) -> None:
        """Choose a file of one's own."""
        button = self.page.locator(f".aics-studio button[title='A {kind} of your own']")
        with self.page.expect_file_chooser() as chooser:
            button.click()
        chooser.value.set_files(path)

    def says(self, text: str | re.Pattern) -> None:
        """Wait until the page says something."""
        self.page.locator(".aics-studio", has_text=text).wait_for()

    def frame(self) -> Seen:
        """The run as it is shown now; step 0 and no loss before its first frame."""
        shown = self.page.locator(".aics-studio-frame")
        found = SAID.search(shown.inner_text())
        source = shown.locator("img").first.get_attribute("src") if found else ""
        digest = hashlib.sha256(source.encode()).hexdigest()
        return Seen(int(found[1]), float(found[3]), float(found[4]), digest) if found else Seen(0, 0.0, 0.0, digest)

    def after(self, *, step: int, seconds: int = 60) -> Seen:
        """Wait until this step is shown."""
        for _ in range(10 * seconds):
            seen = self.frame()
            if seen.step >= step:
                return seen
            self.page.wait_for_timeout(100)
        raise TimeoutError(f"step {step} was not reached:\n{self.text}")
