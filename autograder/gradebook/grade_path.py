"""From a path with hand-ins to a graded class: intake, sandbox, gradebook."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat
from rich.console import Console

from aics.language import listed, noted, tr
from autograder.authoring.build import register
from autograder.course import ClassFolder, CourseError, Lab
from autograder.course import labs as all_labs
from autograder.course.exam import Exam
from autograder.gradebook.chosen import check, chosen
from autograder.gradebook.grade_handins import Graded, GradingOptions, grade_handins
from autograder.gradebook.interrupts import PATIENCE, Interrupts, TooLong
from autograder.gradebook.nbgrader import Nbgrader
from autograder.gradebook.outdated import OldGrades, old_grades
from autograder.gradebook.own_handins import with_own_texts
from autograder.gradebook.total import Total
from autograder.gradebook.totals import totals
from autograder.gradebook.writer import WRITING
from autograder.intake.deadlines import DEADLINES, Deadlines
from autograder.intake.exams import exams_on
from autograder.intake.find import find_handins
from autograder.intake.handin import Remark, below
from autograder.intake.people import People
from autograder.intake.prepared import HandIn
from autograder.intake.released_lab import ReleasedLab
from autograder.intake.roster import ROSTER
from autograder.intake.taken import Taken
from autograder.terminal import failures, progress

READING = noted("reading the hand-ins")


@dataclass(frozen=True)
class Arrival:
    """Who became whom: a file below the path handed in, when it came ("" where nobody knows), and its student."""

    file: str
    when: str
    student: str

    @property
    def plain(self) -> bool:
        """Whether the first name on the way to the file is the student's id, and no more is to be told."""
        return not self.when and Path(self.file).parts[0].split(".")[0] == self.student


@dataclass
class GradedClass:
    """What came of grading a class."""

    state: ClassFolder
    graded: list[Graded] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    outdated: list[OldGrades] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    totals: Mapping[tuple[str, str], Total] = field(default_factory=dict)
    exams: Sequence[Exam] = ()

    @property
    def failed(self) -> bool:
        """Whether a hand-in that was found could not be graded."""
        return any(g.status == "failed" for g in self.graded)


def grade_path(
    state: ClassFolder, path: Path, options: GradingOptions, labs: Sequence[Lab], student: str | None, console: Console
) -> GradedClass:
    """Find, repair and grade all hand-ins below `path`; shows progress on `console`."""
    if not path.exists():
        raise CourseError(tr("There is nothing at {path}.", path=path))
    check(options, labs)
    if path.resolve().is_relative_to(state.submitted):
        options = replace(options, in_place=True)
    result = GradedClass(state)
    exams = exams_on(state.folder)
    handins: list[HandIn] = []
    failed: list[str] = []
    with Interrupts() as interrupts:
        try:
            with console.status(tr(READING)) as status:
                seen = lambda files: status.update(tr("reading the hand-ins: {files:,} files", files=files))  # noqa: E731
                handins, remarks = _find(state, path, labs, student, in_place=options.in_place, seen=seen)
                result.remarks = [
                    replace(r, path=below(path, r.path) or ("" if r.student else r.path)) for r in remarks
                ]
                result.arrivals = _arrivals(state, path, handins)
                handins = chosen(state, handins, options)
                _register(state, {h.lab for h in handins}, interrupts)
            with (
                progress(console, tr("grading"), len(handins)) as advance,
                closing(grade_handins(state, handins, options, interrupts)) as each,
            ):
                for graded in each:
                    result.graded += [graded] if graded else []
                    failed += [graded.student] if graded and graded.status == "failed" else []
                    advance(failures(failed))
                    interrupts.stop_if_asked()
            with console.status(tr("looking at the grades of the others")):
                result.outdated = _outdated(state, result.graded)
        except BaseException as error:
            if interrupts.asked or isinstance(error, KeyboardInterrupt):
                raise KeyboardInterrupt(_stopped(result.graded, len(handins))) from None
            raise
    result.totals = totals(state, result.graded)
    result.exams = [exam for name, exam in exams.items() if name in {g.lab for g in result.graded}]
    result.graded.sort(key=lambda g: (g.lab, g.student))
    return result


def _register(state: ClassFolder, labs: Iterable[str], interrupts: Interrupts) -> None:
    """Put the labs that the gradebook does not have as they are now into it."""
    nbgrader = Nbgrader(state)
    for name in labs:
        if not nbgrader.knows(Lab(name)):
            try:
                with interrupts.step(WRITING, PATIENCE):
                    register(Lab(name), state)
            except TooLong as late:
                raise CourseError(
                    tr(
                        "Putting {lab} into the gradebook {late}. See what keeps this machine busy, then run the "
                        "same command again: what was graded is kept.",
                        lab=name,
                        late=late,
                    )
                ) from None


def _outdated(state: ClassFolder, graded: Sequence[Graded]) -> list[OldGrades]:
    """The grades, in the labs of this run, of students who were not in it, where the rules have changed since."""
    students = {name: {g.student for g in graded if g.lab == name} for name in sorted({g.lab for g in graded})}
    return [old for name, but in students.items() if (old := old_grades(state, Lab(name), but))]


def _stopped(graded: Sequence[Graded], of: int) -> str:
    """What was done before somebody stopped the command."""
    done = sum(g.status != "failed" for g in graded)
    return tr(
        "Stopped: {done} of {all} hand-ins are in the gradebook; the others have lost nothing. "
        "The same command goes on from here.",
        done=done,
        all=of,
    )


def recognised(state: ClassFolder, path: Path, labs: Sequence[Lab]) -> list[HandIn]:
    """Return the hand-ins below `path` as `grade_path` knows whose they are; none is graded."""
    if not path.exists():
        raise CourseError(tr("There is nothing at {path}.", path=path))
    return _find(state, path, labs, None, in_place=False, seen=lambda _files: None)[0]


def _find(
    state: ClassFolder,
    path: Path,
    labs: Sequence[Lab],
    student: str | None,
    *,
    in_place: bool,
    seen: Callable[[int], None],
) -> tuple[list[HandIn], list[Remark]]:
    """Find the hand-ins, and keep whom they are of; where they lie in place, folders are named by ids."""
    shapes = [shape_of(lab) for lab in labs]
    people = People(None if in_place else state.folder)
    deadlines, taken = Deadlines.read(state.folder), Taken.read(state.folder)
    if strange := set(deadlines.due) - {lab.name for lab in all_labs()}:
        raise CourseError(tr("{file}: there is no lab {lab}.", file=state.folder / DEADLINES, lab=min(strange)))
    with tempfile.TemporaryDirectory() as workdir:
        by_id = path.resolve() == state.submitted.resolve()
        handins, remarks = find_handins(
            path, shapes, Path(workdir), people=people, deadlines=deadlines, taken=taken, by_id=by_id, seen=seen
        )
    people.save()
    handins = with_own_texts(state, handins)
    if unknown := people.unknown():
        remarks.append(Remark(student="", path=ROSTER, sentence=tr("does not have {names}", names=listed(unknown))))
    if student is None:
        return handins, remarks
    if student not in {h.student for h in handins}:
        there = listed(sorted({h.student for h in handins})) or tr("none")
        raise CourseError(
            tr("No hand-in of {student!r} below {path}. There are: {there}.", student=student, path=path, there=there)
        )
    return [h for h in handins if h.student == student], [r for r in remarks if r.student == student]


def _arrivals(state: ClassFolder, path: Path, handins: Sequence[HandIn]) -> list[Arrival]:
    """List the files in the order of their names, with times by the course's clock."""
    zone = Deadlines.read(state.folder).zone
    found = []
    for handin in handins:
        file = below(path, handin.original) or path.name
        when = f"{handin.handed_in.astimezone(zone):%Y-%m-%d %H:%M}" if handin.handed_in else ""
        found.append(Arrival(file, when, handin.student))
    return sorted(found, key=lambda arrival: (arrival.file, arrival.student))


def shape_of(lab: Lab) -> ReleasedLab:
    """What intake knows of a lab; CourseError where its notebook was not built."""
    if not lab.released.exists():
        raise CourseError(tr("{file} is not there. `autograder build` makes it.", file=lab.released.name))
    return ReleasedLab.of(
        nbformat.read(lab.released, 4),
        lab.name,
        getattr(lab.asks, "EXPORTS", {}),
        later=frozenset(other.name for other in all_labs() if lab in other.earlier),
        earlier={file: names for earlier in reversed(lab.earlier) for file, names in earlier.asks.EXPORTS.items()},
        questions={name: question.original for name, question in lab.questions.items()} | dict.fromkeys(lab.written),
    )
