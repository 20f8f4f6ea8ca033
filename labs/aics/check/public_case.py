"""One public case of a question, to look at and to run: its inputs, what is expected, and what the code gave."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from aics.card.case import case_html, case_text
from aics.check.ask import Answer, Case
from aics.check.folder import LabError
from aics.check.judge import judge
from aics.check.measure import Measure, measured
from aics.check.messages import say
from aics.check.reference import PublicQuestion
from aics.check.verdict import Verdict
from aics.language import listed

#: A question's ask: it calls the student's code on one case.
Ask = Callable[..., Mapping[str, object]]


class PublicCase:
    """What ``check.case("conv_forward", 2)`` gives; it shows itself, and ``case["x"]`` is one of its inputs.

    Attributes
    ----------
    question, number, count : str, int, int
        The question, which of its cases this is (from 1), and how many there are.
    inputs, expected : mappings
        By name: what the code is given, and the arrays that are expected.
    answer : Answer
        What the code gave: arrays in `got`, or an exception.
    verdict : Verdict
        The judge's finding on this case alone.
    code : str
        Lines to run in a cell of the notebook: they call the student's code on this case.
    """

    def __init__(
        self,
        verdict: Verdict,
        answer: Answer,
        inputs: Case,
        expected: Mapping[str, np.ndarray],
        *,
        place: tuple[int, int],
        ask: Ask,
        measure: Measure | None,
    ) -> None:
        """Take a case with its answer; `place` is its number and how many cases there are."""
        self.question, (self.number, self.count) = verdict.question, place
        self.verdict, self.answer, self.inputs, self.expected = verdict, answer, inputs, expected
        self._ask, self._measure = ask, measure
        call = call_of(ask, plain=measure is None)
        self.code = f'case = check.case("{self.question}", {self.number})\n{call}'

    def __getitem__(self, name: str) -> Any:
        """A copy of the input called `name`; KeyError names those that there are."""
        if name not in self.inputs:
            raise KeyError(say("case.no_input", question=self.question, name=name, names=listed(self.inputs)))
        value = self.inputs[name]
        return value.copy() if isinstance(value, np.ndarray) else value

    @property
    def got(self) -> Mapping[str, np.ndarray]:
        """The arrays that the code gave, by name; empty where it gave none."""
        return self.answer.values or {}

    @property
    def steps(self) -> str:
        """The source of what the check runs on a case."""
        return textwrap.dedent(inspect.getsource(self._ask))

    def call(self, *names: object) -> dict[str, Any]:
        """Run the check's steps on this case with these names of the notebook; exceptions come as they are."""
        returned = dict(self._ask(*names, **{name: self[name] for name in self.inputs}))
        if self._measure is None:
            return returned
        plain = Answer(values={name: np.asarray(value) for name, value in returned.items()})
        return dict(measured(self._measure, self.inputs, plain).values or returned)

    def __repr__(self) -> str:
        return case_text(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": case_html(self), "text/plain": case_text(self)}


def public_case(
    known: PublicQuestion, answers: Sequence[Answer], number: int | None, *, ask: Ask, measure: Measure | None
) -> PublicCase:
    """A question's case by its number from 1; without one the first that fails, or the first of all.

    Raises LabError where there is no such case.
    """
    count = len(known.cases)
    if number is not None and number not in range(1, count + 1):
        raise LabError(say("case.no_such", question=known.rule.name, count=count, number=number))
    rows = zip(known.cases, known.expected, answers, strict=True)
    verdicts = [judge(known.rule, [case], [expected], [answer]) for case, expected, answer in rows]
    failing = (place for place, verdict in enumerate(verdicts) if verdict.rung)
    index = next(failing, 0) if number is None else int(number) - 1
    return PublicCase(
        verdicts[index],
        answers[index],
        known.cases[index],
        known.expected[index],
        place=(index + 1, count),
        ask=ask,
        measure=measure,
    )


def call_of(ask: Ask, *, plain: bool) -> str:
    """The line that calls the student's code on ``case``: the plain call where the ask is no more than that.

    plain : whether what comes back is compared as it is
    """
    parameters = inspect.signature(ask).parameters.values()
    names = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    inputs = {p.name for p in parameters if p.kind is p.KEYWORD_ONLY}
    call = _only_call(ask) if plain else None
    if call and isinstance(call.func, ast.Name) and call.func.id in names and not call.keywords:
        given = [argument.id for argument in call.args if isinstance(argument, ast.Name)]
        if len(given) == len(call.args) and inputs.issuperset(given):
            return f"{call.func.id}({', '.join(f'case[{name!r}]' for name in given)})".replace("'", '"')
    return f"case.call({', '.join(names)})"


def _only_call(ask: Ask) -> ast.Call | None:
    """The call in an ask that does nothing but return one: ``return {"output": conv(x)}``."""
    function = ast.parse(textwrap.dedent(inspect.getsource(ask))).body[0]
    body = [node for node in getattr(function, "body", ()) if not isinstance(node, ast.Expr)]
    if len(body) != 1 or not isinstance(body[0], ast.Return) or not isinstance(body[0].value, ast.Dict):
        return None
    values = body[0].value.values
    return values[0] if len(values) == 1 and isinstance(values[0], ast.Call) else None
