"""Hand-ins where parameters differ by student: which parameters they hold, and the released notebook to compare with.

A hand-in that holds another student's is graded by the right ones all the same, and a remark says so. Texts with
parameters are put back to the student's own before anything else is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from nbformat import NotebookNode

from aics.parameters.blanks import BLANK, filled
from aics.parameters.messages import drawn_words
from aics.parameters.own_notebook import FIRST, OPENED, first_line, opened_for, student_of
from autograder.authoring.own_release import Form, forms, own_release
from autograder.course import Lab
from autograder.intake.messages import say
from autograder.intake.skeleton import Skeleton, same_text


@dataclass(frozen=True, kw_only=True)
class OwnText:
    """What a student's notebook holds where parameters differ.

    Attributes
    ----------
    lab : Lab
        As the student has it.
    names : sequence of str
        Names by which the student may have made the notebook: the id, and what the roster has beside it.
    """

    lab: Lab
    names: Sequence[str] = field(default=(), compare=False)

    @cached_property
    def skeleton(self) -> Skeleton:
        """The released notebook with the student's own parameters."""
        return _skeleton(self.lab)

    def settle(self, cells: Sequence[NotebookNode]) -> list[str]:
        """Put the texts of cells back to the student's own; returns what is to be said of what they held."""
        whose = next(filter(None, (student_of(cell.source) for cell in cells)), "")
        held = {question: said for cell in cells for question, said in FIRST.findall(cell.source)}
        for cell in cells:
            self._settle(cell)
        own = {name: drawn_words(dict(drawn)) for name, values in self.lab.drawn if (drawn := dict(values))}
        return list(self._said(whose, {name: said for name, said in held.items() if name in own}, own))

    def _settle(self, cell: NotebookNode) -> None:
        if cell.cell_type == "code" and OPENED.search(cell.source):
            cell.source = opened_for(cell.source, "")
        code, text = cell.cell_type == "code", same_text(cell.source)
        for form, pattern in _patterns(self.lab):
            if form.code == code and pattern.fullmatch(text):
                cell.source = self._text(form)
                return

    def _text(self, form: Form) -> str:
        text = filled(form.text, self.lab.words, code=form.code)
        return first_line(form.question, self.lab.drawn_of(form.question) or {}) + text if form.question else text

    def _said(self, whose: str, held: Mapping[str, str], own: Mapping[str, str]) -> Iterator[str]:
        """The remarks on a notebook of somebody else, on stubs with other parameters, on one that was never its own."""
        known = {name.casefold() for name in self.names}
        if whose and whose.strip().casefold() not in known:
            yield say("parameters.notebook", whose=whose)
        if other := {name: said for name, said in held.items() if said != own[name]}:
            told, right = ("; ".join(f"{name}: {said[name]}" for name in other) for said in (other, own))
            yield say("parameters.other", held=told, own=right)
        if not whose and not held:
            yield say("parameters.none", own="; ".join(f"{name}: {said}" for name, said in own.items()))


@lru_cache
def _skeleton(lab: Lab) -> Skeleton:
    return Skeleton(own_release(lab))


def _patterns(lab: Lab) -> Sequence[tuple[Form, re.Pattern[str]]]:
    return _patterns_of(lab.name, tuple(name for name, _ in lab.drawn))


@lru_cache
def _patterns_of(lab: str, varying: tuple[str, ...]) -> Sequence[tuple[Form, re.Pattern[str]]]:
    """Each form with what finds its text whichever parameters are in it, also a stub's without a first line."""
    return [(form, _pattern(form)) for form in forms(Lab(lab), varying)]


def _pattern(form: Form) -> re.Pattern[str]:
    text = same_text(re.sub(rf'"({BLANK.pattern})"', r"\1", form.text) if form.code else form.text)
    parts = [re.escape(part) for part in re.split(r"\{\w+\.\w+\}", text)]
    first = rf"(?:{FIRST.pattern})?" if form.question else ""
    return re.compile(first + r".{0,80}?".join(parts), re.M)
