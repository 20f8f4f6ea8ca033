"""Put the original course's files, such as ``stu_upload/layers_1.py``, into the released notebook."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from copy import deepcopy

from nbformat.notebooknode import NotebookNode

from aics.language import tr
from autograder.course.original import unmarked
from autograder.intake.conflict import conflict_in, versions
from autograder.intake.handin import MAX_PYTHON, MAX_SOURCE, MB, Refused
from autograder.intake.mends import mended
from autograder.intake.messages import say
from autograder.intake.original import say_how_to_ask
from autograder.intake.outline import Outline, outlines
from autograder.intake.released_lab import ReleasedLab, definitions, grade_id, is_solution
from autograder.intake.repair import repair
from autograder.intake.restored import listed
from autograder.intake.siblings import fitted
from autograder.intake.text import python_text

#: What `aics.notebook.export` writes into the files of a notebook, which are no original ones.
EXPORTED = "Written by aics.notebook.export"


def place(
    files: Mapping[str, bytes | str], lab: ReleasedLab, called: Mapping[str, str] | None = None
) -> tuple[NotebookNode, list[str]]:
    """Return the released notebook with the files' classes in it, and remarks.

    The whole text of a file goes into the first stub cell of what it defines; the other stub cells
    of its classes point there. Lines of another edition are mended (`autograder.intake.mends`). Imports between the
    course's files are dropped, since one notebook holds them all; those of an earlier lab's files find the finished
    ones beside graded code. The part under ``if __name__ == "__main__"`` is kept but does not run.
    A file that is not Python 3 is left out and the line is named.

    Parameters
    ----------
    files : dict of str to bytes or str
        File name to content; names that the lab does not have are ignored.
    lab : ReleasedLab
    called : dict of str to str, optional
        The names that the files were handed in by, where those are others: by these they may import each other.
    """
    notebook, remarks = deepcopy(lab.release), list[str]()
    texts, left_out = dict[str, str](), dict[str, str]()
    for name in sorted(set(files) & set(lab.exports)):
        try:
            texts[name], said = merged(name, decode(files[name]))
            remarks += said
        except Refused as refusal:
            left_out[name] = f"{name} {refusal}"
    read, defined, placed = mended(texts), set[str](), set[str]()
    exported = any(EXPORTED in text for text in texts.values())
    for name, outline in zip(list(texts), outlines([read[name].text for name in texts]), strict=True):
        if outline.complaint:
            left_out[name] = say("not_python", where=name, why=outline.complaint)
            continue
        remarks += [*read[name].remarks, *_missing(lab, name, outline)]
        text, said = fitted(name, read[name].text, outline, lab, called)
        remarks += said + _place_one(notebook, lab, name, text, outline, placed)
        defined |= read[name].defined
    remarks = [say("left_out", why=why) for why in left_out.values()] + remarks
    if not exported:
        second = any(each.second for each in read.values())
        remarks += say_how_to_ask(notebook, lab, defined, left_out, second=second)
    return repair(notebook, lab.release)[0], remarks


def decode(content: bytes | str) -> str:
    """Return a Python file's text by its own encoding line; Refused where it is not text."""
    if isinstance(content, bytes):
        content = python_text(content)
    if len(content) > min(MAX_PYTHON, MAX_SOURCE):
        raise Refused(say("too_long.python", most=min(MAX_PYTHON, MAX_SOURCE) / MB))
    if "\0" in content:
        raise Refused(say("zero_byte"))
    return unmarked(content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def merged(name: str, text: str) -> tuple[str, list[str]]:
    """Return a file with one version of what git could not merge, the first that is Python, and what is said of it."""
    if not (mark := conflict_in(text)):
        return text, []
    texts = dict(zip(("", "conflict.first", "conflict.second"), (text, *versions(text)), strict=True))
    read = outlines([each.text for each in mended(texts).values()])
    which = next((which for which, outline in zip(texts, read, strict=True) if not outline.complaint), "")
    said = [tr("{file}, {what}", file=name, what=say(which, mark=mark))] if which else []
    return texts[which], said


def _place_one(
    notebook: NotebookNode, lab: ReleasedLab, file: str, text: str, outline: Outline, placed: set[str]
) -> list[str]:
    """Put one file's text into its stub cells of `notebook`; return remarks.

    What several files of a lab hold comes from the first of them: `placed` has the names that are there, and grows.
    """
    others = {name for names in lab.exports.values() for name in names} - set(lab.exports[file])
    held = [name for name in lab.stubs if name in outline.names and name not in others]
    mine = [name for name in held if name not in placed]
    placed |= set(mine)
    positions = {grade_id(cell): at for at, cell in enumerate(notebook.cells) if is_solution(cell)}
    cells = sorted((positions[stub], name) for name in mine for stub in lab.stubs[name])
    if not cells:
        return [] if held else [say("defines_nothing", file=file)]
    first = cells[0][0]
    again = {name: at for at, name in reversed(cells) if _redefined(notebook, name, first, at)}
    kept = "_from_" + re.sub(r"\W", "_", file)
    if again:
        text += f"\n\n\n{kept} = {{{', '.join(f'{name!r}: {name}' for name in sorted(again))}}}"
    notebook.cells[first].source = text.strip("\n")
    for at in sorted({at for at, _ in cells} - {first}):
        back = [f"{name} = {kept}[{name!r}]" for name in sorted(again) if again[name] == at]
        back += _entered_again(notebook, text, {name for there, name in cells if there == at}, first, at)
        notebook.cells[at].source = "\n".join([f"# see the cell above: from {file}", *back])
    return []


def _entered_again(notebook: NotebookNode, text: str, names: set[str], first: int, at: int) -> list[str]:
    """Functions of the text, whole, whose decorator a locked cell up to the stub at `at` makes anew.

    Such a decorator enters them in a table that was empty again when the text had run.
    """
    lines, found = text.splitlines(), list[str]()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.name in names and node.decorator_list:
            called = {each.id for part in node.decorator_list for each in ast.walk(part) if isinstance(each, ast.Name)}
            if any(_redefined(notebook, name, first, at) for name in called):
                found.append("\n".join(lines[node.decorator_list[0].lineno - 1 : node.end_lineno]))
    return found


def _missing(lab: ReleasedLab, file: str, outline: Outline) -> list[str]:
    """Say what a file does not define; of the original course's files each question says so for itself."""
    names = [name for name in lab.exports[file] if name in lab.stubs and name not in outline.names]
    return [say("does_not_define", file=file, names=listed(names))] if names and not lab.is_original else []


def _redefined(notebook: NotebookNode, name: str, first: int, at: int) -> bool:
    """Whether a locked cell after the placed text and up to the stub at `at` defines the class anew."""
    between = (cell for cell in notebook.cells[first + 1 : at] if cell.cell_type == "code" and not is_solution(cell))
    return any(name in definitions(cell.source) for cell in between)
