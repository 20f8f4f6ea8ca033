"""A class made from a lab's bank of right and wrong answers, with copies planted in it.

Nobody in it has written anything: each student's cell is a right way or a known mistake of the bank, and then rewritten
by machine, by rules and in an order that are the student's own. A bank has a few dozen ways to answer a question, so
innocent pairs are more alike here than people are, and to tell copies from them is harder.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

import libcst as cst

from aics.check.verdict import Verdict
from autograder.authoring.cell import cell_of
from autograder.course import Lab, Variant
from autograder.measure.rewrites import around, lines, names
from autograder.measure.rewrites.answer import Answer, Rule
from autograder.measure.rewrites.rewrite import RULES

#: How a copy is disguised: names alone, the order of lines alone, both; both, and rewritten as all cells are besides;
#: both in half or in a quarter of the questions, and an answer of its own to the rest.
KINDS = ("renamed", "reordered", "both", "rewritten", "half", "quarter")
#: The fraction of the questions that a copy takes over, where that is not all.
TAKEN = {"half": 0.5, "quarter": 0.25}
#: How often a student leaves a stub, or has a right answer; rewrites of each cell, at least and at most.
UNTOUCHED, RIGHT, REWRITES = 0.04, (0.55, 0.95), (1, 4)
#: What one rule makes of a cell is chosen among so many.
CHOICE = 4


@dataclass(frozen=True, kw_only=True)
class Handed:
    """One student's answers, question -> source, and the verdicts that the grader has for them."""

    cells: Mapping[str, str]
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A class, and who copied from whom: (original, copy) -> one of `KINDS`."""

    students: Mapping[str, Handed]
    copies: Mapping[tuple[str, str], str]


def planted(lab: Lab, size: int, kinds: Sequence[str], seed: int = 0) -> Planted:
    """Return a class of `size`, of whom the last `len(kinds)` copied so from one of the others each."""
    draw = random.Random(f"{lab.name} {seed}")
    bank = Bank(lab, draw)
    students = {f"student{number:03}": bank.handed() for number in range(size - len(kinds))}
    originals = draw.sample(sorted(students), len(kinds))
    copies = {}
    for number, (original, kind) in enumerate(zip(originals, kinds, strict=True), len(students)):
        students[copy := f"student{number:03}"] = bank.copied(students[original], kind)
        copies[original, copy] = kind
    return Planted(students=students, copies=copies)


class Bank:
    """Draws hand-ins of a lab. Some mistakes are common and most are rare, in an order of the class's own."""

    def __init__(self, lab: Lab, draw: random.Random) -> None:
        self._lab, self._draw = lab, draw
        self._right = {name: [cell_of(lab, name).source] for name in lab.questions}
        self._wrong: dict[str, list[Variant]] = {name: [] for name in lab.questions}
        for variant in lab.alternatives:
            self._right[variant.question].append(variant.source)
        for variant in lab.misconceptions:
            if not variant.slow:
                self._wrong[variant.question].append(variant)
        for several in self._wrong.values():
            draw.shuffle(several)

    def handed(self) -> Handed:
        """Draw one student's hand-in."""
        draw, right = self._draw, self._draw.uniform(*RIGHT)
        cells, verdicts = {}, {}
        for name in self._lab.questions:
            if draw.random() < UNTOUCHED:
                continue
            wrong = None if draw.random() < right or not self._wrong[name] else self._mistake(name)
            source = wrong.source if wrong else draw.choice(self._right[name])
            cells[name] = rewritten(source, draw)
            verdicts[name] = self._verdict(name, wrong)
        return Handed(cells=cells, verdicts=verdicts)

    def copied(self, original: Handed, kind: str) -> Handed:
        """Disguise a hand-in, or a part of it beside answers of the copy's own."""
        own = self.handed() if kind in TAKEN else Handed(cells={}, verdicts={})
        count = round(TAKEN.get(kind, 1.0) * len(original.cells))
        taken = self._draw.sample(sorted(original.cells), count)
        cells = {name: disguised(original.cells[name], kind, self._draw) for name in taken}
        verdicts = {name: original.verdicts[name] for name in taken}
        return Handed(cells={**own.cells, **cells}, verdicts={**own.verdicts, **verdicts})

    def _mistake(self, question: str) -> Variant:
        several = self._wrong[question]
        return self._draw.choices(several, [1 / rank for rank in range(1, len(several) + 1)])[0]

    def _verdict(self, name: str, wrong: Variant | None) -> Verdict:
        question = self._lab.questions[name]
        if wrong is None:
            return Verdict(question=name, score=question.points, max_score=question.points)
        said = {"rung": "values", "reason": "It differs.", "misconception": wrong.name, "hint": wrong.hint, "number": 1}
        return Verdict(question=name, score=0, max_score=question.points, **said)


def rewritten(source: str, draw: random.Random) -> str:
    """Return a cell as somebody else would have written it: rule after rule, drawn from all."""
    answer, left = _answer(source), draw.randint(*REWRITES)
    for rule in draw.sample(list(RULES.values()), len(RULES)):
        if left and (edits := list(islice(rule(answer), CHOICE))):
            answer, left = answer.rewritten(draw.choice(edits).code), left - 1
    return answer.code


def disguised(source: str, kind: str, draw: random.Random) -> str:
    """Return a cell as somebody would disguise it: other comments, and by `kind` other names or order of lines."""
    answer = _answer(source)
    for rule in (around.without_comments, around.without_docstring):
        answer = _once(answer, rule, draw)
    if kind != "reordered":
        for place in range(len(answer.functions)):
            answer = _renamed(answer, place, draw)
    if kind != "renamed":
        for _ in range(6):
            answer = _once(answer, lines.swapped, draw)
        answer = answer.rewritten(_turned(answer.tree).code)
    source = _once(answer, around.commented, draw).code
    return rewritten(source, draw) if kind == "rewritten" else source


def _once(answer: Answer, rule: Rule, draw: random.Random) -> Answer:
    edits = list(islice(rule(answer), CHOICE))
    return answer.rewritten(draw.choice(edits).code) if edits else answer


def _renamed(answer: Answer, place: int, draw: random.Random) -> Answer:
    """Other names in the function at this place."""
    function = answer.functions[place]
    edits = list(names.local(replace(answer, tree=cst.Module([function]))))
    chosen = draw.choice(edits).new if edits else function
    return answer.rewritten(answer.with_(function, chosen).code)


def _turned(tree: cst.Module) -> cst.Module:
    """The functions of a cell in the reverse order; other statements stay where they are."""
    functions = iter([node for node in reversed(tree.body) if isinstance(node, cst.FunctionDef)])
    return tree.with_changes(body=[next(functions) if isinstance(n, cst.FunctionDef) else n for n in tree.body])


@cache
def _answer(source: str) -> Answer:
    return Answer.of(source)
