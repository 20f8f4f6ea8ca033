"""How many planted copies `autograder similar` puts first, and how many innocent pairs stand above them.

    python benchmarks/similar.py [LAB ...] [--class 60] [--seeds 3] [--length 15]

For each lab and seed a class is made from the bank (benchmarks/planted.py), in which six copied: with other names,
with another order of lines, with both; with both and rewritten by rules besides; with both in half and in a quarter of
the questions, and own answers to the rest. All pairs are then ranked four times: as the command does, by code alone, by
rare mistakes alone, and by the plain fraction of shared code without the class's base rates. "first 6" is how many
copies are among as many pairs as there are copies, "innocent above" how many pairs of others stand above one.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from planted import KINDS, planted
from ranked import WAYS, orders, ranks
from rich.console import Console
from rich.table import Table

from autograder.course import labs
from autograder.similar import fingerprints

#: Pairs that the command shows.
SHOWN = 30
WIDTH = 120


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lab", nargs="*")
    parser.add_argument("--class", dest="size", type=int, default=60)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--length", type=int, default=fingerprints.LENGTH, help="characters of one fingerprint")
    chosen = parser.parse_args()
    fingerprints.LENGTH = chosen.length
    kinds = KINDS
    found: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for lab in labs(chosen.lab):
        for seed in range(chosen.seeds):
            made = planted(lab, chosen.size, kinds, seed)
            for way, order in orders(lab, made):
                for kind, rank, innocent in ranks(order, made.copies):
                    found[way, kind].append((rank, innocent))
    Console(width=WIDTH).print(table(found, len(kinds)))


def table(found: Mapping[tuple[str, str], Sequence[tuple[int, int]]], planted_in_each: int) -> Table:
    """A line for each way to rank and kind of copy."""
    shown = Table(
        "ranked", "disguise", "copies", f"first {planted_in_each}", f"first {SHOWN}", "innocent above: median", "most"
    )
    for column in shown.columns[2:]:
        column.justify = "right"
    for way in WAYS:
        for kind in KINDS:
            each = found[way, kind]
            first = sum(rank <= planted_in_each for rank, _ in each)
            there = sum(rank <= SHOWN for rank, _ in each)
            above = [innocent for _, innocent in each]
            cells = (len(each), first, there, f"{np.median(above):g}", max(above))
            shown.add_row(way, kind, *map(str, cells))
        shown.add_section()
    return shown


if __name__ == "__main__":
    main()
