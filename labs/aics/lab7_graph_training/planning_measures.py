"""Lab 7: what is compared of a way backwards through a graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from aics.check.ask import Outputs
from aics.check.returned import Returned
from aics.lab7_graph_training.plans import Line, read_line, written_out

#: What stands before the names of all nodes that are added.
SCOPE = "gradients/"


def gradients(
    returned: Returned,
    *,
    plan: Sequence[str],
    block: Sequence[str],
    times: int,
    end: Sequence[str],
    names: Sequence[str],
    **_: object,
) -> Outputs:
    """The gradients, which of them are None, and how much was added to the graph for them; or the refusal."""
    if "refusal" in returned:
        said = "\n".join(returned.words("refusal"))
        mentions: Outputs = {f"mention of {name}": name in said for name in names}
        return mentions | {"refusal": True}
    found: Outputs = {"refusal": False, "list": "none" in returned}
    if "none" not in returned:
        return found
    lines = list({line.name: line for line in map(read_line, written_out(plan, block, times, end))}.values())
    called, added = Counter(_all_words(returned, "rules")), _all_words(returned, "names")
    sums = _all_words(returned, "operators").count("Add")
    return found | {
        "None in the list": returned.shaped("none", -1),
        **returned.beside("none", "rules", "names", "operators"),
        "nodes whose rule was called": np.array([called[line.name] for line in lines if line.inputs], np.int64),
        "nodes outside the scope gradients": sum(not name.startswith(SCOPE) for name in added),
        "more sums than needed": max(0, sums - _most_sums(lines)),
    }


def _all_words(returned: Returned, name: str) -> list[str]:
    """Every text of an output; `Returned.words` stops at a thousand."""
    text = returned.shaped(name, -1).astype(np.uint8).tobytes().decode("utf-8", "replace")
    return text.split("\n") if text else []


def _most_sums(lines: Sequence[Line]) -> int:
    """How many sums of two are enough: one less than its uses for each tensor."""
    uses = Counter(name for line in lines for name in line.inputs)
    return sum(count - 1 for count in uses.values())
