"""A lab to read without running it: its released notebook, with the pictures that a finished one draws."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from unittest import mock

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from PIL import Image

from aics.language.spoken import ENGLISH, VARIABLE
from autograder.authoring.page import OfflinePage
from autograder.authoring.release import NO_EXAMS, write_release
from autograder.authoring.source import LOOK_TAG, source_notebook
from autograder.authoring.start import write_start
from autograder.authoring.translate.edition import finished_edition
from autograder.course import LABS, Lab, labs
from autograder.course.exam import Exam

#: Seconds that a cell may take.
PATIENCE = 600
KERNEL = "preview"
IMAGE = re.compile(r"data:image/(?:png|jpeg);base64,([A-Za-z0-9+/=\n]+)")
#: Pixels, and WebP's quality: a page of forty pictures stays a few megabytes.
WIDEST, QUALITY = 1000, 80
#: What a card begins with: it speaks of whoever ran the cell, and here that is nobody.
VERDICT = 'class="aics-card'
#: Of what a cell shows, the forms that stay as they are without a kernel.
STILL = {"text/html", "text/plain", "image/png", "image/svg+xml"}


def write_release_with_previews(
    path: Path,
    names: Sequence[str] = (),
    own_code: Collection[str] = (),
    exams: Mapping[str, Exam] = NO_EXAMS,
    own: Mapping[str, bytes] = MappingProxyType({}),
    language: str = ENGLISH,
) -> list[str]:
    """Write the zip that students get, with a page of each lab but exams, whose pictures would tell what is right.

    See `autograder.authoring.release.write_release`.
    """
    with tempfile.TemporaryDirectory(prefix="aics-previews-") as pages:
        write_previews([lab for lab in labs(names) if lab.name not in exams], Path(pages), language)
        return write_release(path, names, Path(pages), own_code, exams, own, language)


def write_previews(chosen: Sequence[Lab], folder: Path, language: str = ENGLISH) -> list[Path]:
    """Run each lab's solution and write ``<lab>.html``: prose, empty stubs and pictures, and no answer."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    for lab in chosen:
        path = folder / f"{lab.name}.html"
        path.write_text(preview(lab, finished(lab, language), language), "utf-8")
        pages.append(path)
    return pages


def preview(lab: Lab, ran: NotebookNode, language: str = ENGLISH) -> str:
    """Return the released notebook as a page, with what the cells to look at show in the one that `ran`."""
    shown = {cell.id: cell.outputs for cell in ran.cells if LOOK_TAG in cell.metadata.get("tags", ())}
    notebook = nbformat.read(lab.edition(language), 4)
    notebook.metadata.title = lab.name
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in shown.get(cell.id, ()) if _is_picture(output)]
    page: str = OfflinePage(exclude_input_prompt=True, exclude_output_prompt=True).from_notebook_node(notebook)[0]
    return IMAGE.sub(lambda found: _smaller(base64.b64decode(found[1])), page)


def _smaller(image: bytes) -> str:
    """A picture as a data URL of WebP, no wider than a page is."""
    with Image.open(io.BytesIO(image)) as picture:
        picture.thumbnail((WIDEST, 10 * WIDEST))
        buffer = io.BytesIO()
        picture.save(buffer, "WEBP", quality=QUALITY)
    return f"data:image/webp;base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"


def finished(lab: Lab, language: str = ENGLISH) -> NotebookNode:
    """Run the lab's solution from top to bottom, and return it with what its cells show."""
    source = source_notebook(lab)
    if language != ENGLISH:
        source = finished_edition(lab, source, language)
    with tempfile.TemporaryDirectory(prefix="aics-preview-") as scratch:
        folder = Path(scratch) / "labs" / lab.name
        folder.mkdir(parents=True)
        write_start(lab, folder)
        kernel = Path(scratch) / "kernels" / KERNEL / "kernel.json"
        kernel.parent.mkdir(parents=True)
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        environment = {"PYTHONPATH": str(LABS), VARIABLE: language}
        kernel.write_text(json.dumps({"display_name": KERNEL, "argv": command, "env": environment}), "utf-8")
        with mock.patch.dict(os.environ, {"JUPYTER_PATH": scratch}):
            place = {"metadata": {"path": str(folder)}}
            client = NotebookClient(source, kernel_name=KERNEL, timeout=PATIENCE, resources=place)
            return client.execute()


def _is_picture(output: NotebookNode) -> bool:
    if output.output_type == "stream":
        return bool(output.name == "stdout")
    if output.output_type == "error":
        return False
    if VERDICT in output.data.get("text/html", ""):
        return False
    output.data = {kind: data for kind, data in output.data.items() if kind in STILL}
    return bool(output.data)
