"""The page for grading by hand, with a class of sixty in the middle of it: two graders have begun."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.authoring.build import register
from autograder.course import ClassFolder, Lab
from tests.instructor.marked import LAB, page_of, write_class

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: Answers to lab 2's question in words, as students write them: some alike, some half right.
ANSWERS = (
    "Because NumPy is written in C and loops in Python are slow.",
    "The number of multiplications is the same, $256 \\cdot 960 \\cdot 2304$. But the loop stops 245,760 times, and at "
    "each stop Python slices, makes a temporary array and calls a function. My loops took 4 s, so **16 µs a stop**; "
    "the arithmetic of a stop is one or two of them.\n\nimg2col makes one large product. BLAS keeps blocks of it in "
    "the cache, so that a number which was loaded is used many times.",
    "One matrix product uses the cache better: a column is used by all filters, a filter by all columns. It also uses "
    "vector instructions and all cores. The copies are made once, $K^2$ times the input, and each is used "
    "$C_{out}$ times, so for many output channels they hardly count.\n\nIt does not pay off for a depthwise "
    "convolution: each copy is used once.",
    "It is vectorised.",
    "img2col needs nine times the memory for a $3\\times3$ window, so it should be slower. It is faster since memory "
    "is read in order and not in strides.",
    "The loops spend their time on overhead: 245,760 times Python has to find the window and call `np.sum`. In img2col "
    "that is done once.",
)
#: How many students wrote the first answer, the second and so on, of sixty.
WROTE = (14, 9, 11, 12, 8, 6)
FIRST = ["Ada", "Alan", "Barbara", "Chen", "Edsger", "Frances", "Grace", "Hua", "Ivan", "Jia", "Katherine", "Li"]
LAST = ["Abe", "Brandt", "Costa", "Dubois", "Eze"]


def write_sixty(folder: Path) -> ClassFolder:
    """Sixty students with names and answers, in a class's folder."""
    state = ClassFolder(folder)
    register(Lab(LAB), state)
    texts = [answer for answer, count in zip(ANSWERS, WROTE, strict=True) for _ in range(count)]
    write_class(state, texts)
    with (folder / "roster.csv").open("w", newline="", encoding="utf-8") as file:
        names = [f"{first} {last}" for first in FIRST for last in LAST]
        rows = [("id", "name"), *((f"student{n:02}", name) for n, name in enumerate(names))]
        csv.writer(file).writerows(rows)
    return state


def draw_marking(page: Page, folder: Path, to: Path) -> None:
    """Two groups are graded, the criteria of a third are given; what the page shows then."""
    state = write_sixty(folder / "course")
    page.set_viewport_size({"width": 1280, "height": 800})
    with page_of(state, folder, "--grader", "Tess") as address:
        page.goto(address)
        page.locator("#place:not(:empty)").wait_for()
        for key in ("3", "-", "Enter", "1", "2", "3", "Enter", "3", "4", "5", "c"):
            page.keyboard.press(key)
        page.locator("#comment:focus").wait_for()
        page.keyboard.type("And where do the loops spend their time?")
        page.keyboard.press("Escape")
        page.screenshot(path=to)
