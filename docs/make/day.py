"""Record a student's day in pictures: ``python -m docs.make.day``, from the zip to the file that is handed in.

All of it is real: the zip, a fresh environment made by the README's own lines, JupyterLab in a browser, a kernel, and
answers pasted cell by cell. Once it is installed the network is off: the browser refuses every address outside this
machine, and programs are sent to a proxy that does not answer. It writes docs/pictures/day/*.png, and into
docs/student-day.md what the terminal printed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from autograder.authoring.release import write_release
from autograder.course import ROOT, Lab
from docs.make.pictures import save
from docs.make.student import Student
from tests.browser.servers import chromium, jupyter, settle_jupyterlab
from tests.zips import unzipped

LAB = Lab("lab1_preprocessing")
NOTEBOOK = f"labs/{LAB.name}/{LAB.name}.ipynb"
PICTURES, PAGE = ROOT / "docs" / "pictures" / "day", ROOT / "docs" / "student-day.md"
BEGIN, END = "<!-- terminal: begin (python -m docs.make.day) -->\n", "<!-- terminal: end -->"
#: A natural first try, which the check knows.
QUESTION, MISTAKE = "resize", "no_half_pixels"
WRITTEN = "Mirroring teaches that left and right do not matter: right for cats, wrong for letters and for X-rays. ..."
#: Where nobody listens: what asks for the network is refused at once.
NOWHERE = "http://127.0.0.1:9"
OFFLINE = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), NOWHERE)
OFFLINE |= {"no_proxy": "127.0.0.1,localhost", "NO_PROXY": "127.0.0.1,localhost"}


def installed(home: Path) -> Path:
    """Unzip a release in an empty home folder, and type what its README says; the folder of the zip."""
    write_release(home / "aics-labs.zip", [LAB.name])
    folder = unzipped(home / "aics-labs.zip", home)
    readme = (folder / "README.md").read_text("utf-8")
    cache = subprocess.run([sys.executable, "-m", "pip", "cache", "dir"], capture_output=True, text=True, check=True)
    (install,) = re.findall(r"^ {4}(\.venv/bin/pip install .+)$", readme, re.M)
    python = Path(sys.base_prefix) / "bin" / "python3"
    for line in (f"{python} -m venv .venv", install):
        environment = {**os.environ, "HOME": str(home), "PIP_CACHE_DIR": cache.stdout.strip()}
        subprocess.run(line, shell=True, cwd=folder, env=environment, check=True)
    return folder


@contextmanager
def opened(folder: Path) -> Iterator[Page]:
    """JupyterLab of that environment in a browser, with the network off."""
    settle_jupyterlab(folder)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    environment = OFFLINE | {"HOME": str(folder.parent)}
    with (
        jupyter(folder / ".venv/bin/jupyter", "lab", folder, folder, environment) as address,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium(), args=flags) as browser,
    ):
        context = browser.new_context(viewport={"width": 1180, "height": 900})
        context.set_default_timeout(120_000)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.route(lambda url: not url.startswith(address), lambda route: route.abort())
        page = context.new_page()
        page.goto(f"{address}/lab/tree/{NOTEBOOK}?reset")
        yield page


def solve(student: Student) -> None:
    """Do the lab from its first cell to its last, with a stub, a mistake and its hint on the way."""
    code, check = f"{QUESTION}_code", f"{QUESTION}_check"
    wrong = next(m.source for m in LAB.misconceptions if (m.question, m.name) == (QUESTION, MISTAKE))
    student.take("1-opened", whole=True)
    for cell in student.cells:
        if cell.id == code:
            student.run(code)
            student.run(check)
            student.take("2-to-do", code)
            student.answer(code, wrong)
            student.run(check)
            student.take("3-not-yet", check)
            student.unfold(check)
            student.take("4-hint", check, below=150)
            student.answer(code)
            student.run(check)
            student.take("5-right", check)
        elif cell.id.endswith("_written"):
            student.write(cell.id, WRITTEN)
        elif cell.id == "overview_look":
            student.save()  # so that the finish line sees the written answer
            student.run(cell.id)
        elif cell.id.endswith("_code"):
            student.answer(cell.id)
        elif cell.cell_type == "code" and cell.id != check:
            student.run(cell.id)
        if cell.id == "pipeline_look":
            student.take("6-picture", cell.id)
    student.take("7-finish-line", "overview_look")
    student.save()


def terminal(folder: Path) -> str:
    """What the student's two commands print, with the lines as they are typed."""
    said = []
    for command in (f"aics check --quick {NOTEBOOK}", f"aics pack {NOTEBOOK}"):
        environment = {**os.environ, **OFFLINE, "HOME": str(folder.parent), "COLUMNS": "110"}
        arguments = [folder / ".venv/bin/aics", *command.split()[1:]]
        done = subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        said.append(f"$ .venv/bin/{command}\n{done.stdout}{done.stderr}")
    return "".join(said).replace(str(folder.parent), "~")


def filled(page: str, text: str) -> str:
    """The page with the terminal's block written anew."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"{PAGE.name} has no block {BEGIN.strip()} ... {END}.")
    return f"{before}{begin}```\n{text}```\n{end}{after}"


def main() -> None:
    """Live the day, and rewrite its pictures and its page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="aics-day-") as home:
        folder = installed(Path(home))
        with opened(folder) as page:
            student = Student(page, folder / NOTEBOOK, Path(home) / "shots")
            solve(student)
            page.goto(f"{page.url.partition('/lab/')[0]}/lab/tree/{NOTEBOOK.replace('.ipynb', '.receipt.json')}?reset")
            page.locator(".jp-RenderedJSON").wait_for()
            student.take("8-receipt", whole=True)
        PAGE.write_text(filled(PAGE.read_text("utf-8"), terminal(folder)), "utf-8")
        for shot in sorted((Path(home) / "shots").glob("*.png")):
            save([shot], PICTURES / shot.name)


if __name__ == "__main__":
    main()
