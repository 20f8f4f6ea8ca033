"""Find one clean notebook for each student and lab in whatever was handed in."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from autograder.course import labs as all_labs
from autograder.course.original import marked, unmarked
from autograder.intake.attempts import Candidate, Moment, moment_of
from autograder.intake.choice import Choice
from autograder.intake.clean import clean
from autograder.intake.deadlines import Deadlines
from autograder.intake.experiments import Joined, joined
from autograder.intake.found import Found, Unread
from autograder.intake.handin import Refused, Remark, one_line
from autograder.intake.instead import instead_of
from autograder.intake.layout import OF_SYSTEMS, Layout
from autograder.intake.listing import listing_of
from autograder.intake.messages import say
from autograder.intake.names import Naming, Person, is_notebook_name
from autograder.intake.people import People
from autograder.intake.prepared import HandIn
from autograder.intake.reading import is_part, read_notebook
from autograder.intake.recognise import is_notebook, lab_of
from autograder.intake.released_lab import ReleasedLab
from autograder.intake.renamed import unzipped
from autograder.intake.restored import listed
from autograder.intake.shelf import Shelf
from autograder.intake.skeleton import Skeleton
from autograder.intake.stu_upload import place
from autograder.intake.submitted import Submitted
from autograder.intake.taken import HANDINS, Taken
from autograder.intake.unnamed import course_files_in
from autograder.intake.uploads import Upload, Uploads
from autograder.intake.walk import Leaf, Parts, Walk

#: Files of the original course that no lab here has a question about.
NOT_ASKED = ("mnist_mlp_cpu.py", "mnist_mlp_demo.py")


def find_handins(
    path: Path,
    labs: Sequence[ReleasedLab],
    workdir: Path | None = None,
    *,
    people: People | None = None,
    deadlines: Deadlines | None = None,
    taken: Taken | None = None,
    by_id: bool = False,
    seen: Callable[[int], None] = lambda _files: None,
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
    seen : callable, optional
        Called with the number of files that were seen so far.
    """
    search = _Search(
        Path(os.path.abspath(path)), labs, workdir, people or People(), deadlines or Deadlines(), taken or Taken()
    )
    search.run(by_id=by_id, seen=seen)
    return search.result()


class _Search:
    """One search: what was found so far, and what is to be said about it."""

    def __init__(
        self,
        path: Path,
        labs: Sequence[ReleasedLab],
        workdir: Path | None,
        people: People,
        deadlines: Deadlines,
        taken: Taken,
    ) -> None:
        self.taken = taken
        self.path, self.labs, self.workdir, self.shelf = path, list(labs), workdir, Shelf()
        self.known, self.deadlines = people, deadlines
        self.skeletons = {lab.name: Skeleton(lab.release) for lab in self.labs}
        names = {lab.name for lab in self.labs} | {lab.name for lab in all_labs()}
        self.naming = Naming(names, [file for lab in self.labs for file in lab.exports])
        self.found = Found(path=path)
        self.uploads = Uploads()

    def run(self, *, by_id: bool, seen: Callable[[int], None]) -> None:
        """Read everything; whatever goes wrong becomes a remark."""
        self.by_id = by_id
        if not self.path.exists():
            self.found.say(None, str(self.path), say("no_such_file"))
            return
        self.layout = Layout(self.path, listing_of(self.path), self.naming, by_id=by_id)
        walk = Walk(
            self.path,
            owner=self._person,
            say=self._passed_over,
            seen=self._note_person,
            workdir=self.workdir,
        )
        try:
            for number, leaf in enumerate(walk.leaves(), 1):
                seen(number)
                self._guarded(self._take, leaf, person=self._person(leaf.parts), origin=leaf.origin)
        except Refused as refusal:
            self.found.say(self.layout.host, str(self.path), str(refusal))
        except Exception as error:  # nothing handed in may stop the run
            self.found.say(None, str(self.path), say("unreadable.end", error=type(error).__name__))
        for person, parts, origin in self.uploads.settle(self.layout.host):
            self._take_nothing(person, parts, origin)
        self.found.checkpoints = set(map(self._person, walk.checkpoints))
        self.uploads.complete()
        for lab in sorted(self.labs, key=lambda lab: len(lab.later)):  # a lab before the one that it starts from
            for each in joined(self.uploads, lab, self.naming.is_lab):
                self._guarded(self._take_upload, each, lab, person=each.upload.person, origin=each.upload.origin)

    def result(self) -> tuple[list[HandIn], list[Remark]]:
        """Choose among several hand-ins of one student for one lab."""
        choice = Choice(self.found, self.known, self.deadlines, doubt=lambda one, other: self.layout.doubt(one, other))
        return choice.handins()

    def _passed_over(self, parts: Parts, origin: str, sentence: str) -> None:
        """Say why a file is not looked at; a zip that cannot be opened may be somebody's newest."""
        person, file = self._person(parts), Path(origin)
        if sentence == say("archive.damaged") and file.is_file():
            leaf = Leaf(parts, origin, file.stat().st_mtime, False, bytes)
            self.found.unread.append(Unread(person=person, origin=origin, moment=self._moment(leaf)))
        self.found.say(person, origin, sentence)

    def _note_person(self, parts: Parts) -> None:
        if self.layout.is_first(parts):
            self.found.people.setdefault(self._person(parts), [])

    def _person(self, parts: Parts) -> Person:
        """Whose a file is."""
        return self.layout.owner(parts)[0]

    def _moment(self, leaf: Leaf) -> Moment:
        """When a file was handed in."""
        _, mark = self.layout.owner(leaf.parts)
        return moment_of(leaf, mark, self.layout.timestamp(leaf.parts), self.deadlines)

    def _guarded(self, step: Callable[..., None], *given: object, person: Person, origin: str) -> None:
        """Take a step; whatever goes wrong becomes a remark on this person's file."""
        try:
            step(*given)
        except Refused as refusal:
            self.found.say(person, origin, str(refusal))
        except Exception as error:  # one student's file must not cost the others
            self.found.say(person, origin, say("unreadable", error=type(error).__name__))

    def _take(self, leaf: Leaf) -> None:
        person, name = self._person(leaf.parts), leaf.parts[-1]
        if is_notebook_name(name) or is_notebook(leaf):
            for one in self.layout.owners(leaf.parts):
                self.found.people.setdefault(one, [])
                self._take_notebook(one, leaf)
        elif file := self.naming.course_file(name):
            self.found.people.setdefault(person, [])
            if beside := self.uploads.take(person, file, leaf, self._moment(leaf)):
                self.found.say(person, leaf.origin, say("set_aside.copy", graded=beside))
        elif name.casefold().endswith(NOT_ASKED):
            nobodys = self.layout.is_first(leaf.parts) and not self.layout.owner(leaf.parts)[1]
            self.found.say(None if nobodys else person, leaf.origin, say("not_asked"))
        elif files := course_files_in(leaf, self.labs):
            self.uploads.keep(person, files, leaf, self._moment(leaf))
        else:
            self._take_nothing(person, leaf.parts, leaf.origin)

    def _take_nothing(self, person: Person, parts: Parts, origin: str) -> None:
        """Note a file that is no hand-in, and whose it is."""
        name = parts[-1]
        if self.layout.is_first(parts) and not self.layout.owner(parts)[1]:
            if name not in OF_SYSTEMS:
                self.found.say(None, origin, say("no_hand_in", instead=instead_of([name])))
        else:
            self.found.people.setdefault(person, []).append(name)

    def _take_notebook(self, person: Person, leaf: Leaf) -> None:
        try:
            data, said = unzipped(leaf.read())
            submitted, remarks = read_notebook(data)
        except Refused:
            self.found.unread.append(Unread(person=person, origin=leaf.origin, moment=self._moment(leaf)))
            raise
        remarks = said + remarks
        lab, name = lab_of(submitted, self.labs, self.skeletons), leaf.parts[-1]
        if lab.name.split("_")[0].casefold() not in name.casefold() and len(leaf.parts) > 1:
            remarks.append(say("recognised", name=name, lab=lab.name))
        if not self.by_id:  # only what intake itself wrote may say how a question is asked
            for cell in submitted.cells:
                cell.source = unmarked(cell.source)
        candidate = Candidate(
            person=person,
            submitted=self._submitted(submitted, lab),
            origin=one_line(leaf.origin, 300),
            folder=leaf.parts[:-1],
            moment=self._moment(leaf),
            from_notebook=True,
            whole=not is_part(submitted),
            read=remarks,
        )
        self.found.candidates.append(candidate)

    def _submitted(self, notebook: NotebookNode, lab: ReleasedLab) -> Submitted:
        """Put a clean notebook on the shelf until its turn comes."""
        return Submitted(shelved=self.shelf.put(notebook), lab=lab, skeleton=self.skeletons[lab.name])

    def _take_upload(self, given: Joined, lab: ReleasedLab) -> None:
        upload = given.upload
        files = {name: text for name, text in upload.files.items() if name in lab.exports}
        if start := self._start_of(upload, lab):
            sentence = say("earlier_lab", files=listed(sorted(files)), lab=lab.name, start=start)
            self.found.say(upload.person, upload.origin, sentence)
            return
        notebook, said = place(files, lab, upload.names)
        remarks = [remark for remark in upload.remarks if remark.startswith(tuple(files))] + said
        original = any(marked(cell.source) for cell in notebook.cells)
        if original and not self.taken.original_course:
            raise Refused(say("not_taken", files=listed(sorted(files)), settings=HANDINS))
        candidate = Candidate(
            person=upload.person,
            submitted=self._submitted(clean(notebook)[0], lab),
            origin=one_line(upload.origin, 300),
            folder=upload.folder,
            moment=upload.moment,
            from_notebook=False,
            original=original,
            whole=not any(remark.endswith(say("left_out", why="")) for remark in remarks),
            read=[*_renamed(upload, files), *given.remarks, *remarks],
        )
        self.found.candidates.append(candidate)

    def _start_of(self, upload: Upload, lab: ReleasedLab) -> str:
        """Return the later lab, handed in beside these files or right above, that starts from this lab's; else ""."""
        mine = (each for each in self.found.candidates if each.person == upload.person)
        later = (each for each in mine if each.answered and each.lab.name in lab.later)
        folders = (upload.folder, upload.folder[:-1])
        return next((c.lab.name for c in later if c.folder in folders and not c.original), "")


def _renamed(upload: Upload, files: Iterable[str]) -> list[str]:
    """What is said of course files under another name."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted(upload.by_content & set(files)):
        names[upload.names[file]].append(file)
    return [say("unnamed", name=name, files=" and ".join(found)) for name, found in names.items()]
