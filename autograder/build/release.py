"""The zip that students get: labs/, the data they need, environment.yml and a short README."""

from __future__ import annotations

import zipfile
from pathlib import Path

from autograder.build.lab import differences
from autograder.course import ROOT, CourseError, labs

README = """\
# The AICS labs

You need Python 3.11 or newer. Once, in this folder:

    python3 -m venv .venv
    .venv/bin/pip install -e ./labs

(or `conda env create -f environment.yml`, then `conda activate aics`). From then on, also offline:

    .venv/bin/jupyter lab labs

Open a lab's notebook, fill the cells that say "your code here", and run the check below each. Hand in
the notebook itself.
"""
#: What lies in labs/ on an instructor's disk but is none of a student's business.
LEFT_OUT = {"__pycache__", ".ipynb_checkpoints", "stu_upload", "build"}
STAMP = (2026, 1, 1, 0, 0, 0)


def write_release(path: Path) -> list[str]:
    """Write the zip and return the names in it; equal contents make equal bytes.

    CourseError where a lab is not as a fresh build makes it: a notebook in which somebody taught or
    tried a solution does not get out.
    """
    built = {lab.released for lab in labs()}
    stale = [line for lab in labs() for line in differences(lab)]
    if stale:
        raise CourseError(f"{'; '.join(stale)}. `autograder build` mends it.")
    path.parent.mkdir(parents=True, exist_ok=True)
    contents = {"README.md": README.encode(), "environment.yml": (ROOT / "environment.yml").read_bytes()}
    for top in ("labs", "data"):
        for file in sorted((ROOT / top).rglob("*")):
            parts = file.relative_to(ROOT).parts
            stray = file.suffix == ".ipynb" and file not in built
            left_out = LEFT_OUT & set(parts) or any(p.endswith(".egg-info") for p in parts)
            if file.is_file() and not stray and not left_out:
                contents["/".join(parts)] = file.read_bytes()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(contents):
            archive.writestr(zipfile.ZipInfo(f"aics-labs/{name}", STAMP), contents[name], zipfile.ZIP_DEFLATED)
    return sorted(contents)
