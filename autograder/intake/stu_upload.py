"""Put the original course's files, such as ``stu_upload/layers_1.py``, into the released notebook."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy

from nbformat.notebooknode import NotebookNode

from autograder.intake.handin import MAX_PYTHON, MAX_SOURCE, MB, Refused
from autograder.intake.outline import Import, Outline, Span, outlines
from autograder.intake.released_lab import ReleasedLab, definitions, grade_id, is_solution
from autograder.intake.repair import listed, repair
from autograder.intake.text import python_text


def place(files: Mapping[str, bytes | str], lab: ReleasedLab) -> tuple[NotebookNode, list[str]]:
    """Return the released notebook with the files' classes in it, and remarks.

    The whole text of a file goes into the first stub cell of what it defines; the other stub cells
    of its classes point there. Imports between the course's files are dropped, since one notebook
    holds them all; the part under ``if __name__ == "__main__"`` is kept but does not run.
    A file that is not Python 3 is left out and the line is named.

    Parameters
    ----------
    files : dict of str to bytes or str
        File name to content; names that the lab does not have are ignored.
    lab : ReleasedLab
    """
    notebook, remarks = deepcopy(lab.release), list[str]()
    texts: dict[str, str] = {}
    for name in sorted(set(files) & set(lab.exports)):
        try:
            texts[name] = decode(files[name])
        except Refused as refusal:
            remarks.append(f"{name} {refusal}; this file is left out")
    for name, outline in zip(list(texts), outlines(list(texts.values())), strict=True):
        if outline.complaint:
            remarks.append(f"{name} is not Python 3: {outline.complaint}; this file is left out")
            continue
        remarks += _place_one(notebook, lab, name, texts[name], outline)
    return repair(notebook, lab.release)[0], remarks


def decode(content: bytes | str) -> str:
    """Return a Python file's text by its own encoding line; Refused where it is not text."""
    if isinstance(content, bytes):
        content = python_text(content)
    if len(content) > min(MAX_PYTHON, MAX_SOURCE):
        raise Refused(f"is longer than {min(MAX_PYTHON, MAX_SOURCE) / MB:g} million characters")
    if "\0" in content:
        raise Refused("holds a zero byte: it is not Python text")
    return content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _place_one(notebook: NotebookNode, lab: ReleasedLab, file: str, text: str, outline: Outline) -> list[str]:
    """Put one file's text into its stub cells of `notebook`; return remarks."""
    wanted = lab.exports[file]
    missing = [name for name in wanted if name in lab.stubs and name not in outline.names]
    others = {name for names in lab.exports.values() for name in names} - set(wanted)
    mine = [name for name in lab.stubs if name in outline.names and name not in others]
    remarks = [f"{file} does not define {listed(missing)}: left as released"] if missing else []
    positions = {grade_id(cell): at for at, cell in enumerate(notebook.cells) if is_solution(cell)}
    cells = sorted((positions[stub], name) for name in mine for stub in lab.stubs[name])
    if not cells:
        return [*remarks, f"{file} defines nothing that this lab asks for"]
    first = cells[0][0]
    again = {name: at for at, name in reversed(cells) if _redefined(notebook, name, first, at)}
    kept = "_from_" + re.sub(r"\W", "_", file)
    source = _fit(text, outline, lab)
    if again:
        source += f"\n\n\n{kept} = {{{', '.join(f'{name!r}: {name}' for name in sorted(again))}}}"
    notebook.cells[first].source = source.strip("\n")
    for at in sorted({at for at, _ in cells} - {first}):
        back = [f"{name} = {kept}[{name!r}]" for name in sorted(again) if again[name] == at]
        notebook.cells[at].source = "\n".join([f"# see the cell above: from {file}", *back])
    return remarks


def _redefined(notebook: NotebookNode, name: str, first: int, at: int) -> bool:
    """Whether a locked cell after the placed text and up to the stub at `at` defines the class anew."""
    between = (cell for cell in notebook.cells[first + 1 : at] if cell.cell_type == "code" and not is_solution(cell))
    return any(name in definitions(cell.source) for cell in between)


def _fit(text: str, outline: Outline, lab: ReleasedLab) -> str:
    """Drop imports of the course's own files and switch off main guards, changing nothing else."""
    modules = {file.removesuffix(".py"): names for file, names in lab.exports.items()}
    edits = [(span, "False") for span in outline.guards]
    for found in outline.imports:
        replacement = _replacement(found, modules)
        if replacement is not None:
            edits.append((found.span, replacement))
    return _edited(text, edits)


def _replacement(found: Import, modules: Mapping[str, Sequence[str]]) -> str | None:
    """Return what stands for an import of a sibling file, None where the import stays."""
    if found.is_from:
        module = found.module.lstrip(".")
        if found.module.startswith(".") and not module:
            return None
        if module.removeprefix("stu_upload.") not in modules:
            return None
        renamed = [f"{alias} = {name}" for name, alias in found.names if alias and alias != name]
        return "; ".join(renamed) or "pass"
    parts = []
    for name, alias in found.names:
        if name in modules:
            held = ", ".join(f"{cls}={cls}" for cls in modules[name])
            parts.append(f"{alias or name} = __import__('types').SimpleNamespace({held})")
        else:
            parts.append(f"import {name} as {alias}" if alias else f"import {name}")
    return "; ".join(parts) if any(name in modules for name, _ in found.names) else None


def _edited(text: str, edits: list[tuple[Span, str]]) -> str:
    """Replace spans of a text, last first; columns count UTF-8 bytes."""
    lines = [line.encode() for line in text.split("\n")]
    for (line, column, end_line, end_column), new in sorted(edits, reverse=True):
        start, end = lines[line - 1][:column], lines[end_line - 1][end_column:]
        lines[line - 1 : end_line] = [start + new.encode() + end]
    return b"\n".join(lines).decode()
