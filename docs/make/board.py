"""The still pictures of TensorBoard in lab 7, on the log that the finished notebook's own training writes.

    python -m docs.make.board

They lie beside the lab's pictures, `labs/aics/lab7_graph_training/pictures/tensorboard_*.webp`, and are seen where
TensorBoard is not installed. Drawn again after a change of that training; Chromium and TensorBoard are needed.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from aics.lab7_graph_training.pictures.watching import STILLS
from docs.make.demos import save
from tests.browser.conftest import INSTRUCTOR
from tests.browser.logged import solution
from tests.browser.servers import board, chromium

#: Pixels of the browser, and milliseconds in which TensorBoard has drawn what it read.
SIZES, SETTLED = {"timeseries": (1180, 1060), "graphs": (1180, 700)}, 10_000


def drawn(browser: Browser, address: str, name: str) -> bytes:
    """One page of TensorBoard, as large as its picture is to be."""
    page = browser.new_page(viewport=dict(zip(("width", "height"), SIZES[name], strict=True)))
    page.goto(f"{address}/#{name}")
    page.wait_for_timeout(SETTLED)
    if name == "timeseries":
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
            for name, path in STILLS.items():
                save(drawn(browser, address, name), path)
        browser.close()


if __name__ == "__main__":
    main()
