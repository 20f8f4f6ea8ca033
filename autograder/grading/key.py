"""The key of a verdict: a digest of all that can decide it, and of nothing else.

As long as a question's key stays the same, asking it again would bring the same verdict, so it is not asked again.
A key covers

    the hand-in      the code that runs, and where the question is asked; not prose, not cells to look at
    the run          isolation level, whether speed counts, what the own code is worth, the seed of the hidden cases
    the engine       the code that runs, asks, times and judges, and every file of aics that the hand-in imports
    the question     its ask, measure, cases, oracle, points and rules, by definition; the lab's settings
    public cases     arrays, expected values, and what known mistakes answer; not the hints' words
    the solution     where speed counts: it is what the time is compared with
    given files      what lies beside the notebook, and the embedded data where any of this reads it
    installations    the student environment's packages, and those that cases and oracles use

What code only shows (pictures, cards, messages) is no part of it: a stored verdict is data, and is drawn when it is
shown. How code is followed from definition to definition is in `autograder.grading.reach`.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from aics.check.reference import Reference
from autograder.authoring.namespace import solution_cells
from autograder.authoring.start import start_files
from autograder.course import Lab, paths
from autograder.grading.bench import built_reference
from autograder.grading.contents import digest_of_data, digest_of_value, installed, versions
from autograder.grading.digests import digest_of, while_unchanged
from autograder.grading.imports import SPELLED, files_named
from autograder.grading.parsed import Piece, module_at, parsed
from autograder.grading.reach import Reach, definitions_reached, digest_of_files, files_reached
from autograder.grading.steps import Step

#: What a lab's questions.py says of the lab as a whole.
SETTINGS = ("ALLOWED", "GIVEN", "STARTS_FROM")
#: Where a run begins: what it imports decides verdicts. The sandbox's files are also started by their paths.
ENGINE = ("grading/attempt.py", "grading/allowed_child.py", "grading/seeds.py")
SANDBOX = "sandbox"
#: How a hand-in names modules of aics. It is not parsed: a text can be made that crashes Python's parser.
_IMPORTED = re.compile(r"\bfrom\s+(aics[\w.]*)\s+import\s+(\([^)]{0,2000}\)|[^\n(]{0,2000})")


@dataclass(frozen=True, kw_only=True)
class RunSettings:
    """How a hand-in is run: the isolation level's name, whether speed is left out, and each question's seed.

    `own`: the points for what is answered about the own code; None where the lab does not ask. `lab`: as the student
    has it, where parameters differ; None where they do not.
    """

    isolation: str
    values_only: bool = False
    own: float | None = None
    lab: Lab | None = None
    seed: Callable[[str], bytes] = lambda _question: b""


class VerdictKeys:
    """The keys of one lab's verdicts, with the lab and the engine as they are now.

    `engine` names the files that run, ask and judge; as it is, those of a hand-in in a sandbox.
    """

    def __init__(self, lab: Lab, engine: Callable[[], Iterable[Path]] | None = None) -> None:
        """Look at the lab's files when they are first needed."""
        self.lab = lab
        self._engine = engine or engine_files
        self._questions: dict[str, _QuestionPart] = {}
        self._imported: dict[frozenset[Path], tuple[set[Path], str]] = {}

    def of(self, steps: Sequence[Step], settings: RunSettings, only: Collection[str] | None = None) -> dict[str, str]:
        """The key of each question that a hand-in's steps ask, or of `only` these."""
        imported, digest = self._reached(self._given_files.union(*(named_files(step.source) for step in steps)))
        own = [] if settings.own is None else [f"own {settings.own}"]
        run = digest_of(settings.isolation, str(settings.values_only), code_of(steps), digest, self._common, *own)
        asked = [step.question for step in steps if step.question and (only is None or step.question in only)]
        return {question: self._key(question, run, imported, settings) for question in asked}

    def check_of(self, question: str) -> str:
        """What else decides what the student's own check says of a question: the stand-ins it is timed beside."""
        return self._stand_ins if self._part(question).timed else ""

    def _key(self, question: str, run: str, imported: set[Path], settings: RunSettings) -> str:
        part = self._part(question)
        compared = self._solution if part.timed and not settings.values_only else ""
        data = self._data if _data_room() in imported or _data_room() in part.files else ""
        drawn = settings.lab.drawn_of(question) if settings.lab else None
        own = [json.dumps(drawn)] if drawn else []
        return digest_of(run, part.digest, compared, data, settings.seed(question).hex(), *own)

    @cached_property
    def _data(self) -> str:
        return digest_of_data(paths.ROOT / "data")

    @cached_property
    def _common(self) -> str:
        given = (part for name, text in sorted(self._given.items()) for part in (name, _code_of(text)))
        return digest_of(digest_of_files(self._engine()), installed(), *given)

    @cached_property
    def _given(self) -> dict[str, str]:
        """The files beside the notebook: name -> text."""
        return dict(start_files(self.lab))

    @cached_property
    def _given_files(self) -> frozenset[Path]:
        return frozenset(file for text in self._given.values() for file in named_files(text))

    def _reached(self, named: frozenset[Path]) -> tuple[set[Path], str]:
        """What these files reach, and the digest of all of it; most of a class's hand-ins import the same."""
        if named not in self._imported:
            files = files_reached(named)
            self._imported[named] = files, digest_of_files(files)
        return self._imported[named]

    @cached_property
    def _solution(self) -> str:
        return _solution(self.lab.folder / "notebook.py")

    @cached_property
    def _stand_ins(self) -> str:
        return _reach_in(self.lab, self.lab.public / "asks.py", ["YARDSTICKS"]).digest

    def _part(self, question: str) -> _QuestionPart:
        if question not in self._questions:
            self._questions[question] = self._look_at(question)
        return self._questions[question]

    def _look_at(self, question: str) -> _QuestionPart:
        _file, entry = _entry_of(self.lab, question)
        private, public = question_reach(self.lab, question)
        packages = versions(private.packages | {"numpy"})
        known = _public_cases(built_reference(self.lab)).get(question, "")
        return _QuestionPart(
            digest=digest_of(private.digest, public.digest, packages, known),
            files=private.files | public.files,
            timed=entry is None or any(keyword.arg == "speed" for keyword in entry.keywords),
        )


@dataclass(frozen=True, kw_only=True)
class _QuestionPart:
    """What a question itself adds to its keys; the files that its code runs; whether it has a speed rule."""

    digest: str
    files: set[Path]
    timed: bool


def code_of(steps: Iterable[Step]) -> str:
    """A digest of the hand-in: the code that is run, and where its questions are asked."""
    return digest_of(*(part for step in steps for part in (step.grade_id, step.source, step.question)))


def engine_files() -> set[Path]:
    """The files that run, ask, time and judge any hand-in."""
    engine = {paths.ROOT / "autograder" / name for name in ENGINE}
    return files_reached(engine | set((paths.ROOT / "autograder" / SANDBOX).rglob("*.py")))


def question_reach(lab: Lab, question: str) -> tuple[Reach, Reach]:
    """What a question's private side reaches (cases, oracle, rules, the lab's settings); its ask and its measure."""
    file, entry = _entry_of(lab, question)
    private = _reach_in(lab, file, [Piece.of([entry])] if entry else ["QUESTIONS"])
    source = lab.folder / "questions.py"
    private |= _reach_in(lab, source, [name for name in SETTINGS if name in module_at(source).defines])
    public = _reach_in(lab, lab.public / "asks.py", [question])
    measures = lab.public / "measures.py"
    if measures.exists() and question in {*module_at(measures).defines, *module_at(measures).imports}:
        public |= _reach_in(lab, measures, [question])
    return private, public


def _entry_of(lab: Lab, question: str) -> tuple[Path, ast.Call | None]:
    """The file with a question's entry, and the entry: questions.py, or a group's ``*_questions.py`` beside it."""
    for file in sorted(lab.folder.glob("*questions.py")):
        if entry := module_at(file).entries.get(question):
            return file, entry
    return lab.folder / "questions.py", None


def _reach_in(lab: Lab, file: Path, start: Sequence[str | Piece]) -> Reach:
    return definitions_reached(file, start, [lab.folder, lab.public])


@lru_cache(maxsize=1000)
def named_files(source: str) -> frozenset[Path]:
    """Files of aics that a cell imports, or names with their dots."""
    names = set(SPELLED.findall(source))
    for module, imported in _IMPORTED.findall(source):
        names |= {f"{module}.{name}" for name in re.findall(r"\w+", imported)}
    return frozenset(file for name in names for file in files_named(name))


def _code_of(text: str) -> str:
    return parsed(text, paths.ROOT / "cell").digest


def _data_room() -> Path:
    return paths.LABS / "aics" / "data" / "__init__.py"


@while_unchanged
def _solution(notebook: Path) -> str:
    """The lab's solution, cell by cell."""
    cells = solution_cells(Lab(notebook.parent.name))
    return digest_of(*(part for grade_id, source in cells for part in (grade_id, _code_of(source))))


@while_unchanged
def _public_cases(file: Path) -> dict[str, str]:
    """What is known of each question's public cases."""
    reference = Reference(file)
    return {rule.name: digest_of_value(reference.question(rule.name)) for rule in reference.rules}
