"""Find one clean notebook for each student and lab in whatever was handed in."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from autograder.course import labs as all_labs
from autograder.course.original import marked, unmarked
from autograder.intake.attempts import Candidate, Moment, chosen, moment_of, why_not
from autograder.intake.beside import used_but_not_taken
from autograder.intake.clean import read_notebook
from autograder.intake.deadlines import Deadlines
from autograder.intake.handin import HandIn, Refused, Remark, below, one_line
from autograder.intake.instead import instead_of
from autograder.intake.layout import OF_SYSTEMS, Layout
from autograder.intake.listing import listing_of
from autograder.intake.names import Naming, Person, is_notebook_name
from autograder.intake.outline import outlines, without_ipython_lines
from autograder.intake.people import People
from autograder.intake.recognise import holds_notebook, lab_of, may_hold_notebook
from autograder.intake.released_lab import ReleasedLab, grade_id
from autograder.intake.remarks import Remarks
from autograder.intake.repair import listed, repair
from autograder.intake.skeleton import Skeleton
from autograder.intake.stu_upload import place
from autograder.intake.taken import HANDINS, Taken
from autograder.intake.walk import Leaf, Parts, Walk

NOT_TAKEN = f"{{files}}: this class takes no files of the original course ({HANDINS}); hand in the notebook (.ipynb)"


def find_handins(
    path: Path,
    labs: Sequence[ReleasedLab],
    workdir: Path | None = None,
    *,
    people: People | None = None,
    deadlines: Deadlines | None = None,
    taken: Taken | None = None,
    by_id: bool = False,
) -> tuple[list[HandIn], list[Remark]]:
    """Return the hand-ins below `path`, one for each student and lab, and remarks on all else.

    Never raises on what was handed in, runs none of it, and changes nothing of it.

    Parameters
    ----------
    path : Path
        A folder with a folder (or zip, or notebook) for each student, a zip of one, one student's
        notebook, zip or ``stu_upload`` folder. `autograder.intake.names` says how students are told.
    labs : sequence of ReleasedLab
        The labs that a notebook may belong to; it is recognised by its cells, not by its name.
    workdir : Path, optional
        Where large archives within archives are unpacked for the time of reading.
    people : People, optional
        The class's people, whose ids are kept; nobody is known if not given.
    deadlines : Deadlines, optional
        By which clock the systems count, and which of several attempts counts.
    taken : Taken, optional
        What the class takes; everything if not given.
    by_id : bool
        Whether the folders right in `path` are named by students' ids.
    """
    search = _Search(Path(os.path.abspath(path)), labs, workdir, people or People(), deadlines or Deadlines())
    search.taken = taken or Taken()
    search.run(by_id=by_id)
    return search.result()


@dataclass
class _Upload:
    """Course files of one folder."""

    files: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    origin: str = ""
    moment: Moment = field(default_factory=lambda: Moment(file=0.0))


class _Search:
    """One search: what was found so far, and what is to be said about it."""

    def __init__(
        self, path: Path, labs: Sequence[ReleasedLab], workdir: Path | None, people: People, deadlines: Deadlines
    ) -> None:
        self.path, self.labs, self.workdir = path, list(labs), workdir
        self.known, self.deadlines = people, deadlines
        self.skeletons = {lab.name: Skeleton(lab.release) for lab in self.labs}
        names = {lab.name for lab in self.labs} | {lab.name for lab in all_labs()}
        self.naming = Naming(names, [file for lab in self.labs for file in lab.exports])
        self.candidates: list[Candidate] = []
        self.remarks = Remarks()
        self.uploads: dict[tuple[Person, Parts], _Upload] = {}
        self.people: dict[Person, list[str]] = {}  # everyone seen -> names of files of no use

    def run(self, *, by_id: bool) -> None:
        """Read everything; whatever goes wrong becomes a remark."""
        self.by_id = by_id
        if not self.path.exists():
            self._say(None, str(self.path), "there is no such file or folder")
            return
        self.layout = Layout(self.path, listing_of(self.path), self.naming, by_id=by_id)
        walk = Walk(
            self.path,
            owner=self._person,
            say=lambda parts, origin, sentence: self._say(self._person(parts), origin, sentence),
            seen=self._note_person,
            workdir=self.workdir,
        )
        try:
            for leaf in walk.leaves():
                self._guarded(self._take, leaf, person=self._person(leaf.parts), origin=leaf.origin)
        except Refused as refusal:
            self._say(self.layout.host, str(self.path), str(refusal))
        except Exception as error:  # nothing handed in may stop the run
            self._say(None, str(self.path), f"could not be read to its end ({type(error).__name__})")
        for lab in sorted(self.labs, key=lambda lab: len(lab.later)):  # a lab before the one that it starts from
            for (person, folder), upload in self.uploads.items():
                self._guarded(self._take_upload, person, folder, upload, lab, person=person, origin=upload.origin)

    def result(self) -> tuple[list[HandIn], list[Remark]]:
        """Give people their ids, and choose among several hand-ins of one student for one lab."""
        labs: dict[Person, set[str]] = {person: set() for person in self.people}
        labs |= {person: set() for person in self.remarks.people()}
        for candidate in self.candidates:
            labs.setdefault(candidate.person, set()).add(candidate.lab.name)
        self.ids = self.known.ids(labs)
        groups: defaultdict[tuple[str, str], list[Candidate]] = defaultdict(list)
        for candidate in self.candidates:
            groups[self.ids[candidate.person], candidate.lab.name].append(candidate)
        graded = [self._chosen(student, group) for (student, _), group in groups.items()]
        self._say_who_has_nothing(graded)
        self._complain_of_cells(graded)
        handins = [
            HandIn(
                student=self.ids[best.person],
                lab=best.lab.name,
                notebook=best.notebook,
                original=best.origin,
                when=best.moment.file,
                remarks=[one_line(remark, 400) for remark in best.remarks + self._beside(best)],
                beside=tuple(dict.fromkeys(self.people.get(best.person, []))),
                handed_in=best.moment.handed_in,
                late=best.moment.late,
            )
            for best in graded
        ]
        for person, sentence in self.known.remarks:
            self._say(person, "", sentence)
        return sorted(handins, key=lambda h: (h.student, h.lab)), self.remarks.by_student(self.ids)

    def _chosen(self, student: str, group: list[Candidate]) -> Candidate:
        """Choose what is graded, and say why the others are set aside."""
        best = chosen(group, student, self.deadlines)
        graded = below(self.path, best.origin) or best.origin
        for other in sorted(group, key=lambda candidate: candidate.age):
            if other is not best:
                why = why_not(other, best, self.deadlines) + self.layout.doubt(other.folder, best.folder)
                self._say(other.person, other.origin, f"set aside: {graded} is graded, {why}")
        return best

    def _beside(self, best: Candidate) -> list[str]:
        """Name the student's own files that the notebook uses."""
        used = used_but_not_taken(best.notebook, self.people.get(best.person, []))
        return [f"{listed(used)}: used by the notebook, but only the notebook is taken"] if used else []

    def _note_person(self, parts: Parts) -> None:
        if self.layout.is_first(parts):
            self.people.setdefault(self._person(parts), [])

    def _person(self, parts: Parts) -> Person:
        """Whose a file is."""
        return self.layout.owner(parts)[0]

    def _moment(self, leaf: Leaf) -> Moment:
        """When a file was handed in."""
        _, mark = self.layout.owner(leaf.parts)
        return moment_of(leaf, mark, self.layout.timestamp(leaf.parts), self.deadlines)

    def _say(self, person: Person | None, origin: str, sentence: str) -> None:
        if person:
            self.people.setdefault(person, [])
        self.remarks.say(person, origin, sentence)

    def _guarded(self, step: Callable[..., None], *given: object, person: Person, origin: str) -> None:
        """Take a step; whatever goes wrong becomes a remark on this person's file."""
        try:
            step(*given)
        except Refused as refusal:
            self._say(person, origin, str(refusal))
        except Exception as error:  # one student's file must not cost the others
            self._say(person, origin, f"could not be read ({type(error).__name__})")

    def _take(self, leaf: Leaf) -> None:
        person, name = self._person(leaf.parts), leaf.parts[-1]
        if is_notebook_name(name) or _is_notebook(leaf):
            for one in self.layout.owners(leaf.parts):
                self.people.setdefault(one, [])
                self._take_notebook(one, leaf)
        elif file := self.naming.course_file(name):
            self.people.setdefault(person, [])
            self._take_course_file(person, file, leaf)
        elif self.layout.is_first(leaf.parts) and not self.layout.owner(leaf.parts)[1]:
            if name not in OF_SYSTEMS:
                self._say(None, leaf.origin, f"is no notebook, zip or layers_*.py: left out{instead_of([name])}")
        else:
            self.people.setdefault(person, []).append(name)

    def _take_course_file(self, person: Person, file: str, leaf: Leaf) -> None:
        """Take a file of the original course; one of its plain name goes before a copy."""
        name, upload = leaf.parts[-1], self.uploads.setdefault((person, leaf.parts[:-1]), _Upload())
        if file in upload.files and not name.endswith(file):
            self._say(person, leaf.origin, f"set aside: {upload.names[file]} is graded, which lies beside it")
            return
        upload.files[file], upload.names[file] = leaf.read(), name
        upload.moment = max(upload.moment, self._moment(leaf), key=lambda moment: moment.order)
        upload.origin = leaf.origin.rsplit(" > ", 1)[0] if " > " in leaf.origin else str(Path(leaf.origin).parent)

    def _take_notebook(self, person: Person, leaf: Leaf) -> None:
        submitted, remarks = read_notebook(leaf.read())
        lab = lab_of(submitted, self.labs, self.skeletons)
        name = leaf.parts[-1]
        if lab.name.split("_")[0].casefold() not in name.casefold() and len(leaf.parts) > 1:
            remarks.append(f"{name} is {lab.name}, recognised by its cells")
        self._add(person, lab, submitted, leaf.origin, leaf.parts[:-1], self._moment(leaf), remarks, from_notebook=True)

    def _take_upload(self, person: Person, folder: Parts, upload: _Upload, lab: ReleasedLab) -> None:
        files = {name: text for name, text in upload.files.items() if name in lab.exports}
        if not files:
            return
        if start_of := self._start_of(person, folder, lab):
            self._say(
                person,
                upload.origin,
                f"{listed(sorted(files))}: not graded as {lab.name}, because {start_of} lies there, which starts from "
                f"them (`--lab {lab.name}` grades them)",
            )
        else:
            notebook, remarks = place(files, lab)
            if not self.taken.original_course and any(marked(cell.source) for cell in notebook.cells):
                raise Refused(NOT_TAKEN.format(files=listed(sorted(files))))
            self._add(person, lab, notebook, upload.origin, folder, upload.moment, remarks, from_notebook=False)

    def _start_of(self, person: Person, folder: Parts, lab: ReleasedLab) -> str:
        """Return the later lab, handed in in `folder` or right above it, that starts from this lab's files; else ""."""
        later = (c for c in self.candidates if c.person == person and c.answered and c.lab.name in lab.later)
        return next((c.lab.name for c in later if c.folder in (folder, folder[:-1]) and not c.original), "")

    def _add(
        self,
        person: Person,
        lab: ReleasedLab,
        submitted: NotebookNode,
        origin: str,
        folder: Parts,
        moment: Moment,
        remarks: list[str],
        *,
        from_notebook: bool,
    ) -> None:
        """Repair a submitted notebook, and add it to the candidates."""
        if from_notebook and not self.by_id:  # only what intake itself wrote may say how a question is asked
            for cell in submitted.cells:
                cell.source = unmarked(cell.source)
        notebook, more = repair(submitted, lab.release)
        skeleton = self.skeletons[lab.name]
        answers = {grade_id(cell): unmarked(cell.source) for cell in notebook.cells}
        answered = any(
            not skeleton.is_untouched(number, answers[name])
            for number, name in enumerate(skeleton.ids)
            if skeleton.is_solution(number)
        )
        if not answered:
            more.append("nothing is filled in")
        self.candidates.append(
            Candidate(
                person=person,
                lab=lab,
                notebook=notebook,
                origin=one_line(origin, 300),
                folder=folder,
                moment=moment,
                answered=answered,
                from_notebook=from_notebook,
                remarks=remarks + more,
            )
        )

    def _say_who_has_nothing(self, graded: list[Candidate]) -> None:
        spoken = {self.ids[best.person] for best in graded}
        spoken |= {self.ids[person] for person in self.remarks.people()}
        for person, others in list(self.people.items()):
            if self.ids[person] not in spoken:
                among = f"no notebook, zip or layers_*.py among {listed(others)}" if others else "the folder is empty"
                among += instead_of(others)
                self._say(person, str(self.path), f"nothing to grade of {person.name}: {among}")

    def _complain_of_cells(self, graded: list[Candidate]) -> None:
        """Name the answers that are not Python 3; the judge gives them 0 all the same."""
        answers = []
        for best in graded:
            skeleton = self.skeletons[best.lab.name]
            stubs = {skeleton.ids[number] for number in skeleton.names}
            answers += [(best, cell) for cell in best.notebook.cells if grade_id(cell) in stubs]
        as_written = outlines([cell.source for _, cell in answers])
        answers = [pair for pair, outline in zip(answers, as_written, strict=True) if outline.complaint]
        found = outlines([without_ipython_lines(cell.source) for _, cell in answers])
        for (best, cell), outline in zip(answers, found, strict=True):
            if outline.complaint:
                best.remarks.append(f"{grade_id(cell)} is not Python 3: {outline.complaint}")


def _is_notebook(leaf: Leaf) -> bool:
    """Whether a file of another name holds a notebook."""
    try:
        return may_hold_notebook(leaf.parts[-1]) and holds_notebook(leaf.read())
    except Refused:
        return False
