"""Run in a copy of the checkout: edit its files and print, for each edit, the questions whose verdicts lose their key.

    python touch_files.py < edits.json > lost.json

An edit is a list of [file, how]; all files of one edit are changed together and put back afterwards. `how` is "code"
(something else is computed), "words" (comments, docstrings, prose, hints), or the name of one top-level function.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Callable, Collection
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import nbformat
import numpy as np

from autograder.course import labs, paths
from autograder.grading import key, reach
from autograder.grading.digests import while_unchanged
from autograder.grading.key import RunSettings, VerdictKeys
from autograder.grading.parsed import Module, module_at
from autograder.grading.steps import Step, steps_of

Keys = dict[str, dict[str, str]]
Start = tuple[object, ...]
Found = TypeVar("Found")
LABS = labs()
QUESTIONS = {lab.name: list(lab.questions) for lab in LABS}
#: What `module_at` says of each file, until the file is edited: it is asked millions of times, and looks each time.
CURRENT: dict[Path, Module] = {}
#: The files that the walk under way has looked at.
LOOKED_AT: set[Path] = set()
#: What each function that walks has found, by where the walk began.
WALKED: list[dict[Start, object]] = []
#: File -> the walks that have looked at it: which of `WALKED`, and where it began.
THROUGH: dict[Path, set[tuple[int, Start]]] = {}


def noted(path: Path) -> Module:
    """The module that a file holds, with a note that it was asked."""
    LOOKED_AT.add(path)
    if path not in CURRENT:
        CURRENT[path] = module_at(path)
    return CURRENT[path]


def written(path: Path, content: bytes) -> None:
    """Write a file, and forget what it held and where walks led through it."""
    path.write_bytes(content)
    CURRENT.pop(path, None)
    for number, start in THROUGH.pop(path, ()):
        WALKED[number].pop(start, None)


def remembered() -> Callable[[], None]:
    """Return what finds all walks again as they are now, once every file is what it was."""
    walked, through = [dict(found) for found in WALKED], {path: frozenset(walks) for path, walks in THROUGH.items()}

    def recall() -> None:
        for found, were in zip(WALKED, walked, strict=True):
            found.clear()
            found.update(were)
        THROUGH.clear()
        THROUGH.update((path, set(walks)) for path, walks in through.items())

    return recall


def walk_once(walk: Callable[..., Found]) -> Callable[..., Found]:
    """Walk again only where a file that was looked at has been written: an edit writes few, most walks meet none."""
    walked: dict[Start, Found] = {}
    number = len(WALKED)
    WALKED.append(walked)

    def found(*start: object) -> Found:
        known = tuple(frozenset(part) if isinstance(part, set) else part for part in start)
        if known not in walked:
            LOOKED_AT.clear()
            walked[known] = walk(*start)
            for path in LOOKED_AT:
                THROUGH.setdefault(path, set()).add((number, known))
        return walked[known]

    return found


key.module_at = reach.module_at = noted
key.question_reach, key.files_reached = walk_once(key.question_reach), walk_once(key.files_reached)


#: Files that given files are made of: what is remembered of those is forgotten after an edit.
GIVEN_FROM = {"asks.py", "notebook.py"}


def keys_now(edited: Collection[str] = GIVEN_FROM) -> Keys:
    """Lab -> question -> key, for an untouched hand-in, where files of these names were edited just now."""
    for name, module in list(sys.modules.items()):
        if GIVEN_FROM & set(edited) and name.startswith("autograder.authoring"):
            for value in vars(module).values():
                getattr(value, "cache_clear", lambda: None)()
    return {lab.name: VerdictKeys(lab).of(_handed_in(lab.released), RunSettings(isolation="strict")) for lab in LABS}


@while_unchanged
def _handed_in(released: Path) -> list[Step]:
    """The untouched notebook as steps."""
    return steps_of(nbformat.read(released, 4), QUESTIONS[released.stem])


def edited(path: Path, how: str) -> bytes:
    """The content of a file after an edit."""
    content = path.read_bytes()
    if path.name == "notebook.py":
        return _edited_source(content.decode(), how).encode()
    if path.suffix == ".py":
        return _edited_code(content.decode(), how).encode()
    if path.suffix == ".ipynb":
        return _edited_notebook(content.decode(), how).encode()
    if path.suffix == ".npz" and path.parent.name == "reference":
        return _edited_reference(content, how)
    return content + b"\n"


def _edited_source(text: str, how: str) -> str:
    """A lab's percent source with a statement more in each code cell, or a line more in each prose cell."""
    wanted = (lambda line: "markdown" in line) if how == "words" else (lambda line: "code=" in line or "given=" in line)
    more = "# A word more." if how == "words" else "touched = None"
    lines = []
    for line in text.splitlines():
        lines.append(line)
        if line.startswith("# %%") and wanted(line):
            lines.append(more)
    return "\n".join(lines) + "\n"


def _edited_code(text: str, how: str) -> str:
    if how == "words":
        return ast.unparse(_Words().visit(ast.parse(text))) + "\n# A word more.\n"
    tree = ast.parse(text)
    for node in tree.body:
        if how in ("code", getattr(node, "name", "")):
            _touch(node)
    if how == "code" and not any(isinstance(n, ast.FunctionDef | ast.ClassDef | ast.Assign) for n in tree.body):
        tree.body.append(ast.parse("touched = None").body[0])
    return ast.unparse(ast.fix_missing_locations(tree))


def _touch(node: ast.stmt) -> None:
    """Make one top-level statement do something else."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        node.body.insert(0, ast.parse("touched = None").body[0])
    elif isinstance(node, ast.Assign) and not _is_list_of_questions(node):
        node.value = ast.Subscript(ast.List([node.value, ast.Constant(None)], ast.Load()), ast.Constant(0), ast.Load())
    elif _is_list_of_questions(node):
        for keyword in (k for call in node.value.elts for k in call.keywords if k.arg == "points"):
            keyword.value = ast.BinOp(keyword.value, ast.Add(), ast.Constant(1))


def _is_list_of_questions(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "QUESTIONS"


class _Words(ast.NodeTransformer):
    """Another docstring everywhere, and another reason wherever one is given."""

    def _documented(self, node):
        self.generic_visit(node)
        if ast.get_docstring(node) is not None:
            node.body[0] = ast.parse("'Another docstring.'").body[0]
        return node

    visit_Module = visit_ClassDef = visit_FunctionDef = _documented

    def visit_Call(self, node):
        self.generic_visit(node)
        for keyword in node.keywords:
            if keyword.arg == "reason" and isinstance(keyword.value, ast.Constant):
                keyword.value = ast.Constant("Another reason.")
        return node


def _edited_notebook(text: str, how: str) -> str:
    notebook = nbformat.reads(text, 4)
    for cell in notebook.cells:
        looked_at = "look" in cell.metadata.get("tags", [])
        asked = cell.metadata.get("nbgrader", {}).get("grade")
        if (cell.cell_type == "code" and not looked_at and not asked) == (how == "code"):
            cell.source += "\n# touched" if cell.cell_type == "code" else "\nA word more."
    return nbformat.writes(notebook)


def _edited_reference(content: bytes, how: str) -> bytes:
    with np.load(BytesIO(content), allow_pickle=False) as file:
        arrays = dict(file)
    if how == "words":
        about = json.loads(arrays["about"].tobytes())
        for question in about["questions"]:
            for mistake in question["mistakes"]:
                mistake |= {"hint": "Another hint.", "worked": ["Another step."]}
        arrays["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
    else:
        arrays |= {name: value + value.dtype.type(1) for name, value in arrays.items() if "/expected" in name}
    out = BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def main() -> None:
    """Do one edit after another."""
    if Path.cwd() != paths.ROOT:
        sys.exit(f"this edits files: run it in a copy of the checkout, not in {paths.ROOT}")
    before = keys_now()
    recall, results = remembered(), []
    for edit in json.load(sys.stdin):
        kept = {paths.ROOT / file: (paths.ROOT / file).read_bytes() for file, _ in edit}
        for file, how in edit:
            path = paths.ROOT / file
            written(path, edited(path, how))
        names = {Path(file).name for file, _ in edit}
        after = keys_now(names)
        results.append(
            {
                lab: lost
                for lab in before
                if (lost := [q for q, held in before[lab].items() if after[lab].get(q) != held])
            }
        )
        for path, content in kept.items():
            written(path, content)
        recall()
        keys_now(names & GIVEN_FROM) if names & GIVEN_FROM else None
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
