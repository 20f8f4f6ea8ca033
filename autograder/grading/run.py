"""Grade one hand-in: ask the questions whose verdicts do not hold any more, and keep the others.

This is a worker's side. Nothing here knows of nbgrader.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from aics.check.causes import with_causes
from autograder.authoring.own_cases import own_public_question
from autograder.course import ClassFolder, Lab
from autograder.course.own_code import OwnCode
from autograder.course.parameters import Kept
from autograder.grading import seeds
from autograder.grading.attempt import Attempt
from autograder.grading.bench import Bench
from autograder.grading.key import RunSettings, VerdictKeys, code_of
from autograder.grading.own_parameters import own_lab
from autograder.grading.record import Judged, Record
from autograder.grading.steps import Step


@dataclass(frozen=True, kw_only=True)
class Job:
    """What grading one hand-in takes, but for the hand-in; small, because it travels to a worker by a pipe.

    Attributes
    ----------
    state : ClassFolder
    student, lab : str
    keys : mapping
        The key of each question's verdict.
    seeds : mapping
        The seed of each question's hidden cases.
    values_only : bool
        Leave the timing out.
    again : bool
        Ask all questions, also those whose verdicts hold.
    only : str
        Ask this question alone, and keep the verdicts of all others; "" for all.
    beside : tuple of str
        Names of files that lay beside the notebook and were not taken.
    own : float or None
        Points for what is answered about the own code; None where the lab does not ask.
    drawn : Kept
        The student's own parameters, where these differ.
    """

    state: ClassFolder
    student: str
    lab: str
    keys: Mapping[str, str]
    seeds: Mapping[str, bytes]
    values_only: bool = False
    again: bool = False
    only: str = ""
    beside: tuple[str, ...] = ()
    own: float | None = None
    drawn: Kept = ()

    @property
    def record(self) -> Path:
        """Where the record lies."""
        return record_path(self.state, self.student, self.lab)

    def asked(self, before: Record | None) -> list[str]:
        """The questions that are to be asked, given what was recorded before."""
        asked = list(self.keys) if before is None or self.again else before.outdated(self.keys)
        return [name for name in asked if self.only in ("", name)]

    def finished(self) -> Record | None:
        """The record of these very verdicts, if all of them were made before."""
        record = None if self.again else Record.load(self.record)
        if record is None or self.asked(record):
            return None
        return replace(record, judged={name: record.judged[name] for name in self.keys})


def job_for(
    state: ClassFolder,
    student: str,
    keys: VerdictKeys,
    steps: Sequence[Step],
    *,
    isolation: str,
    values_only: bool,
    again: bool = False,
    only: str = "",
    beside: tuple[str, ...] = (),
) -> Job:
    """The job of grading a student's steps, with their keys computed."""
    lab = keys.lab.name
    own, seed = OwnCode.read(state.folder).points(lab), seeds_of(state, student, lab, steps)
    mine = own_lab(state, keys.lab, student)
    found = keys.of(steps, RunSettings(isolation=isolation, values_only=values_only, own=own, seed=seed, lab=mine))
    drawn_by = {question: seed(question) for question in found}
    job = Job(state=state, student=student, lab=lab, keys=found, seeds=drawn_by, values_only=values_only)
    return replace(job, again=again, only=only, beside=beside, own=own, drawn=mine.drawn)


def grade_steps(bench: Bench, job: Job, steps: Sequence[Step]) -> Record:
    """Draw, ask and judge what is outdated, save the record, and return it."""
    lab = lab_of(job)
    know_own(bench, lab)
    before = None if job.again and not job.only else Record.load(job.record)
    outcome = Attempt(
        lab,
        steps,
        bench,
        lambda question: seeds.generator(job.seeds[question]),
        only=job.asked(before),
        values_only=job.values_only,
        beside=job.beside,
        own=job.own,
    ).run()
    new = {name: Judged(key=job.keys[name], verdict=verdict) for name, verdict in outcome.verdicts.items()}
    known = _with_causes(lab, {**(before.judged if before else {}), **new})
    record = Record(
        student=job.student,
        lab=lab.name,
        isolation=bench.level,
        judged={name: known[name] for name in job.keys},
        outputs=outcome.outputs,
    )
    record.save(job.record)
    return record


def know_own(bench: Bench, lab: Lab) -> None:
    """Tell a bench of the public cases of those questions that have parameters of their own."""
    for question, _ in lab.drawn:
        if question in lab.questions:
            bench.know(lab, own_public_question(lab, question))


def _with_causes(lab: Lab, judged: Mapping[str, Judged]) -> dict[str, Judged]:
    """The verdicts, old and new, each with the other questions that it may fail because of."""
    builds_on = {name: question.builds_on for name, question in lab.questions.items()}
    told = with_causes(builds_on, {name: each.verdict for name, each in judged.items()})
    return {name: replace(each, verdict=told[name]) for name, each in judged.items()}


def lab_of(job: Job) -> Lab:
    """A job's lab, whose files a worker reads once."""
    return _lab(job.lab, job.drawn)


@lru_cache
def _lab(name: str, drawn: Kept) -> Lab:
    return Lab(name, drawn)


def seeds_of(state: ClassFolder, student: str, lab: str, steps: Sequence[Step]) -> Callable[[str], bytes]:
    """The seed of each question's hidden cases for this hand-in."""
    secret, code = seeds.course_secret(state.folder), code_of(steps)
    return lambda question: seeds.seed(secret, student, lab, question, code)


def record_path(state: ClassFolder, student: str, lab: str) -> Path:
    """Where the record of a student's hand-in lies in the class's folder."""
    return state.runs / student / f"{lab}.json"
