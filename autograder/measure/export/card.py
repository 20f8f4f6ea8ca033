"""The data card: its prose is in card.md, its tables and numbers come from the rows and from the schema."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

import yaml

from autograder.course import ROOT
from autograder.measure.export.rows import Row
from autograder.measure.mutants.mutant import RULES

HERE = Path(__file__).parent
SCHEMA = HERE / "schema.json"
#: The kinds in the table's order, and what it calls them.
KINDS = {
    "solution": "solutions",
    "stub": "stubs",
    "alternative": "other right ways",
    "misconception": "mistakes",
    "mutant": "mutants",
}


def card(rows: Sequence[Row]) -> str:
    """The page that belongs to these rows."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    return Template((HERE / "card.md").read_text("utf-8")).substitute(
        title=cited["title"],
        authors=", ".join(author["name"] for author in cited["authors"]),
        year=str(cited["date-released"])[:4],
        version=rows[0]["version"],
        rows=f"{len(rows):,}",
        questions=len({(row["lab"], row["question"]) for row in rows}),
        labs=len({row["lab"] for row in rows}),
        rules=len(RULES),
        counts="\n".join(_counts(rows)),
        fields="\n".join(_fields(json.loads(SCHEMA.read_text("utf-8")))),
    )


def _counts(rows: Sequence[Row]) -> Iterator[str]:
    """How many answers of each kind each lab has; of mistakes, how many are told and named."""
    there = [kind for kind in KINDS if any(row["kind"] == kind for row in rows)]
    yield "| lab | " + " | ".join(KINDS[kind] for kind in there) + " | mistakes of values | told | named |"
    yield "|---|" + "---:|" * (len(there) + 3)
    for lab in [*dict.fromkeys(row["lab"] for row in rows), ""]:
        of_lab = [row for row in rows if lab in ("", row["lab"])]
        kinds = Counter(row["kind"] for row in of_lab)
        mistakes = [row for row in of_lab if row["kind"] == "misconception" and not row["slow"]]
        told = sum(row["verdict"]["told"] for row in mistakes)
        named = sum(row["verdict"]["named"] == row["name"] for row in mistakes)
        numbers = [*(kinds[kind] for kind in there), len(mistakes), told, named]
        yield f"| {f'`{lab}`' if lab else 'all'} | " + " | ".join(f"{number:,}" for number in numbers) + " |"


def _fields(schema: Mapping[str, Any]) -> Iterator[str]:
    yield "| field | type | what it holds |"
    yield "|---|---|---|"
    yield from _rows_of(schema, "")


def _rows_of(schema: Mapping[str, Any], before: str) -> Iterator[str]:
    for name, field in schema["properties"].items():
        kind = field.get("type") or " or ".join(f"`{value}`" for value in field["enum"])
        yield f"| `{before}{name}` | {kind} | {field['description']} |"
        if "properties" in field:
            yield from _rows_of(field, f"{before}{name}.")
