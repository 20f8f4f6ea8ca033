"""Fill the tables of README.md, docs/cluster.md, docs/measured.md and docs/trust.md from what the commands print.

    python -m docs.make.tables prove=proofs.json checks=checks.txt ...

Before the equals sign stands the name of a block, ``<!-- table: NAME -->`` to ``<!-- end of NAME -->`` in its page;
behind it the file that the command wrote: for `prove`, each part of `measure` and `sparse_momentum` their --json, for
`verdicts` and the `cluster` ones what it kept, for the other benchmarks their standard output, saved with COLUMNS=150
so that no cell is wrapped. README shows a choice of the rows; no number is copied by hand. README.zh.md gets its tables
from README's.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console, RenderableType

from autograder import terminal
from autograder.course import ROOT, labs
from autograder.measure.mutants.table import table as mutants_table
from autograder.measure.names.table import table as names_table
from autograder.measure.others.table import table as others_table
from autograder.measure.pairs.table import table as pairs_table
from autograder.measure.pairs.table import unseen as pairs_left_out
from autograder.measure.prove import Proof
from autograder.measure.rewrites.table import table as rewrites_table
from benchmarks import outcomes, readings, sparse_momentum
from docs.make import chinese_tables

README, TRUST, MEASURED = ROOT / "README.md", ROOT / "docs" / "trust.md", ROOT / "docs" / "measured.md"
CLUSTER = ROOT / "docs" / "cluster.md"
MEASURE = ".venv/bin/autograder measure --part"
LOOPBACK = "python benchmarks/cluster.py --kept benchmarks/cluster.json"
WIDTH = 150


@dataclass(frozen=True)
class Table:
    """A table as a command prints it: title, headings, rows, and the lines that follow it."""

    title: str
    headings: list[str]
    rows: list[list[str]]
    after: list[str]


@dataclass(frozen=True)
class Block:
    """One of the tables.

    Attributes
    ----------
    command, remark : str
        What its page says above the table.
    shown : callable
        Which of the rows it shows.
    read : callable
        What the command prints, from the file that it wrote.
    page : Path
        Where the table is.
    """

    command: str
    remark: str
    shown: Callable[[Table], list[list[str]]] = lambda table: table.rows
    read: Callable[[Path], str] = lambda path: path.read_text("utf-8")
    page: Path = README


def of_labs(table: Table) -> list[list[str]]:
    """The rows of whole labs."""
    names = {lab.name for lab in labs()}
    return [row for row in table.rows if row[0] in names]


def timed_and_slowest(table: Table) -> list[list[str]]:
    """The rows of the questions that are also timed, and of the others the slowest."""
    timed = [row for row in table.rows if row[3]]
    others = sorted((row for row in table.rows if not row[3]), key=lambda row: float(row[1]))
    return [row for row in table.rows if row in [*timed, *others[-1:]]]


def printed(shown: RenderableType) -> str:
    """What a command prints of this, without colours."""
    console = Console(width=WIDTH, color_system=None)
    with console.capture() as captured:
        console.print(shown)
    return captured.get()


def table_number(number: int) -> Callable[[Path], str]:
    """A reader of one of the boxes that a command prints one below another, counted from 1."""
    return lambda path: path.read_text("utf-8").split("└")[number - 1].partition("┘")[2 * (number > 1)]


def proofs(path: Path) -> str:
    """What `autograder prove` prints of the rows that it wrote with --json."""
    return printed(terminal.proofs([Proof(**row) for row in json.loads(path.read_text("utf-8"))]))


def measured(part: str, table: Callable[[Sequence[Mapping[str, Any]]], RenderableType]) -> Callable[[Path], str]:
    """A reader of what `autograder measure` prints of one part's labs, which it wrote with --json."""
    return lambda path: printed(table(json.loads(path.read_text("utf-8"))[part]["labs"]))


def others(path: Path) -> str:
    """What `autograder measure --part others` prints of the courses that it wrote with --json."""
    return printed(others_table(json.loads(path.read_text("utf-8"))["others"]["courses"]))


def long_training(path: Path) -> str:
    """What benchmarks/sparse_momentum.py prints of the rows that it wrote with --json."""
    found = json.loads(path.read_text("utf-8"))
    runs = len(found["rows"][0]["runs"])
    title = f"{found['settings']['epochs']} epochs, mean of {runs} runs"
    return printed(sparse_momentum.table(found["rows"], title))


def verdicts(path: Path) -> str:
    """What benchmarks/verdicts.py prints of the readings that it kept."""
    processor, kept = readings.read_kept(path)
    read = {each.partition(",")[0] for each in kept}
    asked = {name: each for name, each in readings.speed_questions().items() if name in read}
    return printed(readings.table(kept, asked, processor)[0])


def on_cluster(table: Callable[[Mapping[str, Any]], RenderableType]) -> Callable[[Path], str]:
    """A reader of one of the tables that benchmarks/cluster.py prints of what it kept."""
    return lambda path: printed(table(outcomes.read_kept(path)))


def first_named_once(table: Table) -> list[list[str]]:
    """All rows, the first cell only where it differs from the one above."""
    above = ["", *(row[0] for row in table.rows)]
    return [["" if row[0] == before else row[0], *row[1:]] for row, before in zip(table.rows, above, strict=False)]


BLOCKS = {
    "prove": Block(".venv/bin/autograder prove", "", of_labs, proofs),
    "measure": Block(".venv/bin/autograder measure", "", read=measured("mutants", mutants_table), page=MEASURED),
    "pairs": Block(f"{MEASURE} pairs", "", read=measured("pairs", pairs_table), page=MEASURED),
    "pairs_left_out": Block(
        f"{MEASURE} pairs", "its second table", read=measured("pairs", pairs_left_out), page=MEASURED
    ),
    "names": Block(f"{MEASURE} names", "", read=measured("names", names_table), page=MEASURED),
    "others": Block(".venv/bin/autograder measure --part others", "", first_named_once, others, MEASURED),
    "rewrites": Block(f"{MEASURE} rewrites", "", read=measured("rewrites", rewrites_table), page=MEASURED),
    "wrong_answers": Block(".venv/bin/autograder measure", "its first table", read=measured("mutants", mutants_table)),
    "right_answers": Block(
        ".venv/bin/autograder measure",
        "its last table, all labs",
        lambda table: [row for row in table.rows if row[0] == "all"],
        measured("rewrites", rewrites_table),
    ),
    "grading": Block("python benchmarks/grading.py", "{title}", first_named_once, table_number(1)),
    "grading_writer": Block("python benchmarks/grading.py", "its second table, {title}", read=table_number(2)),
    "whole_class": Block("python benchmarks/whole_class.py", "{title}"),
    "checks": Block(
        "python benchmarks/checks.py",
        "the student's own check; of each lab the slowest one, and all timed ones",
        timed_and_slowest,
    ),
    "style_transfer": Block("python benchmarks/style_transfer.py", "a step up to relu5_1, {title}"),
    "dlp": Block(
        "python benchmarks/dlp.py",
        "VGG19's convolutions: exact 8-bit arithmetic beside float32 NumPy",
        lambda table: [row for row in table.rows if row[0] == "all"],
    ),
    "graph_training": Block("python benchmarks/graph_training.py", "a training step of lab 7's network, {title}"),
    "sparse_momentum": Block(
        "python benchmarks/sparse_momentum.py", "{title}, needs `aics fetch mnist`", read=long_training
    ),
    "verdicts": Block(
        "python benchmarks/verdicts.py --kept benchmarks/verdicts.json",
        "{title}",
        first_named_once,
        verdicts,
        TRUST,
    ),
    "kernels": Block("python benchmarks/verdicts.py --kernels", "{title}", page=TRUST),
    "cluster": Block(LOOPBACK, "{title}", read=on_cluster(outcomes.runs_table), page=CLUSTER),
    "cluster_costs": Block(LOOPBACK, "its second table, {title}", read=on_cluster(outcomes.costs_table), page=CLUSTER),
    "cluster_simulated": Block(
        f"{LOOPBACK} --simulated",
        "its last table, {title}",
        first_named_once,
        on_cluster(outcomes.simulated_table),
        CLUSTER,
    ),
}


def tables(printed: str) -> list[Table]:
    """Every table in what a command printed, boxed as Rich draws them or plain."""
    found: list[Table] = []
    title, plain = "", []
    for line in printed.splitlines():
        cells = [cell.strip() for cell in re.split("[│┃|]", line.strip())]
        if line.strip().startswith("┃"):
            found.append(Table(title, cells[1:-1], [], []))
        elif line.strip().startswith("│"):
            found[-1].rows.append(cells[1:-1])
        elif line.strip() and not re.match(r"^[\s┏┡├└╇┴┼━─┳┩┤┘┓┬╈]+$", line):
            title = line.strip()
            plain.append(title)
            if found:
                found[-1].after.append(title)
    return found or [_plain(plain)]


def _plain(lines: Sequence[str]) -> Table:
    """A table without a box: columns are two spaces or more apart."""
    headings, *rows = [re.split(r"\s{2,}", line) for line in lines]
    return Table("", headings, rows, [])


def block(name: str, output: str) -> str:
    """A page's block: the command, the chosen rows in columns, and what the command says last."""
    chosen, found = BLOCKS[name], tables(output)
    rows = [found[0].headings, *(row for table in found for row in chosen.shown(table))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    remark = chosen.remark.format(title=found[0].title)
    first = f"$ {chosen.command}" + (f"    {remark}" if remark else "")
    last = ["", found[-1].after[-1]] if name == "prove" else []
    return "\n".join(["```", first, *lines, *last, "```"])


def filled(page: str, name: str, text: str, file: str) -> str:
    """The text of the page in this file with this block written anew."""
    begin, end = f"<!-- table: {name} -->\n", f"\n<!-- end of {name} -->"
    before, marked, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not (marked and closed):
        raise SystemExit(f"{file} has no block {begin.strip()} ... {end.strip()}.")
    return before + begin + text + end + after


def pages(name: str, output: str) -> dict[Path, str]:
    """The pages that have this block, with what its command printed: README.zh.md has all of README's."""
    page, text = BLOCKS[name].page, block(name, output)
    said = {page: text, chinese_tables.PAGE: chinese_tables.block(text)} if page == README else {page: text}
    return {path: filled(path.read_text("utf-8"), name, text, path.name) for path, text in said.items()}


def main(arguments: Sequence[str]) -> None:
    """Fill the named blocks."""
    for argument in arguments:
        name, _, file = argument.partition("=")
        if name not in BLOCKS or not Path(file).is_file():
            raise SystemExit(f"{argument!r}: expected NAME=FILE, with one of the names {', '.join(BLOCKS)}.")
        for page, text in pages(name, BLOCKS[name].read(Path(file))).items():
            page.write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
