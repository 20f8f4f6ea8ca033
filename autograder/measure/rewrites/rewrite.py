"""All rewrites of one right answer: by each rule, and by several rules one after another."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from autograder.measure.difference import difference
from autograder.measure.rewrites import arithmetic, around, branches, calls, functions, lines, loops, names
from autograder.measure.rewrites.answer import Answer, Edit, Rule

RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        *(names.local, names.shadowing, names.helper),
        *(lines.temporary, lines.inlined, lines.swapped, lines.named),
        *(branches.negated, branches.nested, branches.else_dropped, branches.one_way_out),
        *(loops.counted_by_hand, loops.without_enumerate, loops.written_out, loops.comprehended, loops.listed),
        *(calls.as_function, calls.as_method, calls.product, calls.by_place, calls.by_name),
        *(arithmetic.commuted, arithmetic.regrouped, arithmetic.mirrored, arithmetic.augmented, arithmetic.squared),
        *(arithmetic.in_double, arithmetic.of_numpy, arithmetic.of_python),
        *(functions.helped, functions.moved_out),
        *(around.without_comments, around.commented, around.without_docstring, around.annotated, around.explained),
    )
}
#: The name of a rewrite by several rules, how many of them there are of an answer, and of how many rules each.
SEVERAL, CHAINS, LONGEST = "several", 2, 6
#: Of what one rule makes of an answer, so many are looked at.
FROM_ONE_RULE = 24


@dataclass(frozen=True, kw_only=True)
class Rewrite:
    """A question's cell, written otherwise.

    Attributes
    ----------
    question, of, rule : str
        `of` is the alternative's name, or ``solution``; `rule` is ``several`` for rules one after another.
    source : str
        The whole cell.
    """

    question: str
    of: str
    rule: str
    source: str

    def diff(self, before: str) -> str:
        """The change as a diff of the cell `before`."""
        return difference(f"{self.question}, {self.of}, {self.rule}", before, self.source)


def rewrites(question: str, of: str, answer: Answer, most: int = 0) -> list[Rewrite]:
    """Rewrites of an answer, each another text, the same each time; with `most`, so many, of all rules in turn."""
    draw = random.Random(f"{question} {of} {answer.code}")
    seen: set[str] = {answer.code}
    found: list[Rewrite] = []
    made = chain(_chains(answer, draw), ((name, edit.code) for name, edit in _in_turn(answer, draw)))
    for name, text in made:
        if most and len(found) == most:
            break
        if text not in seen:
            seen.add(text)
            found.append(Rewrite(question=question, of=of, rule=name, source=text))
    return found


def _shuffled(rule: Rule, answer: Answer, draw: random.Random) -> list[Edit]:
    made = list(islice(rule(answer), FROM_ONE_RULE))
    draw.shuffle(made)
    return made


def _in_turn(answer: Answer, draw: random.Random) -> Iterator[tuple[str, Edit]]:
    """One of each rule, then another of each, and so on."""
    rows = [[(name, edit) for edit in _shuffled(rule, answer, draw)] for name, rule in RULES.items()]
    draw.shuffle(rows)
    longest = max(map(len, rows), default=0)
    yield from (row[number] for number in range(longest) for row in rows if number < len(row))


def _chains(answer: Answer, draw: random.Random) -> Iterator[tuple[str, str]]:
    """Rewrites by rule after rule, each of what the one before has made."""
    for _ in range(CHAINS):
        now, rules = answer, draw.sample(list(RULES.values()), len(RULES))
        left = LONGEST
        for rule in rules:
            made = _shuffled(rule, now, draw) if left else []
            if made:
                now, left = now.rewritten(made[0].code), left - 1
        yield SEVERAL, now.code
