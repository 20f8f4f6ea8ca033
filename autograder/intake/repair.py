"""Put a student's answers into the released notebook.

The released notebook is the skeleton: its cells, order, metadata and locked sources. From the
submission come the sources of the cells to fill, and the student's own cells. So points, tests and
grade_ids cannot be forged, and a test cell that was deleted, doubled, moved or edited is restored.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from itertools import chain, count

from nbformat.notebooknode import NotebookNode

from autograder.intake.clean import clean
from autograder.intake.handin import MAX_EXTRA, MAX_EXTRA_CELLS
from autograder.intake.released_lab import definitions, grade_id
from autograder.intake.skeleton import Skeleton, same_text


def repair(submission_nb: object, release_nb: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """Return the released notebook with the submission's answers and own cells, and what was repaired.

    Never raises on any submission; changes neither argument; repairing twice changes nothing more.

    Parameters
    ----------
    submission_nb : NotebookNode, or any JSON value
        What was handed in.
    release_nb : NotebookNode
        The notebook that students received; trusted.
    """
    submission, remarks = clean(submission_nb)
    work = _Repair(submission.cells, Skeleton(release_nb), remarks)
    return work.notebook(), remarks


class _Repair:
    """One repair. A place is a cell's index in the submission, a number its index in the release."""

    def __init__(self, cells: list[NotebookNode], skeleton: Skeleton, remarks: list[str]) -> None:
        self.cells, self.skeleton, self.remarks = cells, skeleton, remarks
        self.places: dict[int, list[int]] = {}  # number -> places that are this released cell
        self.own: list[int] = []  # places of the student's own cells
        self.used: dict[int, list[int]] = {}  # number -> places whose text, or position, is kept
        self.sources: dict[int, str] = {}  # number -> source of a cell to fill

    def notebook(self) -> NotebookNode:
        """Do the repair."""
        self._recognise()
        self._recognise_lost_stubs()
        self._choose_sources()
        self._say_what_is_restored()
        extras = self._anchor_own_cells()
        self._empty_answered_stubs()
        self._move_late_answers(extras)
        return self._assemble(extras)

    def _recognise(self) -> None:
        unknown = []
        for place, cell in enumerate(self.cells):
            number = self.skeleton.number_of(cell)
            if number is not None:
                self.places.setdefault(number, []).append(place)
            elif cell.source.strip():
                self.own.append(place)
                unknown += [grade_id(cell)] if grade_id(cell) else []
        if unknown:
            self.remarks.append(f"cells that this lab does not have, kept as the student's own: {listed(unknown)}")

    def _recognise_lost_stubs(self) -> None:
        """Find the answers of stub cells that lost their metadata, by what they define."""
        defined = {place: definitions(self.cells[place].source) for place in self.own if self._is_code(place)}
        for number, names in self.skeleton.names.items():
            if number in self.places:
                continue
            parts = [place for place in defined if names & defined[place]]
            whole = [place for place in parts if names <= defined[place]]
            taken = whole[-1:] or parts
            if taken:
                self.places[number] = taken
                self.own = [place for place in self.own if place not in taken]
                defined = {place: names for place, names in defined.items() if place not in taken}
                self.remarks.append(f"{self.skeleton.ids[number]} had lost its metadata: recognised by what it defines")

    def _is_code(self, place: int) -> bool:
        return bool(self.cells[place].cell_type == "code")

    def _choose_sources(self) -> None:
        for number, places in self.places.items():
            if not self.skeleton.is_solution(number):
                self.used[number] = places[:1]
                continue
            filled = [p for p in places if not self.skeleton.is_untouched(number, self.cells[p].source)]
            self.used[number] = self._best_copies(number, filled) or places[:1]
            texts = [self.cells[place].source for place in self.used[number]] if filled else []
            self.sources[number] = "\n\n\n".join(dict.fromkeys(texts)) or self.skeleton.cells[number].source
            if len(places) > 1:
                which = "the parts are joined" if len(self.used[number]) > 1 else "the last filled one is graded"
                self.remarks.append(f"{self.skeleton.ids[number]} was there {len(places)} times: {which}")
        for number in range(len(self.skeleton.cells)):
            if self.skeleton.is_solution(number):
                self.sources.setdefault(number, self.skeleton.cells[number].source)

    def _best_copies(self, number: int, filled: list[int]) -> list[int]:
        """Return the last of several copies, or all where a cell was split and only all are whole."""
        names = self.skeleton.names.get(number, frozenset())
        found = [names & definitions(self.cells[place].source) for place in filled]
        split = len(filled) > 1 and frozenset().union(*found) > found[-1]
        return filled if split else filled[-1:]

    def _say_what_is_restored(self) -> None:
        ids, cells = self.skeleton.ids, self.skeleton.cells
        graded = [number for number, name in enumerate(ids) if name]
        missing = [ids[number] for number in graded if number not in self.places]
        locked = [number for number in graded if number in self.places and not self.skeleton.is_solution(number)]
        doubled = [ids[number] for number in locked if len(self.places[number]) > 1]
        edited = [
            ids[number]
            for number in locked
            if any(same_text(self.cells[p].source) != same_text(cells[number].source) for p in self.places[number])
        ]
        retyped = [
            ids[number]
            for number in graded
            if any(self.cells[p].cell_type != cells[number].cell_type for p in self.used.get(number, []))
        ]
        order = [self.used[number][-1] for number in graded if number in self.used]
        for finding, names in (
            ("missing cells, put back", missing),
            ("locked cells that were doubled, one kept", doubled),
            ("locked cells that were edited, restored", edited),
            ("cells that had changed between code and text, changed back", retyped),
        ):
            if names:
                self.remarks.append(f"{finding}: {listed(names)}")
        if order != sorted(order):
            self.remarks.append("cells were in another order: put back in the released order")

    def _anchor_own_cells(self) -> dict[int, list[NotebookNode]]:
        """Return the student's own cells by the number of the released cell that they followed, -1 at the top."""
        at = {place: number for number, places in self.used.items() for place in places}
        extras: dict[int, list[NotebookNode]] = {}
        own, anchor, kept, size = set(self.own), -1, 0, 0
        for place, cell in enumerate(self.cells):
            anchor = at.get(place, anchor)
            if place not in own:
                continue
            size += len(cell.source)
            if kept < MAX_EXTRA_CELLS and size <= MAX_EXTRA:
                kept += 1
                extras.setdefault(anchor, []).append(cell)
        if kept < len(own):
            limits = f"{MAX_EXTRA_CELLS} cells or {MAX_EXTRA} characters"
            self.remarks.append(f"{len(own)} own cells: only the first {kept} are kept ({limits} at most)")
        return extras

    def _untouched_stubs(self) -> list[int]:
        names = self.skeleton.names
        return [n for n in names if names[n] and self.skeleton.is_untouched(n, self.sources[n])]

    def _empty_answered_stubs(self) -> None:
        """Empty the untouched stubs that an earlier cell answers; run, they would undo that answer."""
        open_stubs = self._untouched_stubs()
        for number in self.skeleton.names:
            if number in open_stubs:
                continue
            defined = definitions(self.sources[number])
            for later in [n for n in open_stubs if n > number and self.skeleton.names[n] <= defined]:
                here, there = self.skeleton.ids[number], self.skeleton.ids[later]
                self.sources[later] = f"# answered in the cell {here} above"
                self.remarks.append(f"{there} is answered in the cell {here}")
                open_stubs.remove(later)

    def _move_late_answers(self, extras: dict[int, list[NotebookNode]]) -> None:
        """Move an answer from an own cell below its test into its untouched stub."""
        for number in self._untouched_stubs():
            test = self.skeleton.test_after(number)
            if test is None or number not in self._untouched_stubs():
                continue
            below = [(a, cell) for a in sorted(extras) if a >= test for cell in extras[a] if cell.cell_type == "code"]
            answers = [(a, cell) for a, cell in below if self.skeleton.names[number] <= definitions(cell.source)]
            if answers:
                anchor, answer = answers[-1]
                extras[anchor] = [cell for cell in extras[anchor] if cell is not answer]
                self.sources[number] = answer.source
                self.remarks.append(f"{self.skeleton.ids[number]} was answered in a cell below its test: moved up")
                self._empty_answered_stubs()

    def _assemble(self, extras: dict[int, list[NotebookNode]]) -> NotebookNode:
        taken = {cell.id for cell in self.skeleton.cells}
        free = filter(lambda name: name not in taken, map("own-{}".format, count(1)))
        cells = [_own_cell(cell, next(free)) for cell in extras.get(-1, [])]
        for number, released in enumerate(self.skeleton.cells):
            cell = deepcopy(released)
            if number in self.sources:
                cell.source = self.sources[number]
                attached = [self.cells[place].get("attachments") for place in self.used.get(number, [])]
                if cell.cell_type != "code" and any(attached):
                    cell.attachments = deepcopy(next(filter(None, reversed(attached))))
            cells.append(cell)
            cells += [_own_cell(own, next(free)) for own in extras.get(number, [])]
        metadata = deepcopy(self.skeleton.release.get("metadata", NotebookNode()))
        return NotebookNode(nbformat=4, nbformat_minor=5, metadata=metadata, cells=cells)


def _own_cell(cell: NotebookNode, cell_id: str) -> NotebookNode:
    """A student's own cell without metadata, under this id."""
    own = deepcopy(cell)
    own.metadata, own.id = NotebookNode(), cell_id
    return own


def listed(names: Iterable[str], limit: int = 8) -> str:
    """Return names as a short list: ``a, b and 3 more``."""
    names = list(dict.fromkeys(names))
    more = len(names) - limit
    return ", ".join(chain(names[:limit], [f"and {more} more"] if more > 0 else []))
