"""What a person has said of names and of pairs that no rule can decide: ``solutions/<lab>/names.toml``.

A pair of mistakes that make up for each other, so that the answer is right::

    [[together]]
    question = "softmax_loss"
    mistakes = ["loss_divided_twice", "loss_summed"]
    why = "..."

A name that is true or not, whatever the answers say, for mutants (lines before and after) or mistakes left out::

    [[name]]
    question = "relu"
    named = "input_changed_in_place"
    true = false
    why = "..."
    changes = [["return top_diff * (self.input >= 0)", "return top_diff"]]
    left_out = []
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aics.language import tr
from autograder.course import CourseError, Lab


@dataclass(frozen=True)
class Together:
    """Two mistakes of one question that make up for each other, and why."""

    question: str
    mistakes: frozenset[str]
    why: str


@dataclass(frozen=True)
class Said:
    """Whether a name is true of one piece of code: a mistake that is left out, or a change of the solution's lines."""

    question: str
    named: str
    true: bool
    why: str
    left_out: str = ""
    was: str = ""
    now: str = ""


@dataclass(frozen=True)
class Listed:
    """All that is listed of a lab."""

    together: tuple[Together, ...] = ()
    names: tuple[Said, ...] = ()


def listed(lab: Lab) -> Listed:
    """What is listed of a lab; nothing where there is no list. Raises CourseError where it cannot be read."""
    path = lab.folder / "names.toml"
    if not path.exists():
        return Listed()
    try:
        read = tomllib.loads(path.read_text("utf-8"))
        pairs = tuple(Together(e["question"], frozenset(e["mistakes"]), e["why"]) for e in read.get("together", ()))
        found = Listed(pairs, tuple(said for entry in read.get("name", ()) for said in _said(entry)))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise CourseError(
            tr(
                "{path}: expected [[together]] with question, mistakes, why, or [[name]] with question, named, true, "
                "why: {error}",
                path=path,
                error=error,
            )
        ) from None
    entries: list[Together | Said] = [*found.together, *found.names]
    for each in entries:
        if each.question not in lab.questions or not each.why.strip():
            raise CourseError(
                tr(
                    "{path}: {question!r} is no question of the lab, or an entry of it has no reason.",
                    path=path,
                    question=each.question,
                )
            )
    return found


def _said(entry: Mapping[str, Any]) -> list[Said]:
    about = entry["question"], entry["named"], bool(entry["true"]), entry["why"]
    mutants = [Said(*about, was=was, now=now) for was, now in entry.get("changes", ())]
    return mutants + [Said(*about, left_out=name) for name in entry.get("left_out", ())]
