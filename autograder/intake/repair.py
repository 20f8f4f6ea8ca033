"""Put a student's answers into the released notebook.

The released notebook is the skeleton: its cells, order, metadata and locked sources. From the
submission come the sources of the cells to fill, and the student's own cells. So points, tests and
grade_ids cannot be forged, and a test cell that was deleted, doubled, moved or edited is restored.
No answer is lost by that: what was typed into a locked cell stands beside it, and of several copies
of a stub the ones that are not taken stay where they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import count

from nbformat.notebooknode import NotebookNode

from autograder.intake.added import parted
from autograder.intake.answers import Answers
from autograder.intake.clean import clean
from autograder.intake.copies import Copy, answer_of, copy_of, looked_into
from autograder.intake.handin import MAX_EXTRA, MAX_EXTRA_CELLS
from autograder.intake.messages import say
from autograder.intake.regrade_cell import is_request
from autograder.intake.released_lab import definitions, grade_id
from autograder.intake.restored import Restored, listed
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
    notebook, more = repaired(submission, Skeleton(release_nb))
    return notebook, remarks + more


def repaired(submission: NotebookNode, skeleton: Skeleton) -> tuple[NotebookNode, list[str]]:
    """Return the same of a clean notebook, whose cells may be changed, and a skeleton, which many share."""
    remarks: list[str] = []
    cells, kept = parted(submission.cells, skeleton)
    return _Repair(cells, skeleton, remarks, kept).notebook(), remarks


class _Repair:
    """One repair. A place is a cell's index in the submission, a number its index in the release."""

    def __init__(
        self, cells: list[NotebookNode], skeleton: Skeleton, remarks: list[str], added: Sequence[str] = ()
    ) -> None:
        self.cells, self.skeleton, self.remarks = cells, skeleton, remarks
        self.added = added  # names of locked cells that something was added to
        self.beside: list[str] = []  # names of written answers that were recognised by their place
        self.places: dict[int, list[int]] = {}  # number -> places that are this released cell
        self.own: list[int] = []  # places of the student's own cells
        self.used: dict[int, list[int]] = {}  # number -> places whose text, or position, is kept
        self.sources: dict[int, str] = {}  # number -> source of a cell to fill

    def notebook(self) -> NotebookNode:
        """Do the repair."""
        self._recognise()
        self._recognise_lost_stubs()
        self._choose_sources()
        self._find_merged()
        self._recognise_lost_texts()
        self.remarks += self._restored().remarks()
        extras = self._anchor_own_cells()
        self.remarks += Answers(self.skeleton, self.sources, extras).bring()
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
            self.remarks.append(say("own_cells", names=listed(unknown)))

    def _recognise_lost_stubs(self) -> None:
        """Find the answers of stub cells that lost their metadata, by what they define."""
        defined = {place: definitions(self.cells[place].source) for place in self.own if self._is_code(place)}
        found = []
        for number, names in self.skeleton.names.items():
            here, test = self.places.get(number, []), self._place_of_test(number)
            taken = [place for place in defined if names & defined[place]]
            if taken and not any(self._is_code(place) and (test is None or place < test) for place in here):
                self._take(number, [*here, *taken])
                defined = {place: names for place, names in defined.items() if place not in taken}
                found.append(self.skeleton.ids[number])
        if found:
            self.remarks.append(say("lost_metadata", names=listed(found)))

    def _take(self, number: int, places: list[int]) -> None:
        """Let some of the student's own cells be a released cell."""
        self.places[number] = sorted(places)
        self.own = [place for place in self.own if place not in places]

    def _is_answer(self, place: int) -> bool:
        return not self._is_code(place) and not is_request(self.cells[place].source)

    def _is_code(self, place: int) -> bool:
        return bool(self.cells[place].cell_type == "code")

    def _choose_sources(self) -> None:
        filled = {
            number: [p for p in places if not self.skeleton.is_untouched(number, self.cells[p].source)]
            for number, places in self.places.items()
            if self.skeleton.is_solution(number)
        }
        copies = self._copies({number: places for number, places in filled.items() if number in self.skeleton.names})
        others = {place for place in self.own if self._is_code(place)}
        for number, places in self.places.items():
            if not filled.get(number):
                self.used[number] = [self._kept(number)]
            elif number in copies:
                names, before = self.skeleton.names[number], self._place_of_test(number)
                self.used[number], self.sources[number] = answer_of(copies[number], names, before, others)
            else:
                self.used[number] = filled[number]
                texts = [self.cells[place].source for place in filled[number]]
                self.sources[number] = "\n\n".join(dict.fromkeys(texts))
            if len(places) > 1 and self.skeleton.is_solution(number):
                self._keep_the_others(number, places, filled[number])
        for number in range(len(self.skeleton.cells)):
            if self.skeleton.is_solution(number):
                self.sources.setdefault(number, self.skeleton.cells[number].source)

    def _copies(self, filled: dict[int, list[int]]) -> dict[int, list[Copy]]:
        """The filled copies of each stub; looked into where there are several."""
        copies = {n: [self._copy(place) for place in places] for n, places in filled.items() if places}
        several = looked_into([copy for each in copies.values() if len(each) > 1 for copy in each])
        known = {copy.place: copy for copy in several}
        return {n: [known.get(copy.place, copy) for copy in each] for n, each in copies.items()}

    def _copy(self, place: int) -> Copy:
        return copy_of(place, self.cells[place])

    def _kept(self, number: int) -> int:
        """Which of the places of a cell that is not filled is kept: the first that has the released text in it."""
        text, places = same_text(self.skeleton.cells[number].source), self.places[number]
        return next((place for place in places if text in self.cells[place].source), places[-1])

    def _place_of_test(self, number: int) -> int | None:
        """Up to which place the test of a stub sees the submission's cells; None where it has no such test."""
        test = self.skeleton.test_after(number)
        if test is None or test in self.places:
            return self._kept(test) if test is not None else None
        text = same_text(self.skeleton.cells[test].source)
        merged = (p + 1 for p, cell in enumerate(self.cells) if self._is_code(p) and text in cell.source)
        return next(merged, None)

    def _keep_the_others(self, number: int, places: list[int], filled: list[int]) -> None:
        """Leave the copies that were not taken where they are, and say which was."""
        used = self.used[number]
        left = [p for p in filled if p not in used and not self.skeleton.is_released_text(self.cells[p].source)]
        self.own = sorted([*self.own, *left])
        which = say("copies.joined") if len(used) > 1 else say("copies.filled")
        if left:
            taken = say("copies.parts") if len(used) > 1 else say("copies.last")
            if used[-1] < left[-1]:
                later = self._run_at(used[-1]) > max(map(self._run_at, left))
                taken = say("copies.run_last") if later else say("copies.above")
            which = say("copies.others", taken=taken)
        self.remarks.append(say("copies", name=self.skeleton.ids[number], count=len(places), which=which))

    def _run_at(self, place: int) -> int:
        return self.cells[place].get("execution_count") or 0

    def _find_merged(self) -> None:
        """Find the locked cells that were merged with a stub above: what followed follows them."""
        stubs = {place: number for number in self.skeleton.names for place in self.used.get(number, [])}
        for number, cell in enumerate(self.skeleton.cells):
            if cell.cell_type == "code" and number not in self.places and not self.skeleton.is_solution(number):
                held = [p for p, n in stubs.items() if n < number and same_text(cell.source) in self.cells[p].source]
                if held:
                    self.used[number] = held[-1:]

    def _recognise_lost_texts(self) -> None:
        """Find written answers that lost their metadata, or stand beside their cell: by their place."""
        anchors = self._anchors()
        for number in self.skeleton.written:
            if not self.skeleton.is_untouched(number, self.sources[number]):
                continue
            nearest = max((n for n in self.places if n < number), default=-1)
            beside = {nearest, number} - {-1}
            taken = [place for place in self.own if anchors[place] in beside and self._is_answer(place)]
            if taken:
                self._take(number, taken)
                self.used[number] = taken
                self.sources[number] = "\n\n".join(self.cells[place].source for place in taken)
                self.beside.append(self.skeleton.ids[number])

    def _anchors(self) -> list[int]:
        """For each place, the number of the released cell that stands there or before it; -1 at the top."""
        at = {place: number for number in sorted(self.used) for place in self.used[number]}
        anchors = [-1]
        for place in range(len(self.cells)):
            anchors.append(at.get(place, anchors[-1]))
        return anchors[1:]

    def _restored(self) -> Restored:
        """What was the matter with the released cells."""
        ids, cells, is_stub = self.skeleton.ids, self.skeleton.cells, self.skeleton.is_solution
        graded = [number for number, name in enumerate(ids) if name]
        missing = [number for number in graded if number not in self.places]
        locked = [number for number in graded if number in self.places and not is_stub(number)]
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
        return Restored(
            stubs=[ids[number] for number in missing if is_stub(number)],
            missing=[ids[number] for number in missing if not is_stub(number)],
            doubled=[ids[number] for number in locked if len(self.places[number]) > 1],
            edited=edited,
            retyped=retyped,
            added=self.added,
            beside=self.beside,
            shuffled=order != sorted(order),
        )

    def _anchor_own_cells(self) -> dict[int, list[NotebookNode]]:
        """Return the student's own cells by the number of the released cell that they followed, -1 at the top."""
        extras: dict[int, list[NotebookNode]] = {}
        anchors, dropped, kept, size = self._anchors(), list[str](), 0, 0
        for place in self.own:
            cell, anchor = self.cells[place], self._anchor(place, anchors[place])
            size += len(cell.source)
            if kept < MAX_EXTRA_CELLS and size <= MAX_EXTRA:
                kept += 1
                extras.setdefault(anchor, []).append(cell)
            else:
                dropped.append(cell.source)
        if dropped:
            limits = say("own_cells.limits", cells=MAX_EXTRA_CELLS, characters=MAX_EXTRA)
            self.remarks.append(say("own_cells.too_many", count=len(self.own), kept=kept, limits=limits))
            self._say_what_was_dropped(dropped)
        return extras

    def _anchor(self, place: int, anchor: int) -> int:
        """After which released cell an own cell goes: what answers a stub above its test stays on its side of both."""
        defined = definitions(self.cells[place].source) if self._is_code(place) else frozenset[str]()
        for number, names in self.skeleton.names.items():
            test = self._place_of_test(number) if names & defined else None
            if test is not None and place < test and number in self.used:
                later = place > self.used[number][-1]
                return number if later else min(anchor, number - 1)
        return anchor

    def _say_what_was_dropped(self, sources: Iterable[str]) -> None:
        """Name the questions whose answers may stand among what is not kept."""
        defined = frozenset[str]().union(*map(definitions, sources))
        if stood := [self.skeleton.ids[number] for number, names in self.skeleton.names.items() if names & defined]:
            self.remarks.append(say("own_cells.dropped", names=listed(stood)))

    def _assemble(self, extras: dict[int, list[NotebookNode]]) -> NotebookNode:
        taken = {cell.id for cell in self.skeleton.cells}
        free = filter(lambda name: name not in taken, map("own-{}".format, count(1)))
        cells = [_own_cell(cell, next(free)) for cell in extras.get(-1, [])]
        for number, released in enumerate(self.skeleton.cells):
            cell = deepcopy(released)
            if number in self.sources:
                cell.source = self.sources[number]
                attached = [self.cells[place].get("attachments", {}) for place in self.used.get(number, [])]
                if cell.cell_type != "code" and any(attached):
                    cell.attachments = NotebookNode({k: deepcopy(v) for each in attached for k, v in each.items()})
            cells.append(cell)
            cells += [_own_cell(own, next(free)) for own in extras.get(number, [])]
        metadata = deepcopy(self.skeleton.release.get("metadata", NotebookNode()))
        return NotebookNode(nbformat=4, nbformat_minor=5, metadata=metadata, cells=cells)


def _own_cell(cell: NotebookNode, cell_id: str) -> NotebookNode:
    """A student's own cell without metadata, under this id."""
    own = deepcopy(cell)
    own.metadata, own.id = NotebookNode(), cell_id
    if own.cell_type == "code":
        own.execution_count = None
    return own
