"""The still picture of TensorBoard in lab 7, on the log that the finished notebook's own training writes.

    python -m docs.make.board

It lies beside the lab's pictures, `labs/aics/lab7_graph_training/pictures/tensorboard.webp`, and is seen where
TensorBoard is not installed. Drawn again after a change of that training; Chromium and TensorBoard are needed.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from aics.lab7_graph_training.pictures.watching import STILL
from docs.make.demos import save
from tests.browser.conftest import INSTRUCTOR
from tests.browser.logged import solution
from tests.browser.servers import board, chromium

#: Pixels of the browser, and milliseconds in which TensorBoard has drawn what it read.
SIZE, SETTLED = (1180, 860), 10_000


def drawn(page: Page, address: str) -> bytes:
    """The curves, and below them the hills of the gradients."""
    page.goto(f"{address}/#timeseries")
    page.wait_for_timeout(SETTLED)
    page.get_by_role("button", name="Settings").click()  # away with it: room for two curves side by side
    page.wait_for_timeout(SETTLED)
    return page.screenshot()


def main() -> None:
    """Train, serve, draw, save."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        folder = Path(scratch)
        solution()["watched_training"](folder / "logs" / "run-1")
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        with board(INSTRUCTOR / "aics", folder, folder / "logs") as address:
            page = browser.new_page(viewport=dict(zip(("width", "height"), SIZE, strict=True)))
            save(drawn(page, address), STILL)
        browser.close()


if __name__ == "__main__":
    main()
