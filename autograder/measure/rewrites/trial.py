"""Right answers and their rewrites, judged as a hand-in is: by what they use, on hidden cases, and by the own check."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import libcst as cst

from aics.check.imports import used_by
from aics.language import listed, noted, tr
from autograder.authoring.cell import Cell
from autograder.authoring.source import source_notebook
from autograder.course import Lab
from autograder.grading.allowed import beyond_allowed
from autograder.grading.bench import hidden_packages
from autograder.grading.steps import Step, steps_of
from autograder.measure.judging import Judged, Judging
from autograder.measure.rewrites.answer import Answer
from autograder.measure.rewrites.rewrite import Rewrite, rewrites

#: The rule of an answer as it is.
AS_IT_IS = noted("as it is")
#: Seconds of a core for one case: no right way is refused here for being slow.
ENOUGH = 60.0


@dataclass(frozen=True, kw_only=True)
class Trial(Judged):
    """What became of one right answer, or of a rewrite of it.

    Attributes
    ----------
    lab, question, of, rule, diff : str
        `of` is the alternative's name, or ``solution``; `rule` is ``as it is`` for the answer itself.
    uses : str
        What it uses and may not; "" where that is nothing.
    """

    lab: str
    question: str
    of: str
    rule: str
    diff: str
    uses: str = ""

    @property
    def refused(self) -> bool:
        """It loses points, or the student's own check finds it wrong."""
        return bool(self.uses) or not self.alive or self.seen

    @property
    def why(self) -> str:
        """What was found wrong with it."""
        if self.uses:
            return tr("uses {names}", names=self.uses)
        found = [tr("hidden case {n}: {rung}", n=n, rung=rung) for n, rung in enumerate(self.rungs, 1) if rung]
        return listed([*found, *([tr("its own check")] if self.seen else [])])


class RightAnswers:
    """The right answers to one question, and the notebook that they stand in."""

    def __init__(self, lab: Lab, question: str) -> None:
        """Read the notebook."""
        self._lab, self._question = lab, question
        self._steps = steps_of(source_notebook(lab), lab.questions)
        (own,) = (step for step in self._steps if step.grade_id == f"{question}_code")
        self._marked = own.source
        self._others = _known_elsewhere(lab, question, self._steps)
        self._signatures = _signatures(step.source for step in self._steps)

    @property
    def sources(self) -> dict[str, str]:
        """Name -> cell: the solution, and each alternative."""
        known = {v.name: v.source for v in self._lab.alternatives if v.question == self._question}
        return {"solution": Cell.of(self._marked).source, **known}

    def rewrites(self, of: str, most: int = 0) -> list[Rewrite]:
        """Rewrites of one of them."""
        answer = Answer(cst.parse_module(self.sources[of]), self._others, self._signatures)
        return rewrites(self._question, of, answer, most)

    def trials(self, chosen: Sequence[str], most: int) -> Iterator[list[Trial]]:
        """Yield what becomes of each of the chosen answers and of its rewrites."""
        judging = Judging(self._lab, self._question)
        with judging.prepared(self._marked):
            for of in chosen:
                source = self.sources[of]
                whole = Rewrite(question=self._question, of=of, rule=AS_IT_IS, source=source)
                every = [whole, *self.rewrites(of, most)]
                used = self._beyond([each.source for each in every])
                yield [self._tried(judging, *pair, source) for pair in zip(every, used, strict=True)]

    def _tried(self, judging: Judging, rewrite: Rewrite, uses: str, before: str) -> Trial:
        found = judging.judged(rewrite.source, most=ENOUGH)
        return Trial(
            lab=self._lab.name,
            question=self._question,
            of=rewrite.of,
            rule=rewrite.rule,
            diff=rewrite.diff(before),
            uses=uses,
            **vars(found),
        )

    def _beyond(self, sources: Sequence[str]) -> list[str]:
        """What each cell uses and may not, by its text, as the grader reads it; all at once where that is nothing."""
        if not self._module(sources):
            return [""] * len(sources)
        return [self._module([source]) for source in sources]

    def _module(self, sources: Sequence[str]) -> str:
        """What a notebook uses and may not with these cells in the place of the question's own."""
        cell = f"{self._question}_code"
        place = next(number for number, step in enumerate(self._steps) if step.grade_id == cell)
        before = [step for step in self._steps[:place] if step.source]
        own = [replace(self._steps[place], source=source) for source in sources]
        hidden = hidden_packages(self._lab)
        return beyond_allowed(self._lab, [*before, *own], {self._question}, hidden, trusted=True).module(self._question)


def _known_elsewhere(lab: Lab, question: str, steps: Sequence[Step]) -> frozenset[str]:
    """Names that mean something outside of a question's cell: they are left alone in it."""
    sources = [step.source for step in steps if step.source and step.grade_id != f"{question}_code"]
    words = {node.id for source in sources for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    defined = {
        node.name
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    asked, attributes = used_by(lab.asks, question)
    return frozenset({*dir(builtins), *words, *defined, *asked, *attributes})


def _signatures(sources: Iterator[str]) -> Mapping[str, tuple[str, ...]]:
    """The parameters of functions, and of methods by their name with a dot, where all of one name have the same."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                given = tuple(arg.arg for arg in node.args.args)
                method = given[:1] == ("self",)
                found.setdefault(f".{node.name}" if method else node.name, set()).add(given[method:])
    return {name: next(iter(several)) for name, several in found.items() if len(several) == 1}
