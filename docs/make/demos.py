"""The still pictures of the demos, from a real page: seen on the start page, and in a notebook where nothing runs.

    python -m docs.make.demos [NAME ...]
    AICS_LANG=zh python -m docs.make.demos [NAME ...]

Each lies beside its demo, `labs/aics/<lab>/demos/NAME.webp`, in Chinese `NAME.zh.webp`. Drawn again after a change of a
demo; Chromium is needed.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from aics.demos.demo import Demo
from aics.demos.found import found, still_of
from aics.language import language
from autograder.authoring.start import finished_files
from autograder.course import ROOT, labs
from tests.browser.painting import Painting
from tests.browser.servers import chromium, demos
from tests.browser.shown import Shown

#: Pixels of the browser, and WebP's quality.
SIZE, QUALITY = (1180, 640), 75
#: Milliseconds in which a demo's own threads come to an end.
SETTLED = 6000


def drawn(page: Page, address: str, name: str) -> bytes:
    """A screenshot of a demo as it is at first."""
    if issubclass(found()[name], Demo):
        shown = Shown(page, address, name)
        page.wait_for_timeout(SETTLED)
        shown.settled()
        return shown.stage.screenshot()
    painting = Painting(page, f"{address}&demo={name}")
    painting.write("steps", "40")
    painting.press("Start")
    expect(painting.button("Go on")).to_be_enabled(timeout=600_000)  # all steps are done
    return page.locator(".aics-studio-frame").screenshot()


def save(file: bytes, path: Path) -> None:
    """Write a picture as WebP."""
    with Image.open(io.BytesIO(file)) as picture:
        picture.convert("RGB").save(path, "WEBP", quality=QUALITY, method=6)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e3:.0f} KB")


def main() -> None:
    """Draw those that are named, or all."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        folder = Path(scratch)
        for name, text in {k: v for lab in labs() for k, v in finished_files(lab).items()}.items():
            (folder / name).write_text(text)
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        with demos(ROOT / ".venv-student" / "bin" / "aics", folder, AICS_STUDIO=str(folder)) as address:
            for name in sys.argv[1:] or found():
                page = browser.new_page(viewport=dict(zip(("width", "height"), SIZE, strict=True)))
                save(drawn(page, address, name), still_of(name, language()))
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
