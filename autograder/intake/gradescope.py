"""Gradescope's export: submission_metadata.yml says whose each folder is, and when it was handed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import yaml

from autograder.intake.lms import Mark

METADATA = "submission_metadata.yml"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_LOADER):  # type: ignore[misc, valid-type]
    """Reads plain values; of a value with a type of Ruby's own, what it is made of."""


def _plain(loader: Any, _: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node)
    return loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else loader.construct_scalar(node)


_Loader.add_multi_constructor("!", _plain)


def submissions(text: bytes) -> Iterator[tuple[str, list[Mark]]]:
    """Yield each folder's name with its submitters; of what is no such file, nothing."""
    try:
        found = yaml.load(text, _Loader)
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return
    for folder, said in found.items() if isinstance(found, dict) else ():
        if isinstance(said, dict) and (people := _submitters(said)):
            yield str(folder), people


def _submitters(said: dict[Any, Any]) -> list[Mark]:
    when = _when(said.get(":created_at"))
    people = said.get(":submitters")
    return [
        Mark("gradescope", name, str(one.get(":sid") or one.get(":email") or ""), when)
        for one in (people if isinstance(people, list) else ())
        if isinstance(one, dict) and (name := str(one.get(":name") or one.get(":email") or "").strip())
    ]


def _when(value: object) -> datetime | None:
    if isinstance(value, dict):  # Ruby's own kind of time
        value = value.get("utc")
    if not isinstance(value, datetime):
        return None
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
