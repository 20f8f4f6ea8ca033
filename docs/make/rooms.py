"""The rooms of the house and the arrows between them, read from the folders and from every import.

A room is a folder of code, or a module beside the folders that imports something. All labs together are two rooms,
one on each side, so that a new lab is no new room.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.course import LABS, ROOT, SOLUTIONS, labs

#: Where the sides of the house lie.
SIDES = {"autograder": ROOT / "autograder", "aics": LABS / "aics"}
PRIVATE, PUBLIC = "solutions/<lab>", "aics/<lab>"
#: What the labs' two rooms hold; every other room says it in its own docstring.
HOLD = {
    PRIVATE: "All that the instructor knows of a lab: the notebook's source, questions, cases, oracles, known "
    "mistakes, other right ways.",
    PUBLIC: "All that a lab owns on the students' side: its asks, its doubles, its pictures.",
}


@dataclass(frozen=True)
class House:
    """Every room with a sentence on what it holds, and every room with the rooms that it imports from."""

    rooms: Mapping[str, str]
    arrows: Mapping[str, frozenset[str]]


def house() -> House:
    """The house as this checkout has it."""
    rooms = {name: HOLD.get(name) or _first_sentence(path) for name, path in _entrances()}
    arrows: dict[str, set[str]] = {name: set() for name in rooms}
    for path, module in _modules():
        if (here := _room(module, rooms)) is not None:
            arrows[here] |= {
                there for name in _imported(path, module) if (there := _room(name, rooms)) not in (None, here)
            }
    return House(rooms, {name: frozenset(to) for name, to in arrows.items()})


def _entrances() -> Iterator[tuple[str, Path]]:
    """Every room with the file whose docstring says what it holds."""
    own = {lab.name for lab in labs()}
    yield PRIVATE, SOLUTIONS
    for side, folder in SIDES.items():
        for path in sorted(folder.iterdir()):
            if path.is_dir() and (path / "__init__.py").exists() and path.name not in own:
                yield f"{side}/{path.name}", path / "__init__.py"
            elif path.suffix == ".py" and not path.name.startswith("__") and list(_imported(path, ())):
                yield f"{side}/{path.stem}", path
    yield "aics", LABS / "aics" / "__init__.py"
    yield PUBLIC, LABS / "aics"


def _modules() -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Every module of the house that imports or may be imported, with its dotted name in parts.

    A file whose folder is no package, such as an attempt, is none.
    """
    for side, folder in SIDES.items():
        for path in sorted(each for each in folder.rglob("*.py") if (each.parent / "__init__.py").exists()):
            yield path, (side, *path.relative_to(folder).with_suffix("").parts)
    for path in sorted(SOLUTIONS.glob("*/*.py")):
        yield path, ("solutions", path.parent.name, path.stem)


def _room(module: tuple[str, ...], rooms: Mapping[str, str]) -> str | None:
    """The room that a module, or a name in one, belongs to; None for what is not of the house."""
    if module[0] == "solutions":
        return PRIVATE
    if module[:1] == ("aics",) and module[1:2] and module[1] in {lab.name for lab in labs()}:
        return PUBLIC
    name = "/".join(module[:2])
    return name if name in rooms else module[0] if module[0] in rooms else None


def _imported(path: Path, module: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every name that a file imports when it runs, in parts; what only type checkers read is left out."""
    tree = ast.parse(path.read_text("utf-8"))
    unread = {id(node) for test in ast.walk(tree) if _for_types(test) for node in ast.walk(test)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and id(node) not in unread:
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and id(node) not in unread:
            above = module[: -node.level] if node.level else ()
            yield from ((*above, *(node.module or "").split("."), alias.name) for alias in node.names)


def _for_types(node: ast.AST) -> bool:
    """Whether a node is ``if TYPE_CHECKING:``."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _first_sentence(path: Path) -> str:
    """The first paragraph of a file's docstring, up to its first full stop."""
    words = " ".join((ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n\n")[0].split())
    return words.split(". ")[0].rstrip(".") + "."
