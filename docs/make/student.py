"""Somebody who works through a notebook in JupyterLab: runs cells, pastes answers, writes, saves."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page

from autograder.authoring.source import source_notebook
from autograder.course import Lab
from docs.make.check import SCROLLED, run

#: Lines of a lab's source that no student's answer has.
MARKS = re.compile(r"^.*(### (BEGIN|END) SOLUTION|raise NotImplementedError\(\"lab \d).*\n?", re.M)


class Student:
    """An opened notebook, and who works in it."""

    def __init__(self, page: Page, path: Path, shots: Path) -> None:
        """Wait until the notebook and its kernel are there; pictures go to the folder `shots`."""
        self.page, self.path, self.shots = page, path, shots
        shots.mkdir()
        self.cells = nbformat.read(path, 4).cells
        self._right = {cell.id: MARKS.sub("", cell.source) for cell in source_notebook(Lab(path.stem)).cells}
        idle = page.locator(".jp-StatusBar-TextItem, .jp-StatusBar-GroupItem", has_text="(ipykernel) | Idle")
        idle.first.wait_for()

    def cell(self, name: str) -> Locator:
        """A cell in the page, by its id."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth([cell.id for cell in self.cells].index(name))

    def run(self, name: str) -> None:
        """Run a cell and wait for its end."""
        run(self.page, self.cell(name))

    def answer(self, name: str, source: str = "") -> None:
        """Paste an answer, the lab's own if none is given, over a cell, and run it."""
        cell = self.cell(name)
        cell.locator(".cm-content").click()
        self._paste(source or self._right[name])
        run(self.page, cell)

    def write(self, name: str, text: str) -> None:
        """Write an answer in prose."""
        cell = self.cell(name)
        cell.locator(".jp-MarkdownOutput").dblclick()
        cell.locator(".cm-content").click()
        self._paste(text)
        self.page.keyboard.press("Control+Enter")

    def save(self) -> None:
        """Press Ctrl+S, and wait until the file is another one."""
        before = self.path.stat().st_mtime_ns
        self.page.keyboard.press("Control+s")
        while self.path.stat().st_mtime_ns == before:
            self.page.wait_for_timeout(100)
        self.page.wait_for_timeout(500)

    def unfold(self, name: str) -> None:
        """Open what a card keeps behind a fold."""
        self.cell(name).locator("summary").first.click()

    def take(self, picture: str, name: str = "", *, below: int = 0, whole: bool = False) -> None:
        """Take a picture: the whole window, or the notebook from a cell on, or from some pixels below its top."""
        if whole:
            self.page.wait_for_timeout(1000)
            self.page.screenshot(path=self.shots / f"{picture}.png")
            return
        self.cell(name).evaluate(SCROLLED)
        notebook = self.page.locator(".jp-NotebookPanel-notebook")
        notebook.locator(".jp-WindowedPanel-outer").evaluate("(box, down) => { box.scrollTop += down; }", below)
        self.page.wait_for_timeout(500)
        notebook.screenshot(path=self.shots / f"{picture}.png")

    def _paste(self, text: str) -> None:
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Control+v")
