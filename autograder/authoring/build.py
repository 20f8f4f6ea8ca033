"""Build one lab, and tell where what is committed differs from a fresh build."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import nbformat

from aics.check import reference
from aics.language import listed, tr
from autograder.authoring.exam import with_notice
from autograder.authoring.public_cases import build_reference
from autograder.authoring.source import source_notebook
from autograder.authoring.translate.edition import edition
from autograder.authoring.translate.editions import fresh_catalogue, languages_of
from autograder.authoring.translate.sources import source_of
from autograder.course import ClassFolder, CourseError, Lab
from autograder.gradebook.nbgrader import Nbgrader
from autograder.intake.exams import exams_on


def build(lab: Lab, state: ClassFolder) -> list[Path]:
    """Build the lab's notebook and its reference data in place, and tell the gradebook.

    Returns the files that changed. Raises CourseError, and changes nothing, where hand-ins hold the gradebook to the
    questions that it has.
    """
    exams_on(state.folder)  # a setting that cannot be is said before anything is changed
    _refuse_other_cells(lab, state)
    with tempfile.TemporaryDirectory() as scratch:
        fresh = _fresh(lab, Path(scratch))
        changed = [old for old, new in fresh.items() if not _equal(old, new)]
        for old in changed:
            old.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(fresh[old], old)
    register(lab, state)
    return changed


def register(lab: Lab, state: ClassFolder) -> None:
    """Put the lab's questions into the class's gradebook (nbgrader's generate_assignment).

    The notebook that nbgrader's exchange gives students says where the lab is an exam of this class.
    """
    _refuse_other_cells(lab, state)
    _write_source(lab, state.folder)
    Nbgrader(state).generate_assignment(lab.name)


def _refuse_other_cells(lab: Lab, state: ClassFolder) -> None:
    """Raise CourseError where the lab's cells are not those that hand-ins in the gradebook were graded by."""
    ids = {cell.metadata.nbgrader.grade_id for cell in source_notebook(lab).cells if "nbgrader" in cell.metadata}
    held = Nbgrader(state).cells_held(lab.name)
    if other := held ^ ids if held else None:
        names = listed(sorted(other)[:6])
        if len(other) > 6:
            names = tr("{names} and {count} more", names=names, count=len(other) - 6)
        raise CourseError(
            tr(
                "{lab}: cells cannot be added or removed once hand-ins are in the gradebook ({names}). "
                "Nothing was changed. Take the change back, or build for a new class, whose folder "
                "AICS_COURSE names.",
                lab=lab.name,
                names=names,
            )
        )


def differences(lab: Lab) -> list[str]:
    """One line for each built file that is not byte for byte what a fresh build makes."""
    with tempfile.TemporaryDirectory() as scratch:
        return [_difference(old, new) for old, new in _fresh(lab, Path(scratch)).items() if not _equal(old, new)]


def _fresh(lab: Lab, scratch: Path) -> dict[Path, Path]:
    """Build into a scratch folder: committed file -> fresh file."""
    state = ClassFolder(scratch / "course")
    register(lab, state)
    reference = scratch / lab.reference.name
    build_reference(lab, reference)
    released = state.folder / "release" / lab.name / lab.released.name
    files = {lab.released: released, lab.reference: reference}
    for language in languages_of(lab):
        files[lab.edition(language)] = path = scratch / f"{language}.ipynb"
        nbformat.write(edition(lab, nbformat.read(released, 4), language), path)
        source = source_of(lab)
        files[source.compiled / f"{language}.mo"] = path = scratch / f"{language}.mo"
        path.write_bytes(fresh_catalogue(source, language))
    return files


def _write_source(lab: Lab, folder: Path) -> None:
    path = folder / "source" / lab.name / f"{lab.name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(with_notice(source_notebook(lab), exams_on(folder).get(lab.name)), path)


def _equal(old: Path, new: Path) -> bool:
    if not old.exists():
        return False
    return not reference.differing(old, new) if new.suffix == ".npz" else old.read_bytes() == new.read_bytes()


def _difference(old: Path, new: Path) -> str:
    if not old.exists():
        return tr("{file} is missing", file=old.name)
    if old.suffix == ".mo":
        return tr("{folder}/{file} differs from its catalogue", folder=old.parent.name, file=old.name)
    if old.suffix == ".npz":
        names = reference.differing(old, new)
    else:
        ours, theirs = (nbformat.read(path, 4).cells for path in (old, new))
        names = [b.id for a, b in zip(ours, theirs, strict=False) if a != b] or [tr("the number of cells")]
    return tr("{file} differs from a fresh build in {names}", file=old.name, names=listed(names[:5]))
