"""A demo's page as a teacher uses it: by mouse, by keyboard, from the back row and on a phone."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

#: Every piece of text on the stage: its words, the height of its letters as drawn, and how far it sticks out.
_TEXTS = """stage => {
    const around = stage.getBoundingClientRect();
    const found = [];
    for (const element of stage.querySelectorAll("*")) {
        const words = [...element.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent.trim()).join("");
        if (!words || ["TITLE", "DESC", "STYLE"].includes(element.tagName.toUpperCase())) continue;
        const box = element.getBoundingClientRect(), drawn = element.getScreenCTM ? element.getScreenCTM().d : 1;
        const out = Math.max(around.left - box.left, box.right - around.right, around.top - box.top,
                             box.bottom - around.bottom);
        found.push([words, parseFloat(getComputedStyle(element).fontSize) * Math.abs(drawn), out]);
    }
    return found;
}"""


@dataclass(frozen=True)
class Words:
    """A piece of text on the stage: height of its letters, and how far it sticks out of the stage, in pixels."""

    text: str
    height: float
    out: float


class Shown:
    """An opened demo."""

    def __init__(self, page: Page, address: str, name: str) -> None:
        """Open the page of this demo, and wait for its first scene in the browser's own size."""
        self.page = page
        page.goto(f"{address}&demo={name}")
        self.stage = page.locator(".aics-stage")
        self.stage.wait_for(timeout=60_000)
        self.settled()

    @property
    def alt(self) -> str:
        """What is on the stage, in words."""
        return self.stage.get_attribute("aria-label") or ""

    @property
    def markup(self) -> str:
        """What is on the stage."""
        return self.stage.inner_html()

    @property
    def words(self) -> list[Words]:
        """All text on the stage."""
        return [Words(*found) for found in self.stage.evaluate(_TEXTS)]

    @property
    def trouble(self) -> Locator:
        """The sentence on what went wrong."""
        return self.page.locator(".aics-trouble")

    def button(self, name: str) -> Locator:
        """A button by its text."""
        return self.page.get_by_role("button", name=name, exact=True)

    def control(self, label: str) -> Locator:
        """The box of the control with this label."""
        return self.page.locator(".aics-control").filter(has=self.page.get_by_text(label, exact=True))

    def slide(self, label: str, key: str, times: int = 1) -> None:
        """Press a key on a slider, as somebody without a mouse does."""
        handle = self.control(label).get_by_role("slider").last
        handle.focus()
        for _ in range(times):
            handle.press(key)

    def press(self, key: str, times: int = 1) -> None:
        """Press a key on the stage."""
        self.stage.focus()
        for _ in range(times):
            self.page.keyboard.press(key)

    def drag(self, *places: tuple[float, float]) -> None:
        """Drag the mouse over the stage; places are fractions of its width and height."""
        points = [self._at(*place) for place in places]
        self.page.mouse.move(*points[0])
        self.page.mouse.down()
        for point in points[1:]:
            self.page.mouse.move(*point, steps=4)
        self.page.mouse.up()

    def hover(self, across: float, down: float) -> None:
        """Move the mouse to a place on the stage, in fractions of its width and height."""
        self.page.mouse.move(*self._at(across, down))

    def hover_over(self, words: str) -> None:
        """Move the mouse to these words on the stage; if they are drawn anew meanwhile, to where they are then."""
        self.stage.get_by_text(words, exact=True).last.hover(force=True)

    def says(self, alt: str) -> None:
        """Wait until the stage shows what these words say; they may be a part."""
        expect(self.stage).to_have_attribute("aria-label", _containing(alt), timeout=20_000)

    def differs(self, before: str) -> str:
        """Wait until something else than this markup is shown; return it."""
        self.page.wait_for_function(
            "([stage, before]) => stage.innerHTML !== before", arg=[self.stage.element_handle(), before], timeout=20_000
        )
        return self.settled()

    def settled(self) -> str:
        """Wait until the scene stays as it is for a while; return its markup."""
        before = ""
        while self.markup != before or not before:
            before = self.markup
            self.page.wait_for_timeout(400)
        return before

    def _at(self, across: float, down: float) -> tuple[float, float]:
        box = self.stage.bounding_box()
        assert box is not None
        return box["x"] + across * box["width"], box["y"] + down * box["height"]


def _containing(words: str) -> object:
    import re

    return re.compile(re.escape(words))
