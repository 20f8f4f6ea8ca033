"""The batch of a public case: the arrays whose first axes count the same entries, and cases with other entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

import numpy as np

from aics.check.ask import Case
from aics.own.trial import Trial

#: What a code answers: its outputs by name.
Values = Mapping[str, np.ndarray]
#: Groups of arrays that are tried as a batch, for each array that may lead one.
TRIED = 8
#: Entries of a batch that is made of one entry.
FEW = 3
#: Entries of a batch at most: each is asked about on its own, again and again.
MOST = 16
#: What two answers may differ by, as a fraction of the largest value, or steps of a coarser type: other sums do.
RELATIVE, STEPS = 1e-4, 4


@dataclass(frozen=True)
class Batch:
    """What a batch is on a case.

    Attributes
    ----------
    names : tuple of str
        Arrays of the case whose first axis counts the batch's entries.
    several, answer : Case and the outputs
        The case with several entries, itself where it has them, and what the code answers.
    singles : sequence of (Case, outputs)
        The same for each of these entries alone.
    """

    names: tuple[str, ...]
    several: Case
    answer: Values
    singles: Sequence[tuple[Case, Values]]


def batch_of(trial: Trial) -> Batch | None:
    """The batch of a trial's case: arrays whose entries are answered one by one; None where there are none.

    An output of all of them is then those of each alone, as rows, as their sum or as their mean.
    """
    for names in _groups(trial.case) if trial.answers else ():
        several = trial.case
        if len(_array(several, names[0])) == 1:
            several = {**several, **{name: _repeated(_array(several, name)) for name in names}}
        singles = list(_singles(several, names))
        answers = _answers(trial, [several, *singles])
        if len(answers) == 1 + len(singles) and _made_of(*answers):
            return Batch(names, several, answers[0], list(zip(singles, answers[1:], strict=True)))
    return None


def same(one: Values | None, other: Values) -> bool:
    """Whether two answers are the same but for rounding; none is like no other."""
    if one is None or one.keys() != other.keys():
        return False
    return all(_near(one[name], other[name]) for name in one)


def _groups(case: Case) -> Iterator[tuple[str, ...]]:
    """Arrays with as many entries, many together first: which belong together is found out by asking."""
    arrays = {name: value for name, value in case.items() if isinstance(value, np.ndarray) and value.size}
    sizes = {name: len(value) for name, value in arrays.items() if value.ndim and len(value) <= MOST}
    for place, (first, size) in enumerate(sizes.items()):
        others = [name for name in islice(sizes, place + 1, None) if sizes[name] == size]
        chosen = (each for count in range(len(others), -1, -1) for each in combinations(others, count))
        yield from ((first, *each) for each in islice(chosen, TRIED))


def _array(case: Case, name: str) -> np.ndarray:
    return np.asarray(case[name])


def _singles(case: Case, names: Sequence[str]) -> Iterator[dict[str, object]]:
    for entry in range(len(_array(case, names[0]))):
        yield {**case, **{name: _array(case, name)[entry : entry + 1].copy() for name in names}}


def _repeated(array: np.ndarray) -> np.ndarray:
    """A few entries from one, with its numbers moved on so that no two are alike."""
    return np.array([np.roll(array[0], entry) for entry in range(FEW)], dtype=array.dtype)


def _answers(trial: Trial, cases: Sequence[Case]) -> list[Values]:
    """What the code answers to each case, up to the first to which it answers nothing."""
    answers: list[Values] = []
    for case in cases:
        values = trial.answer(case).values
        if values is None:
            break
        answers.append(values)
    return answers


def _made_of(answer: Values, *alone: Values) -> bool:
    """Whether an output can be told from those of the entries alone."""
    known = [name for name in answer if all(name in single for single in alone)]
    return any(_near(answer[name], value) for name in known for value in _together([single[name] for single in alone]))


def _together(parts: Sequence[np.ndarray]) -> Iterator[np.ndarray]:
    """What entries that are answered one by one have together: rows, or a sum or mean over them."""
    first, count = parts[0], len(parts)
    if any(part.shape != first.shape for part in parts) or all(_near(part, first) for part in parts):
        return
    if first.ndim and len(first) == 1:
        yield np.concatenate(parts)
    if first.dtype.kind in "fc":
        rows, total = np.concatenate(parts) if first.ndim else np.array(parts), np.sum(parts, axis=0)
        yield from (value.astype(first.dtype) for value in (rows / count, total, total / count))


def _near(one: np.ndarray, other: np.ndarray) -> bool:
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    if one.dtype.kind not in "fc":
        return np.array_equal(one, other)
    part = max(RELATIVE, STEPS * float(np.finfo(one.dtype).eps))
    scale = float(np.abs(other[np.isfinite(other)]).max(initial=0))
    return bool(np.allclose(one, other, rtol=part, atol=part * scale, equal_nan=True))
