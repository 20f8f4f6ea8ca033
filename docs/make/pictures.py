"""Redraw the pictures that the README shows: ``python -m docs.make.pictures``, or some by name behind it.

With AICS_LANG=zh, `check` and `card` are drawn in Chinese, as README.zh.md shows them: docs/check.zh.gif and
docs/card.zh.png.

docs/check.gif is a student's check from the stub to full points, docs/card.png two cards in a student's
JupyterLab, docs/formgrader.png the instructor's list of hand-ins, docs/report.png the report on a class,
docs/marking.png answers in words of a class of sixty, docs/demos.png the convolution explorer as a class sees it,
docs/studio.png a style transfer after sixty steps, with the embedded weights.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from autograder.authoring.start import finished_files
from autograder.course import ROOT, Lab
from autograder.measure.demo import make_class
from docs.make.check import DOCS, copy_student_files, draw_check, picture, stacked, students_notebook
from docs.make.marking import draw_marking
from tests.browser.classroom import LAB, Graded, write_handins
from tests.browser.lab import run_all
from tests.browser.painting import Painting
from tests.browser.servers import bare_environment, chromium, demos, jupyter, settle_jupyterlab, studio
from tests.browser.shown import Shown
from tests.notebooks import answered

MISTAKE = ("conv_forward", "kernel_flipped")
FAST = "conv_forward_speedup"


def draw_cards(page: Page, folder: Path) -> None:
    """A mistake with its picture, and below it a speed bar, as JupyterLab shows them."""
    copy_student_files(folder)
    settle_jupyterlab(folder)
    path = students_notebook(folder)
    notebook = answered(path)
    wrong = next(m.source for m in Lab(LAB).misconceptions if (m.question, m.name) == MISTAKE)
    for cell in notebook.cells:
        if cell.id == f"{MISTAKE[0]}_code":
            cell.source = wrong
    keep = {f"{q}_{kind}" for q in (MISTAKE[0], FAST) for kind in ("code", "check")}
    notebook.cells = [c for c in notebook.cells if c.id.endswith("_given") or c.id in keep | {"conv_output_size_code"}]
    nbformat.write(notebook, path)
    with jupyter(ROOT / ".venv-student" / "bin" / "jupyter", "lab", folder, folder) as address:
        run_all(page, address, folder, path)
        parts = []
        for question in (MISTAKE[0], FAST):
            card = page.locator(f".aics-card:has(strong:text-is('{question}'))").first
            card.scroll_into_view_if_needed()
            card.screenshot(path=folder / f"{question}.png")
            parts.append(folder / f"{question}.png")
    save(parts, picture("card.png"))


def save(parts: list[Path], to: Path) -> None:
    """Write pictures below one another as one small PNG."""
    stacked([Image.open(part).convert("RGB") for part in parts], gap=24).quantize(256).save(to, optimize=True)


def draw_formgrader(page: Page, folder: Path) -> None:
    """The list of hand-ins with their trusted scores."""
    write_handins(folder / "handins")
    graded = Graded(folder, [])
    environment = bare_environment(folder) | {"AICS_COURSE": str(graded.course)}
    command: list[str | Path] = [
        ROOT / ".venv/bin/autograder",
        "grade",
        folder / "handins",
        "--values-only",
        "--json",
        folder / "r.json",
    ]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    students = {row["student"] for row in json.loads((folder / "r.json").read_text())}
    with jupyter(ROOT / ".venv/bin/jupyter", "server", folder, ROOT, {"AICS_COURSE": str(graded.course)}) as address:
        page.set_viewport_size({"width": 1200, "height": 570})
        page.goto(f"{address}/formgrader/manage_submissions/{LAB}")
        page.locator("td.score", has_text="/").nth(len(students) - 1).wait_for()
        page.screenshot(path=folder / "formgrader.png")
    save([folder / "formgrader.png"], DOCS / "formgrader.png")


def draw_report(page: Page, folder: Path) -> None:
    """The report on the class of `make demo`, with one question opened."""
    handins, course = make_class(Lab(LAB), folder / "handins"), folder / "course"
    environment = bare_environment(folder) | {"AICS_COURSE": str(course)}
    for command in (["grade", str(handins)], ["report", LAB]):
        program = [ROOT / ".venv/bin/autograder", *command]
        subprocess.run(program, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    page.set_viewport_size({"width": 1200, "height": 860})
    page.goto((course / "reports" / f"{LAB}.html").as_uri())
    page.locator("#question-conv_backward > summary").click()
    parts = {"table": "#questions > .wide", "opened": "#question-conv_backward"}
    for name, where in parts.items():
        page.locator(where).screenshot(path=folder / f"{name}.png")
    save([folder / f"{name}.png" for name in parts], DOCS / "report.png")


def draw_hand_grading(page: Page, folder: Path) -> None:
    """The page on which answers in words are graded."""
    draw_marking(page, folder, folder / "marking.png")
    save([folder / "marking.png"], DOCS / "marking.png")


def draw_studio(page: Page, folder: Path) -> None:
    """The studio after a run of sixty steps, with the finished code and the embedded weights."""
    for name, text in finished_files(Lab("lab5_style_transfer")).items():
        (folder / name).write_text(text)
    page.set_viewport_size({"width": 1280, "height": 700})
    with studio(ROOT / ".venv-student" / "bin" / "aics", folder, folder) as address:
        opened = Painting(page, address)
        opened.choose("weights", "vgg16-int8")
        opened.press("Start")
        opened.after(step=60, seconds=600)
        page.screenshot(path=folder / "studio.png")
    save([folder / "studio.png"], DOCS / "studio.png")


def draw_demos(page: Page, folder: Path) -> None:
    """The convolution explorer with a projector's letters, after a window was chosen."""
    page.set_viewport_size({"width": 1280, "height": 720})
    with demos(ROOT / ".venv-student" / "bin" / "aics", folder) as address:
        shown = Shown(page, address, "convolution")
        shown.button("Projector").click()
        shown.press("ArrowRight", 3)
        shown.settled()
        page.screenshot(path=folder / "demos.png")
    save([folder / "demos.png"], DOCS / "demos.png")


#: Name -> how it is drawn, and the screen's pixels for each of the picture's.
DRAWN = {
    "check": (draw_check, 2),
    "card": (draw_cards, 2),
    "formgrader": (draw_formgrader, 1),
    "report": (draw_report, 1),
    "marking": (draw_hand_grading, 1),
    "studio": (draw_studio, 1),
    "demos": (draw_demos, 1),
}


def main(names: list[str]) -> None:
    """Rewrite the named pictures, or all."""
    DOCS.mkdir(exist_ok=True)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=chromium(), args=flags) as browser:
        for draw, scale in (DRAWN[name] for name in names or DRAWN):
            context = browser.new_context(viewport={"width": 1300, "height": 1200}, device_scale_factor=scale)
            with tempfile.TemporaryDirectory() as folder:
                draw(context.new_page(), Path(folder))
            context.close()


if __name__ == "__main__":
    main(sys.argv[1:])
