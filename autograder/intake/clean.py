"""Turn any JSON value into a plain notebook: cells, sources, grade_ids, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nbformat.notebooknode import NotebookNode

from autograder.course.exam import is_notice
from autograder.intake.handin import MAX_ATTACHMENT, MAX_CELLS, MAX_SOURCE, one_line
from autograder.intake.messages import say
from autograder.intake.regrade_cell import with_first_line

_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
#: Characters of the longest text that is looked at for what a notebook says of an exam.
MAX_NOTICE = 5000
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})


def clean(raw: object) -> tuple[NotebookNode, list[str]]:
    """Return the notebook in any JSON value, and remarks: its cells' types, sources, grade_ids and pasted pictures.

    Outputs and all other metadata are dropped; empty cells, what is no cell, and what a notebook says of an exam, which
    is nobody's answer, are left out. Never raises.
    """
    remarks: list[str] = []
    cells: list[NotebookNode] = []
    malformed, too_many = 0, 0
    for item in _cells(raw, remarks):
        cell = _clean_cell(item, remarks)
        if cell is None:
            malformed += 1
        elif not (cell.source.strip() or cell.metadata) or _is_notice(cell):
            continue
        elif len(cells) >= (2 * MAX_CELLS if cell.metadata else MAX_CELLS):
            too_many += 1
        else:
            cells.append(cell)
    if malformed:
        remarks.append(say("no_cells.some", count=malformed))
    if too_many:
        remarks.append(say("too_many_cells", most=MAX_CELLS, count=too_many))
    return NotebookNode(nbformat=4, nbformat_minor=5, metadata=NotebookNode(), cells=cells), remarks


def _is_notice(cell: NotebookNode) -> bool:
    return bool(cell.cell_type == "markdown" and len(cell.source) < MAX_NOTICE and is_notice(cell.source))


def _cells(raw: object, remarks: list[str]) -> list[object]:
    """The cells of a notebook of any format, as they came."""
    if not isinstance(raw, Mapping):
        return []
    version = raw.get("nbformat", 3 if "worksheets" in raw else 4)
    _say_kernel(raw.get("metadata"), remarks)
    if version != 4:
        remarks.append(say("format", version=one_line(version, 20)))
    cells = raw.get("cells")
    if isinstance(cells, list):
        return cells
    worksheets = raw.get("worksheets")
    sheets = [sheet for sheet in worksheets if isinstance(sheet, Mapping)] if isinstance(worksheets, list) else []
    lists = [sheet["cells"] for sheet in sheets if isinstance(sheet.get("cells"), list)]
    return [cell for cells in lists for cell in cells]


def _say_kernel(metadata: object, remarks: list[str]) -> None:
    """Say so where the notebook was made for Python 2 or another language."""
    info = metadata if isinstance(metadata, Mapping) else {}
    spec, language = (
        info[key] if isinstance(info.get(key), Mapping) else {} for key in ("kernelspec", "language_info")
    )
    name = spec.get("language") or language.get("name") or "python"
    if spec.get("name") == "python2" or str(language.get("version", "3"))[:2] == "2.":
        remarks.append(say("kernel.python2"))
    elif name != "python" and isinstance(name, str):
        remarks.append(say("kernel", language=one_line(name, 20)))


def _clean_cell(item: object, remarks: list[str]) -> NotebookNode | None:
    """A clean cell of what may be one; None where it is none."""
    if not isinstance(item, Mapping):
        return None
    source = next((item[key] for key in ("source", "input", "code", "text") if key in item), "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        ended = len(source) < 2 or any(line.endswith("\n") for line in source[:-1])
        source = ("" if ended else "\n").join(source)
        if not ended and say("no_line_ends") not in remarks:
            remarks.append(say("no_line_ends"))
    if not isinstance(source, str):
        return None
    kind = item.get("cell_type", "code")
    if kind == "heading":
        kind, source = "markdown", "# " + " ".join(source.splitlines())
    elif kind not in ("code", "markdown", "raw"):
        kind = "markdown"
    source = _NOT_TEXT.sub("\ufffd", source).replace("\r\n", "\n").replace("\r", "\n")
    mark = _mark(item)
    if kind != "code" and not mark:
        source = with_first_line(source, item.get("metadata"))
    if len(source) > MAX_SOURCE:
        where = say("a_cell.named", name=mark["grade_id"]) if mark else say("a_cell")
        remarks.append(say("too_long.cell", where=where, most=MAX_SOURCE))
        source = ""
    cell = NotebookNode(cell_type=kind, metadata=NotebookNode(), source=source)
    if isinstance(item.get("id"), str) and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", item["id"]):
        cell.id = item["id"]
    if mark:
        cell.metadata.nbgrader = mark
    if kind == "code":
        cell.execution_count, cell.outputs = _count(item.get("execution_count")), []
    elif "attachments" in item:
        _keep_pictures(item["attachments"], cell, remarks)
    return cell


def _count(value: object) -> int | None:
    """When the cell was run last, counted by the kernel; None where it was not."""
    return value if type(value) is int and value > 0 else None


def _mark(item: Mapping[str, object]) -> NotebookNode | None:
    """The grade_id as nbgrader metadata; all else that the submission claims is dropped."""
    metadata = item.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    found = mark.get("grade_id") if isinstance(mark, Mapping) else None
    if not isinstance(found, str) or not found.strip():
        return None
    return NotebookNode(grade_id=one_line(found, 100))


def _keep_pictures(attachments: object, cell: NotebookNode, remarks: list[str]) -> None:
    """Keep pasted pictures of a text cell: PNG, JPEG, GIF, as text, of a sane size."""
    kept, dropped, size = NotebookNode(), 0, 0
    for name, bundle in attachments.items() if isinstance(attachments, Mapping) else ():
        for mime, content in bundle.items() if isinstance(bundle, Mapping) else ():
            if isinstance(content, list) and all(isinstance(line, str) for line in content):
                content = "".join(content)
            size += len(content) if isinstance(content, str) else 0
            fine = isinstance(content, str) and re.fullmatch(r"[A-Za-z0-9+/=\s]*", content)
            if mime in _PICTURES and fine and size <= MAX_ATTACHMENT:
                kept.setdefault(_NOT_TEXT.sub("\ufffd", str(name)), NotebookNode())[mime] = content
            else:
                dropped += 1
    if kept:
        cell.attachments = kept
    if dropped:
        remarks.append(say("attachments", count=dropped))
