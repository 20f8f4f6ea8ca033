"""A picture in a student's JupyterLab has the ink and the paper of its theme."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from nbformat import NotebookNode, v4, write
from nbformat.sign import NotebookNotary

from aics import show
from tests import notebooks
from tests.browser.lab import open_notebook
from tests.browser.servers import bare_environment, in_theme

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.slow, notebooks.needs_student_environment]
WHITE, NEARLY_BLACK, BLACK = "rgb(255, 255, 255)", "rgb(17, 17, 17)", "rgba(0, 0, 0, 0.87)"
FILLS = "svg => [...svg.querySelectorAll('path, g')].map(shape => getComputedStyle(shape).fill)"


def picture_notebook(path: Path) -> NotebookNode:
    """Write a notebook with a race's picture, which nobody trusts yet."""
    data = show.race({"one": [0.2, 0.3], "other": [0.1, 0.1]})._repr_mimebundle_()
    output = v4.new_output("display_data", data)
    notebook = v4.new_notebook(cells=[v4.new_code_cell("show", outputs=[output])])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    write(notebook, path)
    return notebook


def shown(page: Page, jupyterlab: str, folder: Path) -> list[str]:
    """Open a notebook with a picture, saved here; the fills of the picture's shapes."""
    path = folder / "picture.ipynb"
    notebook = picture_notebook(path)
    with mock.patch.dict(os.environ, bare_environment(folder)):
        NotebookNotary().sign(notebook)
    open_notebook(page, jupyterlab, folder, path)
    picture = page.locator(".jp-OutputArea-output svg[role=img]")
    picture.wait_for()
    fills: list[str] = picture.evaluate(FILLS)
    return fills


@pytest.mark.parametrize(("theme", "paper", "ink"), [("Light", WHITE, BLACK), ("Dark", NEARLY_BLACK, WHITE)])
def test_a_picture_has_ink_and_paper_of_the_theme(page, jupyterlab, student_files, theme, paper, ink):
    with in_theme(student_files, f"JupyterLab {theme}"):
        fills = shown(page, jupyterlab, student_files)
    assert paper in fills
    assert fills.count(ink) >= 4, "names and times of both bars"
    assert "rgb(0, 114, 178)" in fills, "the colours of data stay"


def test_a_notebook_that_is_not_trusted_says_how_to_see_the_picture(page, jupyterlab, student_files):
    picture_notebook(student_files / "untrusted.ipynb")
    open_notebook(page, jupyterlab, student_files, student_files / "untrusted.ipynb")
    shown = page.locator(".jp-OutputArea-output", has_text="run the cell, or trust the notebook. one: 250.0 ms")
    shown.wait_for()
    assert shown.locator("svg").count() == 0
