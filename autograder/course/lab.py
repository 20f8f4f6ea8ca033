"""A lab's private side: its questions, its known right and wrong ways, and where its parts lie."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

from aics.check.ask import Answer, ask
from aics.check.judge import Rule
from aics.check.measure import measure_of, measured
from aics.language import listed, tr
from aics.language.spoken import ENGLISH
from aics.parameters.blanks import Words, filled
from autograder.course import paths
from autograder.course.parameters import Drawn, Kept, Parameters, kept
from autograder.course.paths import CourseError
from autograder.course.question import Case, Question, Written
from autograder.course.variant import Variant


@dataclass(frozen=True)
class Lab:
    """One lab's private side, read from its folder under ``solutions/``.

    `drawn`: the parameters of those questions that have a student's own; all others have their defaults.
    """

    name: str
    drawn: Kept = ()

    def having(self, drawn: Mapping[str, Drawn]) -> Lab:
        """The same lab with these parameters of these questions."""
        return replace(self, drawn=kept(drawn))

    def drawn_of(self, question: str) -> Drawn | None:
        """A question's own parameters; None where it has its defaults."""
        return dict(found) if (found := dict(self.drawn).get(question)) else None

    @cached_property
    def parameters(self) -> dict[str, Parameters | None]:
        """What may differ of each question that has a name, written ones too."""
        return {q.name: getattr(q, "parameters", None) for q in self._module.QUESTIONS}

    @cached_property
    def words(self) -> Words:
        """What is put into the blanks of the lab's source, question by question."""
        return {name: each.filling(self.drawn_of(name)) for name, each in self.parameters.items() if each}

    def filled(self, text: str, *, code: bool, where: str, said: Callable[[str], str] = str) -> str:
        """A text of the lab's source with its blanks filled; CourseError names one that no question has.

        `said` puts the words for the blanks into the text's language.
        """
        words = {question: {name: said(word) for name, word in each.items()} for question, each in self.words.items()}
        try:
            return filled(text, words, code=code) if words else text
        except KeyError as error:
            raise CourseError(
                tr(
                    "{lab}, {where}: there is no parameter {error} to put into a blank",
                    lab=self.name,
                    where=where,
                    error=error,
                )
            ) from error

    @property
    def folder(self) -> Path:
        """``solutions/<lab>``."""
        return paths.SOLUTIONS / self.name

    @property
    def public(self) -> Path:
        """``labs/aics/<lab>``: what the lab owns on the students' side."""
        return paths.LABS / "aics" / self.name

    @property
    def released(self) -> Path:
        """The notebook that students get."""
        return paths.LABS / self.name / f"{self.name}.ipynb"

    def edition(self, language: str) -> Path:
        """The notebook that students get in a language: ``labs/zh/<lab>/<lab>.ipynb``, or `released` in English."""
        return self.released if language == ENGLISH else paths.LABS / language / self.name / f"{self.name}.ipynb"

    @property
    def reference(self) -> Path:
        """The public reference data."""
        return paths.REFERENCE / f"{self.name}.npz"

    @cached_property
    def _module(self) -> ModuleType:
        return _load(self.folder / "questions.py", f"solutions.{self.name}.questions")

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The questions that code answers, by name, in the notebook's order."""
        found = {q.name: q.having(self.drawn_of(q.name)) for q in self._module.QUESTIONS if isinstance(q, Question)}
        if timed := [name for name, q in found.items() if q.parameters and q.speed]:
            raise CourseError(
                tr(
                    "{lab}: {question} is timed beside the solution, so nothing of it may differ",
                    lab=self.name,
                    question=timed[0],
                )
            )
        return found

    @cached_property
    def written(self) -> dict[str, Written]:
        """The questions that prose answers."""
        return {q.name: q for q in self._module.QUESTIONS if isinstance(q, Written)}

    def allowed(self, question: str) -> tuple[str, ...]:
        """What a question's code may use beyond NumPy and harmless parts of the standard library."""
        return (*getattr(self._module, "ALLOWED", ()), *self.questions[question].allowed)

    @property
    def packages(self) -> set[str]:
        """Packages that any question's code may import, or a given cell needs (``GIVEN``)."""
        names = {name for question in self.questions for name in self.allowed(question)}
        return {name.partition(".")[0] for name in (*names, *getattr(self._module, "GIVEN", ()))} - {"aics"}

    @cached_property
    def starts_from(self) -> Lab | None:
        """The earlier lab whose solution, and what that one starts from, graded code of this one builds on."""
        name = getattr(self._module, "STARTS_FROM", "")
        return Lab(name) if name else None

    @cached_property
    def earlier(self) -> list[Lab]:
        """The labs that this one builds on, the nearest first."""
        return [self.starts_from, *self.starts_from.earlier] if self.starts_from else []

    @property
    def asks(self) -> ModuleType:
        """The lab's public asks, ``aics.<lab>.asks``."""
        return importlib.import_module(f"aics.{self.name}.asks")

    def answer(self, question: str, namespace: Mapping[str, object], case: Case) -> Answer:
        """What trusted code in `namespace`, run in this process, answers to a case, as it is compared."""
        return measured(measure_of(self.name, question), case, ask(getattr(self.asks, question), namespace, case))

    def tells(self, questions: Collection[str]) -> list[str]:
        """Names of files in data/ that hold what a right answer to one of these questions computes (``TELLS``)."""
        told: Mapping[str, Collection[str]] = getattr(self._module, "TELLS", {})
        return [name for name, of in told.items() if not set(of).isdisjoint(questions)]

    @cached_property
    def misconceptions(self) -> list[Variant]:
        """Every known mistake, by file name."""
        return self._variants("misconceptions")

    @cached_property
    def alternatives(self) -> list[Variant]:
        """Every other right way, by file name."""
        return self._variants("alternatives")

    def rule(self, question: str) -> Rule:
        """What the judge needs to know of a question."""
        return self.rule_of(self.questions[question])

    def rule_of(self, q: Question) -> Rule:
        """What the judge needs to know of a question of this lab as it is asked."""
        limits, advice = (q.speed.limits, q.speed.advice) if q.speed else (None, "")
        return Rule(
            name=q.name,
            points=q.points,
            outputs=tuple(q.outputs),
            limits=limits,
            advice=advice,
            bonus=q.bonus,
            allowed=self.allowed(q.name),
            builds_on=tuple(q.builds_on),
        )

    def _variants(self, kind: str) -> list[Variant]:
        variants = [self._filled(Variant.read(path)) for path in sorted((self.folder / kind).glob("*.py"))]
        for variant in variants:
            if variant.question not in self.questions:
                raise CourseError(
                    tr(
                        "{lab}/{kind}/{question}__{variant}.py: no such question",
                        lab=self.name,
                        kind=kind,
                        question=variant.question,
                        variant=variant.name,
                    )
                )
        return variants

    def _filled(self, variant: Variant) -> Variant:
        if variant.question not in self.words:
            return variant
        where = f"{variant.question}__{variant.name}.py"
        hint, *worked = (self.filled(text, code=False, where=where) for text in (variant.hint, *variant.worked))
        source = self.filled(variant.source, code=True, where=where)
        return replace(variant, source=source, hint=hint, worked=tuple(worked))


def labs(names: Sequence[str] = ()) -> list[Lab]:
    """The named labs, or all; CourseError names those that there are."""
    there = sorted(path.parent.name for path in paths.SOLUTIONS.glob("*/notebook.py"))
    for name in names:
        if name not in there:
            raise CourseError(tr("There is no lab {lab!r}. There are: {labs}.", lab=name, labs=listed(there)))
    return [Lab(name) for name in (names or there)]


def _load(path: Path, name: str) -> ModuleType:
    """Import one lab's file by path; it may import its folder's own modules, which no other lab sees."""
    loader = SourceFileLoader(name, str(path))
    module = ModuleType(name)
    module.__file__ = str(path)
    own = {file.stem for file in path.parent.glob("*.py")}
    others = {name: sys.modules.pop(name) for name in own & sys.modules.keys()}
    sys.path.insert(0, str(path.parent))
    try:
        loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
        for imported in own & sys.modules.keys():
            del sys.modules[imported]
        sys.modules.update(others)
    return module
