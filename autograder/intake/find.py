"""Find one clean notebook for each student and lab in whatever was handed in."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from autograder.course.original import marked, unmarked
from autograder.intake.clean import read_notebook
from autograder.intake.handin import MAX_REMARKS, HandIn, Refused, Remark, one_line
from autograder.intake.names import Naming, Person, is_notebook_name, student_ids
from autograder.intake.outline import outlines, without_ipython_lines
from autograder.intake.recognise import lab_of
from autograder.intake.released_lab import ReleasedLab, grade_id
from autograder.intake.repair import listed, repair
from autograder.intake.skeleton import Skeleton
from autograder.intake.stu_upload import place
from autograder.intake.walk import Leaf, Parts, Walk


def find_handins(
    path: Path, labs: Sequence[ReleasedLab], workdir: Path | None = None
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
    """
    search = _Search(Path(os.path.abspath(path)), labs, workdir)
    search.run()
    return search.result()


@dataclass(kw_only=True)
class _Candidate:
    """A notebook that could be graded for `person` and `lab`."""

    person: Person
    lab: ReleasedLab
    notebook: NotebookNode
    origin: str
    folder: Parts
    when: float
    answered: bool
    from_notebook: bool
    remarks: list[str]

    @property
    def rank(self) -> tuple[bool, bool, float, str]:
        """What decides which of several candidates is graded: the largest."""
        return self.answered, self.from_notebook, self.when, self.origin

    @property
    def original(self) -> bool:
        """Whether it came as files of the original course, of which each lab's are graded wherever they lie."""
        return not self.from_notebook and any(marked(cell.source) for cell in self.notebook.cells)


@dataclass
class _Upload:
    """Course files of one folder."""

    files: dict[str, bytes] = field(default_factory=dict)
    origin: str = ""
    when: float = 0.0


class _Search:
    """One search: what was found so far, and what is to be said about it."""

    def __init__(self, path: Path, labs: Sequence[ReleasedLab], workdir: Path | None) -> None:
        self.path, self.labs, self.workdir = path, list(labs), workdir
        self.skeletons = {lab.name: Skeleton(lab.release) for lab in self.labs}
        self.naming = Naming([lab.name for lab in self.labs], [file for lab in self.labs for file in lab.exports])
        self.candidates: list[_Candidate] = []
        self.remarks: list[tuple[Person | None, str, str]] = []
        self.uploads: dict[tuple[Person, Parts], _Upload] = {}
        self.people: dict[Person, list[str]] = {}  # everyone seen -> names of files of no use

    def run(self) -> None:
        """Read everything; whatever goes wrong becomes a remark."""
        if not self.path.exists():
            self.remarks.append((None, str(self.path), "there is no such file or folder"))
            return
        self.host = self.naming.container(self.path)
        walk = Walk(
            self.path,
            owner=self._person,
            say=lambda parts, origin, sentence: self._say(self._person(parts), origin, sentence),
            seen=self._note_person,
            root_of=self.naming.class_root,
            workdir=self.workdir,
        )
        try:
            for leaf in walk.leaves():
                self._guarded(self._take, leaf, person=self._person(leaf.parts), origin=leaf.origin)
        except Refused as refusal:
            self._say(self.host, str(self.path), str(refusal))
        except Exception as error:  # nothing handed in may stop the run
            self._say(None, str(self.path), f"could not be read to its end ({type(error).__name__})")
        for lab in sorted(self.labs, key=lambda lab: len(lab.later)):  # a lab before the one that it starts from
            for (person, folder), upload in self.uploads.items():
                self._guarded(self._take_upload, person, folder, upload, lab, person=person, origin=upload.origin)

    def result(self) -> tuple[list[HandIn], list[Remark]]:
        """Choose among several hand-ins of one student for one lab, and give people their ids."""
        groups: defaultdict[tuple[Person, str], list[_Candidate]] = defaultdict(list)
        for candidate in self.candidates:
            groups[candidate.person, candidate.lab.name].append(candidate)
        graded = []
        for group in groups.values():
            *aside, best = sorted(group, key=lambda candidate: candidate.rank)
            graded.append(best)
            for other in aside:
                self._say(other.person, other.origin, f"set aside: {best.origin} is graded, {_why(best, other)}")
        self._say_who_has_nothing(graded)
        self._complain_of_cells(graded)
        ids = student_ids([*self.people, *(person for person, _, _ in self.remarks if person)])
        handins = [
            HandIn(
                student=ids[best.person],
                lab=best.lab.name,
                notebook=best.notebook,
                original=best.origin,
                when=best.when,
                remarks=[one_line(remark, 400) for remark in best.remarks],
            )
            for best in graded
        ]
        return sorted(handins, key=lambda h: (h.student, h.lab)), self._cut_remarks(ids)

    def _note_person(self, parts: Parts) -> None:
        self.people.setdefault(self._person(parts), [])

    def _person(self, parts: Parts) -> Person:
        """Whose a file is."""
        one_file = self.path.is_file() and not self.path.name.lower().endswith(".zip")
        if not parts or one_file or parts[0] in ("..", "?"):
            return self.host
        is_file = len(parts) == 1 or parts[0].lower().endswith(".zip")
        return self.naming.person(parts[0], is_file=is_file) or self.host

    def _say(self, person: Person | None, origin: str, sentence: str) -> None:
        if person:
            self.people.setdefault(person, [])
        self.remarks.append((person, one_line(origin, 300), one_line(sentence, 500)))

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
        if is_notebook_name(name):
            self.people.setdefault(person, [])
            self._take_notebook(person, leaf)
        elif file := self.naming.course_file(name):
            self.people.setdefault(person, [])
            upload = self.uploads.setdefault((person, leaf.parts[:-1]), _Upload())
            upload.files[file] = leaf.read()
            upload.when = max(upload.when, leaf.when)
            upload.origin = leaf.origin.rsplit(" > ", 1)[0] if " > " in leaf.origin else str(Path(leaf.origin).parent)
        elif len(leaf.parts) == 1:
            self.remarks.append((None, one_line(leaf.origin, 300), "is no notebook, zip or layers_*.py: left out"))
        else:
            self.people.setdefault(person, []).append(name)

    def _take_notebook(self, person: Person, leaf: Leaf) -> None:
        submitted, remarks = read_notebook(leaf.read())
        lab = lab_of(submitted, self.labs, self.skeletons)
        name = leaf.parts[-1]
        if lab.name.split("_")[0].casefold() not in name.casefold() and len(leaf.parts) > 1:
            remarks.append(f"{name} is {lab.name}, recognised by its cells")
        self._add(person, lab, submitted, leaf.origin, leaf.parts[:-1], leaf.when, remarks, from_notebook=True)

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
            self._add(person, lab, notebook, upload.origin, folder, upload.when, remarks, from_notebook=False)

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
        when: float,
        remarks: list[str],
        *,
        from_notebook: bool,
    ) -> None:
        """Repair a submitted notebook, and add it to the candidates."""
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
            _Candidate(
                person=person,
                lab=lab,
                notebook=notebook,
                origin=one_line(origin, 300),
                folder=folder,
                when=when,
                answered=answered,
                from_notebook=from_notebook,
                remarks=remarks + more,
            )
        )

    def _say_who_has_nothing(self, graded: list[_Candidate]) -> None:
        spoken = {best.person for best in graded} | {person for person, _, _ in self.remarks}
        for person, others in list(self.people.items()):
            if person not in spoken:
                among = f"no notebook, zip or layers_*.py among {listed(others)}" if others else "the folder is empty"
                self._say(person, str(self.path), f"nothing to grade of {person.name}: {among}")

    def _complain_of_cells(self, graded: list[_Candidate]) -> None:
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

    def _cut_remarks(self, ids: dict[Person, str]) -> list[Remark]:
        by_student: defaultdict[str, list[Remark]] = defaultdict(list)
        for person, origin, sentence in self.remarks:
            student = ids[person] if person else ""
            by_student[student].append(Remark(student=student, path=origin, sentence=sentence))
        for student, remarks in by_student.items():
            if student and len(remarks) > MAX_REMARKS:
                more = f"{len(remarks) - MAX_REMARKS} more remarks like these: left out"
                remarks[MAX_REMARKS:] = [Remark(student=student, path=remarks[-1].path, sentence=more)]
        return [remark for student in sorted(by_student) for remark in by_student[student]]


def _why(best: _Candidate, other: _Candidate) -> str:
    """Say why `best` is graded and `other` is not."""
    if best.answered and not other.answered:
        return "nothing is filled in here"
    if best.from_notebook and not other.from_notebook:
        return "a notebook answers more than the course's files can"
    return "it is newer" if best.when > other.when else "of the same time, last by name"
