"""How soon a demo's picture follows a slider, in a real browser on this machine.

    python benchmarks/demos.py [NAME ...] [--times 40]

Each demo is opened in Chromium as `aics demos` serves it, in a browser of 1280 x 720 pixels, at a desk and with the
letters of a projector. Each of its sliders is moved by an arrow key, there and back; the browser's own clock tells how
long it takes from the key to the new picture, which is drawn by then. The exit status is 1 where more than
one in twenty of a demo's answers takes longer than 100 ms.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from crowd import processor
from playwright.sync_api import Locator, Page, sync_playwright
from rich.console import Console
from rich.table import Table

from aics.demos.demo import Demo
from aics.demos.found import found
from autograder.course import ROOT

sys.path.append(str(ROOT))  # the browser is driven as the tests drive it

from tests.browser.servers import chromium, demos
from tests.browser.shown import Shown

#: Milliseconds within which a hand and an eye take two things for one.
AT_ONCE = 100
#: Milliseconds after which a slider is taken to change nothing here, such as one of a window that is at its end.
NOTHING = 1500
#: From a key on a slider to the picture that follows, drawn: two frames after the stage has changed.
_CLOCK = """([handle, key, nothing]) => new Promise(done => {
    const stage = document.querySelector(".aics-stage");
    let began = 0;
    const watch = new MutationObserver(() => {
        watch.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
    });
    watch.observe(stage, {childList: true, subtree: true});
    handle.focus();
    began = performance.now();
    handle.dispatchEvent(new KeyboardEvent("keydown", {key, code: key, bubbles: true, cancelable: true}));
    setTimeout(() => { watch.disconnect(); done(null); }, nothing);
})"""


def answers(slider: Locator, times: int) -> Iterator[float]:
    """Milliseconds that each move of a slider took to be seen; there and back, so that it stays where it is."""
    handle = slider.element_handle()
    for turn in range(times):
        key = "ArrowRight" if turn % 4 in (0, 1) else "ArrowLeft"
        took = slider.page.evaluate(_CLOCK, [handle, key, NOTHING])
        if took is not None:
            yield took
        slider.page.wait_for_timeout(30)


def measured(page: Page, address: str, name: str, times: int, projector: bool) -> list[float]:
    """All answers of one demo."""
    shown = Shown(page, address, name)
    if projector:
        shown.button("Projector").click()
        shown.settled()
    sliders = page.locator(".aics-control [role=slider]").all()
    return [took for slider in sliders for took in answers(slider, max(times // len(sliders), 4))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    on_stage = {name: cls for name, cls in found().items() if issubclass(cls, Demo)}
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"all if none is named: {', '.join(on_stage)}")
    parser.add_argument("--times", type=int, default=40, help="moves of a demo's sliders, together")
    asked, console = parser.parse_args(), Console()
    if unknown := [name for name in asked.names if name not in on_stage]:
        parser.error(f"{unknown[0]!r} is none of {', '.join(on_stage)}")
    if not (browser := chromium()):
        parser.error("no Chromium here: on Debian `apt-get install chromium` brings it")
    table = Table("demo", "letters", "answers", "median, ms", "95 of 100 within, ms", title=processor())
    slow = False
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        with demos(ROOT / ".venv-student" / "bin" / "aics", Path(folder)) as address:
            for name in asked.names or on_stage:
                for letters, projector in (("desk", False), ("projector", True)):
                    page = opened.new_page(viewport={"width": 1280, "height": 720})
                    took = measured(page, address, name, asked.times, projector)
                    page.close()
                    late = quantiles(took, n=20, method="inclusive")[-1]
                    slow |= late > AT_ONCE
                    table.add_row(name, letters, str(len(took)), f"{median(took):.0f}", f"{late:.0f}")
        opened.close()
    console.print(table)
    raise SystemExit(slow)


if __name__ == "__main__":
    main()
