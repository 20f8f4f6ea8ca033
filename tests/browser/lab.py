"""Work in JupyterLab as a student does: open a notebook, run all of it, save, look at its cards."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import nbformat.reader
from nbformat import NotebookNode

from aics.card.words import say
from aics.language import speaking
from aics.language.spoken import ENGLISH

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

LONG = 300_000
FINISHED = """() => {
  const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(p => p.textContent);
  return prompts.length > 0 && prompts.every(text => /\\[\\d+\\]/.test(text));
}"""


def open_notebook(page: Page, jupyterlab: str, root: Path, path: Path) -> None:
    """Open a notebook and wait until its kernel is there."""
    page.goto(f"{jupyterlab}/lab/tree/{path.relative_to(root)}?reset")
    page.locator(".jp-StatusBar-TextItem, .jp-StatusBar-GroupItem", has_text="(ipykernel) | Idle").first.wait_for()


def run_all(page: Page, jupyterlab: str, root: Path, path: Path) -> NotebookNode:
    """Open a notebook, choose Run All Cells in the menu, wait, save; the notebook as it then is on disk."""
    open_notebook(page, jupyterlab, root, path)
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").first.click()
    page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
    page.wait_for_function(FINISHED, timeout=LONG)
    before = path.stat().st_mtime_ns
    page.keyboard.press("Control+s")
    for _ in range(300):
        page.wait_for_timeout(100)
        if path.stat().st_mtime_ns != before:
            with contextlib.suppress(nbformat.reader.NotJSONError):  # Jupyter is still writing it
                return nbformat.read(path, 4)
    raise TimeoutError(f"{path.name} was not saved")


def card(page: Page, question: str) -> Locator:
    """A question's card, scrolled to and seen."""
    found = page.locator(f".aics-card:has(strong:text-is('{question}'))").first
    found.scroll_into_view_if_needed()
    assert found.is_visible()
    return found


def finish_line(page: Page, language: str = ENGLISH) -> Locator:
    """What `check()` shows, scrolled to and seen."""
    with speaking(language):
        found = page.locator(".aics-card", has_text=say("finish")).last
    found.scroll_into_view_if_needed()
    assert found.is_visible()
    return found
