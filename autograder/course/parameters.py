"""Parameters of a question that may differ from student to student.

A question says by `Parameters` what can be drawn. Which labs and questions do vary is the class's choice
(`autograder.course.varying`); where none does, all have the `default`, which is what the committed notebook asks.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from aics.language import tr
from aics.parameters.drawn import NUMBERS

#: A parameter's value: what JSON and a notebook can hold.
Value = str | int | float
#: A question's parameters, by name.
Drawn = Mapping[str, Value]
#: Parameters of several questions as something that can be hashed: (question, ((name, value), ...)).
Kept = tuple[tuple[str, tuple[tuple[str, Value], ...]], ...]


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """What of a question may differ.

    Parameters
    ----------
    default : mapping
        What a class gets that has nothing vary: name -> value.
    variant : callable
        ``variant(rng) -> mapping`` of the same names: one draw. `NUMBERS` draws are all that there are, and each that
        differs is proved, so they should be few: draw from small sets.
    words : callable, optional
        ``words(**drawn) -> mapping``: what is put into further blanks of the source, such as a formula or a sentence
        that follows from the values. Without it a parameter has the blank of its own name only.
    """

    default: Drawn
    variant: Callable[[np.random.Generator], Mapping[str, Any]]
    words: Callable[..., Mapping[str, str]] | None = None

    def drawn(self, number: int) -> Drawn:
        """The draw of this number, from 0 to `NUMBERS` - 1."""
        found = self.variant(np.random.default_rng(number))
        if set(found) != set(self.default):
            raise ValueError(
                tr(
                    "variant(rng) draws {found}, and the default has {default}",
                    found=sorted(found),
                    default=sorted(self.default),
                )
            )
        return {name: _plain(found[name]) for name in self.default}

    def variants(self) -> list[Drawn]:
        """All different draws, in the order of their first numbers."""
        return [dict(each) for each in dict.fromkeys(tuple(self.drawn(n).items()) for n in range(NUMBERS))]

    def filling(self, drawn: Drawn | None = None) -> dict[str, str]:
        """What is put into the source's blanks, by their names; of the default where nothing is drawn."""
        values = self.default if drawn is None else drawn
        more = self.words(**values) if self.words else {}
        return {name: str(value) for name, value in values.items()} | dict(more)


def _plain(value: Any) -> Value:
    """A value as Python has it, where NumPy drew it."""
    found = value.item() if isinstance(value, np.generic) else value
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        raise TypeError(tr("a parameter must be a text or a number, not {kind}", kind=type(found).__name__))
    return found


def bound(function: Callable[..., Any], drawn: Drawn) -> Callable[..., Any]:
    """The function with those of the parameters that it names; a function that names none stays as it is."""
    named = {name: drawn[name] for name in inspect.signature(function).parameters if name in drawn}
    return partial(function, **named) if named else function


def kept(drawn: Mapping[str, Drawn]) -> Kept:
    """Parameters of several questions as a tuple."""
    return tuple((question, tuple(values.items())) for question, values in sorted(drawn.items()))


def combinations(questions: Mapping[str, Parameters | None]) -> Iterator[tuple[str, Drawn]]:
    """Yield every question that has parameters, with each of its variants."""
    for name, parameters in questions.items():
        for drawn in parameters.variants() if parameters else ():
            yield name, drawn
