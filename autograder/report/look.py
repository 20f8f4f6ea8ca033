"""Hand-ins that a person should know of, by what is the matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from aics.language import is_made_of, listed
from autograder.intake.messages import MESSAGES
from autograder.report.reasons import NEAR, ClassQuestion
from autograder.report.standing import Standing
from autograder.report.words import say

#: How intake says that a hand-in was not as it was released.
_TAMPERED = tuple(MESSAGES[key] for key in ("restored.edited", "added"))
#: How it says that a hand-in has another student's parameters, or nobody's.
_OTHERS = tuple(MESSAGES[f"parameters.{key}"] for key in ("notebook", "other", "none"))


@dataclass(frozen=True, kw_only=True)
class Look:
    """What is the matter, with whom, and a word on each."""

    key: str
    title: str
    standings: Sequence[Standing]
    said: Sequence[str]


def to_look_at(standings: Sequence[Standing], questions: Sequence[ClassQuestion]) -> list[Look]:
    """Return what is the matter with anybody, the gravest first."""
    near: dict[str, list[str]] = {}
    for question in questions:
        for reading in question.readings:
            if reading.near:
                near.setdefault(reading.standing.student, []).append(f"{question.name} {reading.ratio:.2f}")
    matters: Mapping[str, Callable[[Standing], str]] = {
        "failed": lambda s: s.failed,
        "no_verdicts": lambda s: "" if s.verdicts or s.failed else ", ".join(s.marks) and "-",
        "stopped": lambda s: listed(s.of_rung("stopped")),
        "tampered": _tampered,
        "parameters": lambda s: say("look.then").join(remark for remark in s.remarks if _is_any(_OTHERS, remark)),
        "late": lambda s: s.late,
        "untimed": lambda s: listed(s.untimed),
        "near": lambda s: listed(near.get(s.student, ())),
        "regrade": lambda s: listed(s.regrades),
        "waiting": lambda s: listed(s.waiting),
        "by_hand": lambda s: listed(s.by_hand),
    }
    looks = [_look(key, matter, standings) for key, matter in matters.items()]
    return [look for look in looks if look.standings]


def _look(key: str, matter: Callable[[Standing], str], standings: Sequence[Standing]) -> Look:
    found = [(standing, said) for standing in standings if (said := matter(standing))]
    title = say(f"look.{key}", within=round(100 * NEAR))
    return Look(key=key, title=title, standings=[s for s, _ in found], said=[said for _, said in found])


def _is_any(messages: Sequence[str], remark: str) -> bool:
    return any(is_made_of(message, remark) for message in messages)


def _tampered(standing: Standing) -> str:
    used = standing.of_rung("allowed")
    changed = [remark for remark in standing.remarks if _is_any(_TAMPERED, remark)]
    return say("look.then").join([*changed, *([listed(used)] if used else [])])
