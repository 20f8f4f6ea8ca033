"""Cards and the finish line can be read in Notebook 7, in nbconvert's pages and in VS Code's, light and dark."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.sign import NotebookNotary

from autograder.course import Lab
from tests import notebooks
from tests.browser.conftest import INSTRUCTOR, STUDENT
from tests.browser.readable import ENOUGH, contrasts
from tests.browser.servers import bare_environment, jupyter, settle_theme
from tests.once import Once

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.slow, notebooks.needs_student_environment]
LAB = Lab("lab2_layers")
#: Question -> mistake, "" for the right answer; all others stay stubs.
ANSWERS = {"relu": "", "conv_output_size": "", "conv_forward": "kernel_flipped", "img2col": ""}
#: As in a zip whose course asks about the own code.
TURNED_ON = "from aics.own import setting\nsetting.asks_about_own_code = lambda _lab: True"
LOOKS = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
#: Colours of VS Code's own themes, as its webview hands them to a notebook's outputs.
CODE = {
    "light": {"editor-background": "#ffffff", "editor-foreground": "#3b3b3b", "descriptionForeground": "#3b3b3b"},
    "dark": {"editor-background": "#1f1f1f", "editor-foreground": "#cccccc", "descriptionForeground": "#9d9d9d"},
    "high-contrast": {
        "editor-background": "#000000",
        "editor-foreground": "#ffffff",
        "descriptionForeground": "rgba(255, 255, 255, 0.7)",
        "contrastBorder": "#6fc3df",
    },
}
WEBVIEW = """<!DOCTYPE html><html style="{variables}"><meta charset="utf-8">
<body class="vscode-{kind}" data-vscode-theme-kind="vscode-{kind}" style="margin: 20px; background: transparent;
color: var(--vscode-editor-foreground)">{cards}</body></html>"""


def answered() -> NotebookNode:
    """The lab's notebook with a few answers, right, wrong and missing, and what a failing case looks like."""
    notebook = notebooks.answered(LAB.released)
    stubs = {cell.id: cell.source for cell in nbformat.read(LAB.released, 4).cells}
    wrong = {f"{m.question}_code": m.source for m in LAB.misconceptions if ANSWERS.get(m.question) == m.name}
    for cell in notebook.cells:
        if cell.id.endswith("_code") and cell.id.removesuffix("_code") not in ANSWERS:
            cell.source = stubs[cell.id]
        cell.source = wrong.get(cell.id, cell.source)
        if cell.id == "conv_forward_check":
            cell.source = f'display(check.case("conv_forward"))\n{cell.source}'
        if cell.id == "relu_check":
            cell.source = f"{TURNED_ON}\ndisplay({cell.source})\ncheck.own('relu')"
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code" and "_look" not in cell.id]
    notebook.cells.append(nbformat.v4.new_code_cell("check()"))
    return notebook


@pytest.fixture(scope="module")
def path(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That notebook, run by the students' Jupyter, in a folder of this process."""

    def make(folder: Path) -> None:
        nbformat.write(answered(), folder / f"{LAB.name}.ipynb")
        command = [STUDENT / "jupyter", "nbconvert", "--to=notebook", "--execute", "--inplace", "--allow-errors"]
        subprocess.run(
            [*command, folder / f"{LAB.name}.ipynb"],
            env=bare_environment(folder) | {"PYTHONPATH": str(LAB.public.parents[1])},
            capture_output=True,
            check=True,
            timeout=300,
        )

    run = once("cards-elsewhere", make) / f"{LAB.name}.ipynb"
    copy = tmp_path_factory.mktemp("cards") / run.name
    copy.write_bytes(run.read_bytes())
    return copy


def outputs(path: Path) -> list[str]:
    """The HTML of all cards in a notebook."""
    cells = [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    shown = [output.data.get("text/html", "") for cell in cells for output in cell.outputs if "data" in output]
    return [html for html in shown if "aics-card" in html]


def assert_readable(page: Page, count: int, *, dark: bool) -> None:
    """All cards are there, in the page's own kind of theme, and each of their words can be read."""
    cards = page.locator(".aics-card")
    cards.last.wait_for()
    assert cards.count() == count == len(LAB.questions) + 3, "a failing case, the own code, the finish line, too"
    assert page.locator(".aics-card", has_text="relu: about your own code").count() == 1
    for fold in page.locator(".aics-card details").all():
        fold.evaluate("fold => fold.open = true")
    for card in cards.all():
        shown = contrasts(card)
        assert shown
        assert {words: ratio for words, ratio in shown.items() if ratio < ENOUGH} == {}
    paper = cards.last.evaluate("card => getComputedStyle(card).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)")
    assert (sum(paper) / 3 < 128) is dark


@pytest.mark.parametrize("look", LOOKS)
def test_in_nbconverts_page(page: Page, path: Path, look: str) -> None:
    command = [STUDENT / "jupyter", "nbconvert", "--to=html", f"--theme={look}", f"--output={look}", path]
    subprocess.run(command, env=bare_environment(path.parent), capture_output=True, check=True, timeout=120)
    page.goto(path.with_name(f"{look}.html").as_uri())
    assert_readable(page, len(outputs(path)), dark=look == "dark")
    page.set_viewport_size({"width": 420, "height": 900})
    for card in page.locator(".aics-card").all():
        assert card.evaluate("card => card.scrollWidth <= card.clientWidth"), "the card fits a narrow page"


@pytest.mark.parametrize("kind", CODE)
def test_in_a_webview_of_vs_code(page: Page, path: Path, kind: str) -> None:
    """VS Code cannot be installed here: its page is made by what it documents of webviews."""
    variables = ";".join(f"--vscode-{name}:{value}" for name, value in CODE[kind].items())
    variables += f";background:{CODE[kind]['editor-background']}"
    cards = outputs(path)
    html = path.with_name(f"code-{kind}.html")
    html.write_text(WEBVIEW.format(kind=kind, variables=variables, cards="".join(cards)), "utf-8")
    page.goto(html.as_uri())
    assert_readable(page, len(cards), dark=kind != "light")


@pytest.mark.parametrize("look", LOOKS)
def test_in_notebook_7(page: Page, path: Path, look: str, notebook7: str) -> None:
    settle_theme(path.parent, LOOKS[look])
    page.goto(f"{notebook7}/notebooks/{path.name}")
    page.locator(f"body[data-jp-theme-name='{LOOKS[look]}']").wait_for(state="attached")
    assert_readable(page, len(outputs(path)), dark=look == "dark")


@pytest.fixture(scope="module")
def notebook7(path: Path) -> Iterator[str]:
    """The address of a Notebook 7 in which the notebook was saved."""
    if not (INSTRUCTOR / "jupyter-notebook").exists():
        pytest.skip("Notebook 7 is not installed: `make install` brings it")
    with mock.patch.dict(os.environ, bare_environment(path.parent)):
        NotebookNotary().sign(nbformat.read(path, 4))
    with jupyter(INSTRUCTOR / "jupyter", "notebook", path.parent, path.parent) as address:
        yield address
