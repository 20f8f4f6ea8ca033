"""Public reference data of a lab: cases, expected outputs and known mistakes, in one .npz file.

``about`` holds JSON (as bytes) that names every array by its key in the file, such as
``conv_forward/case0/x``. An array that comes again is stored once, under the key of its first place.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from aics.check.ask import Answer, Raised, Unfit
from aics.check.exam import Exam
from aics.check.fingerprint import KnownPair
from aics.check.judge import Mistake, Rule
from aics.check.naming import alike, end_alike
from aics.check.output import Output, narrowed
from aics.check.rules import SpeedLimits, Tolerance

#: Where the fingerprints of all questions' pairs are kept, one after another.
PRINTS = "pairs"
#: A piece of the JSON that describes the file.
Entry = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class PublicQuestion:
    """All that a student's own check knows of a question.

    `cases`, `expected` and each mistake's answers run in parallel; `speed_case` is the input of the
    timed comparison, or None. `pairs` are two mistakes at once that show as neither of them.
    """

    rule: Rule
    cases: Sequence[Mapping[str, object]]
    expected: Sequence[Mapping[str, np.ndarray]]
    speed_case: Mapping[str, object] | None
    mistakes: Sequence[Mistake]
    pairs: Sequence[KnownPair] = ()


def save(
    path: Path,
    questions: Sequence[PublicQuestion],
    written: Mapping[str, float] | None = None,
    exam: Exam | None = None,
) -> None:
    """Write a lab's reference file; `written` are the points of the questions that prose answers, by name."""
    arrays = _Arrays()
    entries = [_entry(question, arrays) for question in questions]
    arrays.by_key[PRINTS] = np.array(arrays.prints, np.float16)
    told = {"exam": asdict(exam)} if exam else {}
    about = json.dumps({"questions": entries, "written": dict(written or {}), **told}).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, about=np.frombuffer(about, np.uint8), **arrays.by_key)


def differing(one: Path, other: Path) -> list[str]:
    """The questions that two reference files hold differently, whichever computers made them.

    Another computer compresses into other bytes. What known mistakes answer may differ in its last bits, and by more
    after a whole training: those are the same where the judge takes one for the other.
    """
    try:
        files = Reference(one), Reference(other)
        a, b = ({rule.name: file.question(rule.name) for rule in file.rules} for file in files)
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return ["what is no reference file"]
    changed = [name for name in {**a, **b} if name not in a or name not in b or not _same(a[name], b[name])]
    changed += ["what is answered in writing"] if files[0].written != files[1].written else []
    return changed or (["the questions' order"] if list(a) != list(b) else [])


def _same(one: PublicQuestion, other: PublicQuestion) -> bool:
    """Whether two questions have the same rule, cases, expected outputs and known mistakes."""
    return (
        one.rule == other.rule
        and _fixed(one) == _fixed(other)
        and all(
            alike(one.rule, answer, known) and end_alike(answer, known)
            for mine, theirs in zip(one.mistakes, other.mistakes, strict=True)
            for answer, known in zip(mine.answers, theirs.answers, strict=True)
        )
        and all(mine.fits(theirs.fingerprint) for mine, theirs in zip(one.pairs, other.pairs, strict=True))
    )


def _fixed(question: PublicQuestion) -> list[object]:
    """What every computer makes in the same way, in a form that can be compared."""
    values = [*question.cases, *question.expected, question.speed_case or {}]
    arrays = [{k: _content(v) if isinstance(v, np.ndarray) else v for k, v in tree.items()} for tree in values]
    mistakes = [(m.name, m.hint, m.worked, m.slow, m.loops, len(m.answers)) for m in question.mistakes]
    return [arrays, mistakes, [(pair.one, pair.other) for pair in question.pairs]]


#: What tells one array from another: shape, dtype, bytes.
Content = tuple[tuple[int, ...], str, bytes]


class _Arrays:
    """Arrays to store, each content once."""

    def __init__(self) -> None:
        self.by_key: dict[str, np.ndarray] = {}
        self.prints: list[np.ndarray] = []
        self._first: dict[Content, str] = {}

    def add(self, key: str, array: np.ndarray) -> str:
        """The key under which the array lies in the file."""
        first = self._first.setdefault(_content(array), key)
        if first == key:
            self.by_key[key] = array
        return first


def _content(array: np.ndarray) -> Content:
    return array.shape, array.dtype.str, array.tobytes()


class Reference:
    """A lab's reference file, read question by question as they are asked for."""

    def __init__(self, path: Path) -> None:
        """Read the file, which is not kept open; FileNotFoundError where it is not there."""
        self._file = np.load(BytesIO(path.read_bytes()), allow_pickle=False)
        about = json.loads(self._file["about"].tobytes())
        self._entries = {entry["rule"]["name"]: entry for entry in about["questions"]}
        self.written: dict[str, float] = about.get("written", {})
        self.exam = Exam.of(about.get("exam"))
        self._stored: dict[str, np.ndarray] = {}

    @property
    def names(self) -> list[str]:
        """The names of all questions, in the lab's order."""
        return list(self._entries)

    @property
    def rules(self) -> list[Rule]:
        """The rules of all questions, in the lab's order."""
        return [_rule(entry["rule"]) for entry in self._entries.values()]

    def question(self, name: str) -> PublicQuestion:
        """One question; KeyError where the lab has none of that name."""
        entry = self._entries[name]
        question = PublicQuestion(
            rule=_rule(entry["rule"]),
            cases=[self._values(tree) for tree in entry["cases"]],
            expected=[self._arrays(tree) for tree in entry["expected"]],
            speed_case=_filled(entry["speed_case"]) if entry["speed_case"] else None,
            mistakes=[
                Mistake(
                    name=mistake["name"],
                    hint=mistake["hint"],
                    worked=tuple(mistake.get("worked", ())),
                    slow=mistake["slow"],
                    loops=mistake["loops"],
                    answers=[self._answer(a) for a in mistake["answers"]],
                )
                for mistake in entry["mistakes"]
            ],
            pairs=self._pairs(entry),
        )
        self._stored.clear()  # what comes again was read once, and nobody holds it longer
        return question

    def _pairs(self, entry: Entry) -> list[KnownPair]:
        kept = entry.get("pairs", {"places": ()})
        if not kept["places"]:
            return []
        names = [mistake["name"] for mistake in entry["mistakes"]]
        prints = self._file[PRINTS][kept["first"] :][: len(kept["places"])]
        return [
            KnownPair(one=names[one], other=names[other], fingerprint=each)
            for (one, other), each in zip(kept["places"], prints, strict=True)
        ]

    def _values(self, tree: Entry) -> dict[str, object]:
        return {k: self._array(v) if isinstance(v, dict) else v for k, v in tree.items()}

    def _arrays(self, tree: Entry) -> dict[str, np.ndarray]:
        return {name: self._array(entry) for name, entry in tree.items()}

    def _array(self, entry: Entry) -> np.ndarray:
        key = entry["array"]
        if key not in self._stored:
            self._stored[key] = self._file[key]
        return self._stored[key].astype(entry.get("dtype", self._stored[key].dtype))

    def _answer(self, entry: Entry) -> Answer:
        if "values" in entry:
            return Answer(values=self._arrays(entry["values"]))
        if "raised" in entry:
            return Answer(raised=Raised(**entry["raised"]))
        if "unfit" in entry:
            return Answer(unfit=Unfit(**entry["unfit"]))
        if "misfit" in entry:
            output, got = entry["misfit"]
            return Answer(misfit=(output, got))
        return Answer(missing=tuple(entry["missing"]))


def _entry(question: PublicQuestion, arrays: _Arrays) -> Entry:
    name = question.rule.name

    def tree(values: Mapping[str, object], key: str) -> Entry:
        named = {}
        for field, value in values.items():
            named[field] = entry(value, f"{name}/{key}/{field}") if isinstance(value, np.ndarray) else value
        return named

    def entry(array: np.ndarray, key: str) -> Entry:
        return {"array": arrays.add(key, array)}

    def short(array: np.ndarray, key: str) -> Entry:
        """A mistake's answer is kept to six digits: float64 takes no more room than float32, and is float64 again."""
        half = narrowed(array)
        return entry(half, key) | ({} if half.dtype == array.dtype else {"dtype": array.dtype.str})

    def outcome(answer: Answer, key: str) -> Entry:
        if answer.values is not None:
            return {"values": {field: short(array, f"{name}/{key}/{field}") for field, array in answer.values.items()}}
        if answer.raised:
            return {"raised": {"type": answer.raised.type, "message": answer.raised.told}}
        if answer.unfit:
            return {"unfit": answer.unfit._asdict()}
        return {"misfit": answer.misfit} if answer.misfit else {"missing": answer.missing}

    return {
        "rule": asdict(question.rule),
        "cases": [tree(case, f"case{i}") for i, case in enumerate(question.cases)],
        "expected": [tree(e, f"expected{i}") for i, e in enumerate(question.expected)],
        "speed_case": _sizes(question.speed_case) if question.speed_case else None,
        "mistakes": [
            {
                "name": mistake.name,
                "hint": mistake.hint,
                "worked": mistake.worked,
                "slow": mistake.slow,
                "loops": mistake.loops,
                "answers": [outcome(a, f"{mistake.name}{i}") for i, a in enumerate(mistake.answers)],
            }
            for mistake in question.mistakes
        ],
        "pairs": _two_by_two(question, arrays.prints),
    }


def _two_by_two(question: PublicQuestion, prints: list[np.ndarray]) -> Entry:
    """Where a question's fingerprints begin among all, and which two mistakes each is of, by their places."""
    places = {mistake.name: place for place, mistake in enumerate(question.mistakes)}
    first = len(prints)
    prints += [pair.fingerprint for pair in question.pairs]
    return {"first": first, "places": [[places[pair.one], places[pair.other]] for pair in question.pairs]}


def _sizes(case: Mapping[str, object]) -> dict[str, object]:
    """A timed case without its contents, which do not matter to the time."""
    return {
        name: {"shape": list(v.shape), "dtype": v.dtype.str} if isinstance(v, np.ndarray) else v
        for name, v in case.items()
    }


def _filled(sizes: Mapping[str, object]) -> dict[str, object]:
    """A timed case of these sizes, filled with normal random numbers."""
    rng = np.random.default_rng(0)
    return {name: _drawn(rng, size) if isinstance(size, dict) else size for name, size in sizes.items()}


def _drawn(rng: np.random.Generator, size: Entry) -> np.ndarray:
    return np.asarray(rng.standard_normal(size["shape"])).astype(size["dtype"])


def _rule(entry: Entry) -> Rule:
    limits = entry["limits"]
    return Rule(
        name=entry["name"],
        points=entry["points"],
        bonus=entry["bonus"],
        advice=entry["advice"],
        outputs=tuple(map(_output, entry["outputs"])),
        limits=SpeedLimits(**limits) if limits else None,
        allowed=tuple(entry.get("allowed", ())),
        builds_on=tuple(entry.get("builds_on", ())),
    )


def _output(entry: Entry) -> Output:
    lists = {name: tuple(entry[name]) for name in ("axes", "kinds")}
    return Output(**entry | lists | {"tolerance": Tolerance(**entry["tolerance"])})
