"""What a student added to a released cell, typed into it or merged with it: a cell of its own beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest

from nbformat.notebooknode import NotebookNode

from autograder.intake.outline import Outline, Statement, outlines, without_ipython_lines
from autograder.intake.skeleton import Skeleton, same_text


def parted(cells: Sequence[NotebookNode], skeleton: Skeleton) -> tuple[list[NotebookNode], list[str]]:
    """Return clean cells with what was added to released ones as cells beside them, and the grade_ids of these.

    What stood above a test's own statement stays above it, for the test saw it; all else follows.
    """
    _mark_lost_tests(cells, skeleton)
    edited = {place: number for place, number in _known(cells, skeleton) if skeleton.is_edited(number, cells[place])}
    added = _added(cells, skeleton, edited)
    found: list[NotebookNode] = []
    for place, cell in enumerate(cells):
        above, below = (_own_cells(cell, text) for text in added.get(place, ("", "")))
        is_test = place in added and skeleton.is_test(edited[place])
        found += [*above, cell, *below] if is_test else [cell, *above, *below]
    return found, [skeleton.ids[edited[place]] for place in added if skeleton.ids[edited[place]]]


def _known(cells: Sequence[NotebookNode], skeleton: Skeleton) -> Iterator[tuple[int, int]]:
    for place, cell in enumerate(cells):
        number = skeleton.number_of(cell)
        if number is not None:
            yield place, number


def _mark_lost_tests(cells: Sequence[NotebookNode], skeleton: Skeleton) -> None:
    """Mark the tests that lost their metadata and were typed into, or merged; unmark what holds nothing of a test."""
    lines = [set(cell.source.split("\n")) if cell.cell_type == "code" else set() for cell in cells]
    numbers = [skeleton.number_of(cell) for cell in cells]
    for number in filter(skeleton.is_test, range(len(skeleton.cells))):
        text = same_text(skeleton.cells[number].source)
        holding = [place for place, held in enumerate(lines) if text in held]
        marked = [place for place, known in enumerate(numbers) if known == number]
        if holding and not set(holding) & set(marked):
            for place in marked:
                cells[place].metadata = NotebookNode()
                cells[place].pop("id", None)
            unmarked = [cells[place] for place in holding if numbers[place] is None]
            if unmarked and not unmarked[0].metadata:
                unmarked[0].metadata.nbgrader = NotebookNode(grade_id=skeleton.ids[number])
            numbers = [skeleton.number_of(cell) for cell in cells]


def _added(cells: Sequence[NotebookNode], skeleton: Skeleton, edited: Mapping[int, int]) -> dict[int, tuple[str, str]]:
    """What was added to the edited cells, above and below what was released, by their places."""
    codes = {place: number for place, number in edited.items() if cells[place].cell_type == "code"}
    sources = [cells[place].source.lstrip("\n") for place in codes]
    released = [skeleton.cells[number].source for number in codes.values()]
    found = outlines([without_ipython_lines(source) for source in sources + released])
    pairs = zip(codes, sources, found[: len(codes)], found[len(codes) :], strict=True)
    needed = _names_that_run(cells, skeleton) if any(map(skeleton.is_look, codes.values())) else frozenset()
    added = {
        place: code_added(source, outline, known, needed=needed if skeleton.is_look(codes[place]) else None)
        for place, source, outline, known in pairs
    }
    for place in set(edited) - set(codes):
        added[place] = "", text_added(cells[place].source, skeleton.cells[edited[place]].source)
    return {place: texts for place, texts in sorted(added.items()) if any(texts)}


def _own_cells(cell: NotebookNode, source: str) -> list[NotebookNode]:
    """What was added to a cell as a clean cell of the student's own; none where nothing was."""
    added = NotebookNode(cell_type=cell.cell_type, metadata=NotebookNode(), source=source)
    if cell.cell_type == "code":
        added.execution_count, added.outputs = None, []
    return [added] if source.strip() else []


def _names_that_run(cells: Sequence[NotebookNode], skeleton: Skeleton) -> frozenset[str]:
    """Every name in the code that is run when it is graded, and in what was released of that."""
    known = [skeleton.number_of(cell) for cell in cells]
    run = [cell for cell, number in zip(cells, known, strict=True) if number is None or not skeleton.is_look(number)]
    run += [cell for number, cell in enumerate(skeleton.cells) if not skeleton.is_look(number)]
    sources = [without_ipython_lines(cell.source) for cell in run if cell.cell_type == "code"]
    statements = [statement for outline in outlines(sources) for statement in outline.statements]
    return frozenset[str]().union(*(statement.uses | statement.binds for statement in statements))


def code_added(
    source: str, outline: Outline, released: Outline, *, needed: frozenset[str] | None = None
) -> tuple[str, str]:
    """Return what an edited locked cell has and the released one has not: above the released statements, and below.

    Statements that define nothing are kept beside others only: alone they are a call tried out, or an older
    edition's. What cannot be parsed is kept whole. Of a cell that is only looked at, definitions and assignments of
    names that are `needed` elsewhere are kept and nothing else.
    """
    if outline.complaint:
        return "", source
    known = {statement.digest for statement in released.statements}
    first = min((s.lines[0] for s in outline.statements if s.digest in known), default=len(source))
    added = [statement for statement in outline.statements if statement.digest not in known and not statement.given]
    if needed is not None:
        added = _needed([statement for statement in added if not statement.block], needed)
    if not any(statement.binds for statement in added):
        return "", ""
    above = [statement for statement in added if statement.lines[0] < first]
    return _text(source, above), _text(source, added[len(above) :])


def _needed(statements: Sequence[Statement], names: frozenset[str]) -> list[Statement]:
    """The statements that bind one of these names, or one that such a statement below them uses."""
    kept: list[Statement] = []
    for statement in reversed(statements):
        if names & {bound.partition(".")[0] for bound in statement.binds}:
            kept.insert(0, statement)
            names |= statement.uses
    return kept


def _text(source: str, statements: Sequence[Statement]) -> str:
    lines = source.split("\n")
    pieces = ["\n".join(lines[first - 1 : last]) for first, last in (each.lines for each in statements)]
    gaps = ["\n\n\n" if "\n" in before + after else "\n" for before, after in pairwise(pieces)]
    return "".join(map("".join, zip_longest(["", *gaps], pieces, fillvalue="")))


def text_added(source: str, released: str) -> str:
    """Return the lines that were added to a released text which is still there whole; "" where it is not."""
    rest = [line.rstrip() for line in released.strip().split("\n")]
    added: list[str] = []
    for line in source.strip().split("\n"):
        if rest and line.rstrip() == rest[0]:
            rest.pop(0)
        else:
            added.append(line)
    return "" if rest else "\n".join(added).strip()
