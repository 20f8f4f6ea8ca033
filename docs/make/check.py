"""A student's check as a moving picture: a stub, a wrong answer with its card, the right answer with full points.

Everything in it is real: JupyterLab in the students' environment, a kernel, keys that are typed. ReLU is the
question, since two lines answer it and everybody sees what is wrong with the first try.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import numpy as np
from PIL import Image

from aics.language import language
from aics.language.spoken import ENGLISH
from autograder.course import ROOT, Lab
from tests.browser.classroom import LAB
from tests.browser.servers import jupyter, settle_jupyterlab

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

DOCS = ROOT / "docs"
#: The cells of the notebook that the film needs; the last two are seen.
CELLS = ("setup_given", "relu_layer_given", "relu_code", "relu_check")
STUB = "# your code here"
#: The first try is the misconception `absolute_value`; then its line is put right.
WRONG, RIGHT = "return np.abs(input)", "return np.maximum(input, 0)"
BACKWARD = "return top_diff * (self.input >= 0)"
#: Brings a cell to the upper edge of its notebook, with room below for what will come.
SCROLLED = """cell => {
  const notebook = cell.closest('.jp-WindowedPanel-outer');
  notebook.querySelector('.jp-WindowedPanel-inner').style.paddingBottom = '1000px';
  notebook.scrollTop += cell.getBoundingClientRect().top - notebook.getBoundingClientRect().top;
}"""
#: Keys that are typed between two frames.
KEYS = 3
#: Milliseconds that a frame stays: while somebody types, after a step, and while a card is read.
TYPING, STEP, READING = 130, 1200, 5000


class Film:
    """Frames of a part of the page, each with the time that it stays."""

    def __init__(self, part: Locator) -> None:
        """Nothing is taken yet."""
        self._part = part
        self._frames: list[Image.Image] = []
        self._times: list[int] = []

    def take(self, milliseconds: int) -> None:
        """Take a frame as the page is now."""
        picture = Image.open(io.BytesIO(self._part.screenshot(animations="disabled", caret="initial")))
        self._frames.append(picture.convert("RGB"))
        self._times.append(milliseconds)

    def save(self, path: Path, colours: int = 255) -> None:
        """Write all frames as one GIF that goes round, in the colours of the frames that are there to be read."""
        read = [frame for frame, time in zip(self._frames, self._times, strict=True) if time == READING]
        palette = commonest(stacked(read, gap=0), colours)
        first, *others = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in self._frames]
        first.save(path, save_all=True, append_images=others, duration=self._times, loop=0, optimize=True)


def commonest(picture: Image.Image, colours: int) -> Image.Image:
    """A palette of a picture's commonest colours, exactly as they are, so that paper stays white and grey grey."""
    pixels = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    found, counts = np.unique(pixels, axis=0, return_counts=True)
    palette = Image.new("P", (1, 1))
    palette.putpalette(found[np.argsort(counts)[::-1][:colours]].ravel().tolist())
    return palette


def stacked(pictures: Sequence[Image.Image], gap: int) -> Image.Image:
    """Pictures below one another on white."""
    height = sum(picture.height for picture in pictures) + gap * (len(pictures) - 1)
    sheet = Image.new("RGB", (max(picture.width for picture in pictures), height), "white")
    top = 0
    for picture in pictures:
        sheet.paste(picture, (0, top))
        top += picture.height + gap
    return sheet


def draw_check(page: Page, folder: Path) -> None:
    """Play the student in the given empty folder, and write the film."""
    path = trimmed_notebook(folder)
    settle_jupyterlab(folder)
    with jupyter(ROOT / ".venv-student" / "bin" / "jupyter", "lab", folder, folder) as address:
        page.set_viewport_size({"width": 980, "height": 1050})
        page.goto(f"{address}/doc/tree/{path.relative_to(folder)}?reset")
        page.locator(".jp-StatusBar-TextItem, .jp-StatusBar-GroupItem", has_text="(ipykernel) | Idle").first.wait_for()
        play(page).save(picture("check.gif"))


def picture(name: str) -> Path:
    """Where a picture lies in the language that is spoken: docs/card.png, in Chinese docs/card.zh.png."""
    path = DOCS / name
    return path if language() == ENGLISH else path.with_suffix(f".{language()}{path.suffix}")


def students_notebook(folder: Path) -> Path:
    """Where the lab's notebook lies in a student's folder, in the language that is spoken."""
    return folder / Lab(LAB).edition(language()).relative_to(ROOT)


def trimmed_notebook(folder: Path) -> Path:
    """The lab's notebook in a student's folder, with only the cells that the film needs."""
    copy_student_files(folder)
    path = students_notebook(folder)
    notebook = nbformat.read(path, 4)
    notebook.cells = [cell for cell in notebook.cells if cell.id in CELLS]
    nbformat.write(notebook, path)
    return path


def copy_student_files(folder: Path) -> None:
    """Copy what students get into an empty folder."""
    for name in ("labs", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))


def play(page: Page) -> Film:
    """Type, run and check as a student would, with a frame after each step."""
    setup, layer, code, check = page.locator(".jp-Notebook .jp-CodeCell").all()
    for cell in (setup, layer, code):
        run(page, cell)
    film = Film(page.locator(".jp-NotebookPanel-notebook"))
    show_from(page, code)
    film.take(STEP)
    run(page, check)
    film.take(READING)
    write(page, code, film, STUB, WRONG)
    write(page, code, film, STUB, BACKWARD)
    run_both(page, film, code, check)
    write(page, code, film, WRONG, RIGHT)
    run_both(page, film, code, check)
    return film


def show_from(page: Page, first: Locator) -> None:
    """Scroll so that this cell is the uppermost; there is nothing below it yet to scroll to, so room is made."""
    first.evaluate(SCROLLED)
    page.wait_for_timeout(300)


def run_both(page: Page, film: Film, code: Locator, check: Locator) -> None:
    """Run the answer and then its check; the card stays long enough to be read."""
    run(page, code)
    film.take(STEP)
    run(page, check)
    film.take(READING)


def run(page: Page, cell: Locator) -> None:
    """Run one cell with Ctrl+Enter, and wait until it is done."""
    prompt = cell.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    cell.locator(".cm-content").click(position={"x": 4, "y": 4})
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        "([prompt, before]) => /\\d/.test(prompt.textContent) && prompt.textContent != before",
        arg=[prompt.element_handle(), before],
    )
    page.wait_for_timeout(400)


def write(page: Page, cell: Locator, film: Film, old: str, new: str) -> None:
    """Type `new` over the first line of a cell that holds `old`."""
    cell.locator(".cm-line", has_text=old).first.click()
    page.keyboard.press("End")
    page.keyboard.press("Shift+Home")
    for start in range(0, len(new), KEYS):
        page.keyboard.type(new[start : start + KEYS])
        film.take(TYPING)
