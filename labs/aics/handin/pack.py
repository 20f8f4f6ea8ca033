"""Make the file to hand in: one small zip for a lab, which every learning system takes, with the notebook in it."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aics.check.folder import LabError
from aics.handin import receipt as receipts
from aics.handin.answers import code_of, digest
from aics.handin.notebook_file import Answer, answers_in, cells_of, lab_of
from aics.handin.words import say, several
from aics.language import listed

#: A notebook larger than this goes without what its cells showed: some systems take no more, and graders run it anyway.
LIMIT = 5_000_000
#: How deep notebooks are looked for below a folder: the zip of the labs has them in ``labs/<lab>/``.
DEPTH = 3


@dataclass(frozen=True, kw_only=True)
class Packed:
    """A file that was made: where it is, its size in bytes, what is in it, the answers' code, and what to mind."""

    path: Path
    size: int
    names: tuple[str, ...]
    code: str
    warnings: tuple[str, ...] = field(default=())


def notebooks_below(folder: Path) -> list[Path]:
    """Return the labs' notebooks below a folder in which something is answered, one for each lab.

    Raises LabError where there is none, or where a lab has several and none has the lab's own name.
    """
    found: dict[str, list[Path]] = {}
    for path in sorted(_below(folder, DEPTH)):
        try:
            if is_answered(answers_in(cells_of(path))):
                found.setdefault(lab_of(path), []).append(path)
        except LabError:
            continue
    if not found:
        raise LabError(say("nothing_to_pack", folder=folder))
    return [_one(lab, paths) for lab, paths in found.items()]


def is_answered(answers: list[Answer]) -> bool:
    """Whether any stub has code in it, or any written answer words."""
    return any(answer.filled for answer in answers)


def pack(notebook: Path, to: Path | None = None, log: Path | None = None) -> Packed:
    """Write ``<notebook>.handin.zip`` with the notebook, its receipt if there is one, and a log if one is given.

    to : the folder to write to; the notebook's own if not given

    Raises LabError where the file is no notebook of a lab.
    """
    lab = lab_of(notebook)
    answers = answers_in(cells_of(notebook))
    content, warnings = notebook.read_bytes(), list(_doubts(notebook, answers))
    if len(content) > LIMIT:
        content = without_outputs(content)
        warnings.append(say("outputs_left_out", limit=LIMIT // 1_000_000))
    if log is not None and not log.is_file():
        warnings.append(say("log_missing", lab=lab))
    contents = {notebook.name: content}
    for extra in (receipts.receipt_path(notebook), log):
        if extra is not None and extra.is_file():
            contents[extra.name] = extra.read_bytes()
    path = (to or notebook.parent) / f"{notebook.stem}.handin.zip"
    _write(path, contents)
    return Packed(
        path=path,
        size=path.stat().st_size,
        names=tuple(contents),
        code=code_of(digest({answer.name: answer.source for answer in answers})),
        warnings=tuple(warnings),
    )


def without_outputs(content: bytes) -> bytes:
    """Return a notebook without what its cells showed; pictures in written answers stay."""
    notebook: dict[str, Any] = json.loads(content)
    for cell in notebook["cells"]:
        if cell.get("cell_type") == "code":
            cell["outputs"] = []
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode()


def _doubts(notebook: Path, answers: list[Answer]) -> Iterator[str]:
    """What a student should know before handing this in."""
    if not is_answered(answers):
        yield say("nothing_answered", file=notebook.name)
    receipt = receipts.load(notebook)
    if receipt is None:
        yield say("no_receipt", file=notebook.name)
        return
    changed = receipts.changed_since(receipt, {answer.name: answer.source for answer in answers})
    if changed:
        time = receipts.when(receipt.time)
        yield say("receipt_older", time=time, cells=several(changed), file=notebook.name)


def _below(folder: Path, depth: int) -> Iterator[Path]:
    """Notebooks in a folder and the folders below it, hidden ones aside."""
    for path in folder.iterdir():
        if path.name.startswith((".", "_")) or path.is_symlink():
            continue
        if path.is_dir() and depth:
            yield from _below(path, depth - 1)
        elif path.suffix == ".ipynb" and path.is_file():
            yield path


def _one(lab: str, paths: list[Path]) -> Path:
    own = [path for path in paths if path.stem == lab] if len(paths) > 1 else paths
    if len(own) != 1:
        raise LabError(say("which_notebook", lab=lab, files=listed(paths)))
    return own[0]


def _write(path: Path, contents: Mapping[str, bytes]) -> None:
    """Write a zip as a whole or not at all."""
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".handin-")
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in contents.items():
                archive.writestr(name, content)
        os.chmod(unfinished, 0o644)
        os.replace(unfinished, path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
