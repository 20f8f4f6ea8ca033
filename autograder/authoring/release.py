"""The zip that students get: labs/, the data they need, environment.yml, a short README, and AGENTS.md."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import nbformat

from aics.language import speaking, tr
from aics.language.spoken import EDITION, ENGLISH
from aics.own.setting import FILE as OWN_CODE
from autograder.authoring.assistants import assistants
from autograder.authoring.build import differences
from autograder.authoring.exam import as_exam
from autograder.authoring.readme import readme
from autograder.course import ROOT, CourseError, Lab, labs
from autograder.course.exam import Exam

#: What the zip is made of: single files, and folders of which something stays behind.
ALONE = ("LICENSE", "environment.yml")
FOLDERS = ("LICENSES", "labs", "data")
#: What lies there on an instructor's disk but is none of a student's business.
LEFT_OUT = {"__pycache__", ".ipynb_checkpoints", "build", "make"}
NO_EXAMS: Mapping[str, Exam] = MappingProxyType({})
STAMP = (2026, 1, 1, 0, 0, 0)


def write_release(
    path: Path,
    names: Sequence[str] = (),
    previews: Path | None = None,
    own_code: Collection[str] = (),
    exams: Mapping[str, Exam] = NO_EXAMS,
    own: Mapping[str, bytes] = MappingProxyType({}),
    language: str = ENGLISH,
) -> list[str]:
    """Write the zip with the named labs, or with all, and return the names in it; equal contents make equal bytes.

    previews : a folder with a page ``<lab>.html`` for each lab, to be read without running anything
    own_code : labs that ask students about their own code; where none does, no file speaks of it
    exams : lab -> its exam, if it is one: it says so, and lacks a preview and what the checks left out of it need;
        that is in no other lab's zip either
    own : files for parameters that differ by student (`autograder.authoring.own_sheet`): name -> content
    language : of the notebooks, the README and what notebooks say

    Every lab opens alone: what it starts from is in ``labs/aics/layers``.

    CourseError where a lab is not as a fresh build makes it: a notebook in which somebody taught or
    tried a solution does not get out.
    """
    chosen = labs(names)
    stale = [line for lab in chosen for line in differences(lab)]
    if stale:
        raise CourseError(tr("{differences}. `autograder build` mends it.", differences="; ".join(stale)))
    path.parent.mkdir(parents=True, exist_ok=True)
    shown = [lab for lab in chosen if previews and lab.name not in exams]
    with speaking(language):
        told = readme(chosen, previews=shown, exams=exams, mine=bool(own))
        contents = {"README.md": told.encode(), "AGENTS.md": assistants().encode(), **own}
    if language != ENGLISH:
        contents[EDITION.relative_to(ROOT).as_posix()] = f"{language}\n".encode()
    if previews:
        contents |= {f"previews/{lab.name}.html": (previews / f"{lab.name}.html").read_bytes() for lab in shown}
    if asking := [lab.name for lab in chosen if lab.name in own_code]:
        contents[f"data/{OWN_CODE}"] = json.dumps(asking).encode()
    others = {file for lab in labs() for file in _files_of(lab)}
    for lab in chosen:
        others -= _files_of(lab)
    files = [*(ROOT / name for name in ALONE), *(file for top in FOLDERS for file in sorted((ROOT / top).rglob("*")))]
    for file in files:
        if file.is_file() and not _stays(file, others):
            contents[file.relative_to(ROOT).as_posix()] = file.read_bytes()
    for lab in chosen if language != ENGLISH else ():
        contents[lab.released.relative_to(ROOT).as_posix()] = lab.edition(language).read_bytes()
    with speaking(language):
        for lab in (lab for lab in labs() if lab.name in exams):
            contents = as_exam(contents, lab, exams[lab.name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(contents):
            archive.writestr(zipfile.ZipInfo(f"aics-labs/{name}", STAMP), contents[name], zipfile.ZIP_DEFLATED)
    return sorted(contents)


def _files_of(lab: Lab) -> set[Path]:
    """A lab's notebook, its reference data, its own folder of aics, and the pages that show what its code does."""
    return {lab.released, lab.reference, *lab.public.rglob("*"), *_pages(lab)}


def _pages(lab: Lab) -> set[Path]:
    """Pages that show what the lab's code does: notebooks ``labs/<page>/<page>.ipynb`` whose metadata name it."""
    own = {page for page in (ROOT / "labs").glob("*/*.ipynb") if page.stem == page.parent.name}
    return {page for page in own if lab.name in nbformat.read(page, 4).metadata.get("aics", {}).get("page_of", [])}


def _stays(file: Path, others: set[Path]) -> bool:
    """Whether a file stays behind: another lab's, or something that lies in a lab's folder by chance."""
    parts = file.relative_to(ROOT).parts
    in_a_lab = parts[0] == "labs" and len(parts) > 2 and parts[1] != "aics"  # and so are other languages' editions
    stray = in_a_lab and (len(parts) > 3 or file.suffix != ".ipynb" or file.stem != parts[1])
    ours = file.suffix == ".po" or bool(LEFT_OUT & set(parts)) or any(part.endswith(".egg-info") for part in parts)
    return file in others or stray or ours
