"""Tables have the form of what the commands print now, and every number that no clock decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from rich.console import RenderableType

from autograder import terminal
from autograder.course import ROOT, Lab
from autograder.measure.mutants import table as mutants
from autograder.measure.names import table as names
from autograder.measure.others import table as others
from autograder.measure.pairs import table as pairs
from autograder.measure.prove import Proof, known_code
from autograder.measure.rewrites import table as rewrites
from benchmarks import checks, class_outcome, dlp, grading, graph_training, kernels, outcomes, readings, style_transfer
from docs.make import chinese_tables, tables

README = (ROOT / "README.md").read_text("utf-8")
LABS = [Lab(name) for name in re.findall(r"^\| \[(\w+)\]\(labs/", README, re.M)]
#: The three ways of grading that benchmarks/grading.py compares.
GRADINGS = ("with speed questions", "values only", "stock nbgrader")


def shown(name: str) -> list[str]:
    """The lines of a block, its command first."""
    inner = (
        tables.BLOCKS[name]
        .page.read_text("utf-8")
        .split(f"<!-- table: {name} -->\n```\n")[1]
        .split(f"\n```\n<!-- end of {name} -->")[0]
    )
    return inner.splitlines()


def cells(line: str) -> list[str]:
    return re.split(r"\s{2,}", line.strip())


def proofs_that_hold() -> RenderableType:
    """What `prove` prints where every row of the labs in README holds."""
    rows = [
        Proof(
            lab=lab.name,
            question=question,
            kind=code.kind,
            name=code.name,
            score=(points := lab.questions[question].points) * (code.kind in ("solution", "alternative")),
            max_score=points,
            caught=code.kind in ("misconception", "stub"),
            named=code.kind == "misconception",
            timed=code.timed(lab.questions[question]),
            reason="",
        )
        for lab in LABS
        for code in known_code(lab)
        for question in code.questions
    ]
    return terminal.proofs(rows)


ROW = checks.Row(lab="lab", question="question", seconds=0.1, bound=3.0, ratio=1.0, slow_seconds=1.0, slow_ratio=9.0)
WAYS = {way: np.ones(1) for way in ("fast layers", "lab 2's layers", "PyTorch")}
COST = grading.Cost(1.0, 1.0, 1.0, 1.0)
COUNTS = dict.fromkeys(("verdicts", "pages", "right", "refused", "below", "mistaken", "passed", "untimed"), 1)
COSTS = {"minutes": 1.0, "cpu": 1.0, "megabytes": 1.0}
GRADED = class_outcome.Class(processor="processor", lab="lab", students=1, **COUNTS, **COSTS)
#: Blocks that are filled from benchmarks/cluster.json.
CLUSTER = ("cluster", "cluster_costs", "cluster_simulated")
#: Block -> what its command prints now; the numbers in it stand for measured ones.
PRINTED: dict[str, Callable[[], str]] = {
    "prove": lambda: tables.printed(proofs_that_hold()),
    "measure": lambda: tables.printed(mutants.table([])),
    "wrong_answers": lambda: tables.printed(mutants.table([])),
    "right_answers": lambda: tables.printed(rewrites.table([])),
    "others": lambda: tables.printed(others.table([])),
    "pairs": lambda: tables.printed(pairs.table([])),
    "pairs_left_out": lambda: tables.printed(pairs.unseen([])),
    "names": lambda: tables.printed(names.table([])),
    "rewrites": lambda: tables.printed(rewrites.table([])),
    "grading": lambda: tables.printed(grading.table({"lab": grading.Measured(dict.fromkeys(GRADINGS, COST), 1.0)}, 8)),
    "grading_writer": lambda: tables.printed(grading.one_writer({"lab": grading.Measured({"values only": COST}, 1.0)})),
    "whole_class": lambda: tables.printed(class_outcome.table(GRADED)),
    "checks": lambda: tables.printed(checks.table([ROW])),
    "style_transfer": lambda: tables.printed(
        style_transfer.table({way: [1.0] for way in WAYS}, WAYS, "PyTorch", "192 x 320, 2 cores")
    ),
    "dlp": lambda: dlp.table([{"layer": "all", "float32": 1.0, "emulator": 1.0}]),
    "graph_training": lambda: tables.printed(
        graph_training.table({"way": [1.0]}, {"way": 1.0}, "batch 64, 2 cores, CPU")
    ),
    "sparse_momentum": lambda: tables.long_training(ROOT / "data" / "sparse_momentum.json"),
    "verdicts": lambda: tables.verdicts(readings.KEPT),
    "kernels": lambda: tables.printed(kernels.table({kind: {} for kind in kernels.TYPES}, {})[0]),
    **{name: partial(tables.BLOCKS[name].read, outcomes.KEPT) for name in CLUSTER},
}
#: Blocks whose numbers no clock decides, or were measured once and are kept: they are compared whole.
EXACT = ("prove", "sparse_momentum", "verdicts", *CLUSTER)


@pytest.mark.parametrize("name", tables.BLOCKS)
def test_a_table_has_the_headings_that_its_command_prints(name: str) -> None:
    assert cells(shown(name)[1]) == tables.tables(PRINTED[name]())[0].headings


@pytest.mark.parametrize("name", EXACT)
def test_a_table_without_times_is_what_its_command_prints(name: str) -> None:
    assert "\n".join(["```", *shown(name), "```"]) == tables.block(name, PRINTED[name]())


@pytest.mark.parametrize("name", tables.BLOCKS)
def test_a_block_names_a_command_that_is_there(name: str) -> None:
    script = re.search(r"benchmarks/\w+\.py", shown(name)[0])
    assert script is None or (ROOT / script[0]).exists()


def test_the_ways_of_grading_are_those_that_are_measured() -> None:
    found = [cells(line)[-4] for line in shown("grading")[2:]]
    assert found == [*GRADINGS] * (len(found) // len(GRADINGS))
    assert set(GRADINGS) <= set(re.findall(r'"([a-z ]+)"', Path(grading.__file__).read_text("utf-8")))


def test_every_lab_in_a_table_is_one() -> None:
    assert all(lab.released.exists() for lab in LABS)
    assert {line.split()[0] for line in shown("grading")[2:] if not line.startswith(" ")} <= {lab.name for lab in LABS}


def test_the_questions_that_are_timed_are_all_in_the_table_of_checks() -> None:
    rows = [cells(line) for line in shown("checks")[2:]]
    timed = [name for lab in LABS for name, question in lab.questions.items() if question.speed]
    assert [row[0] for row in rows if len(row) > 3] == timed


@pytest.mark.parametrize("readme", [README, chinese_tables.PAGE.read_text("utf-8")], ids=["en", "zh"])
@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.name)
def test_points_in_the_table_of_labs_are_the_labs_own(lab: Lab, readme: str) -> None:
    points = sum(question.points for question in lab.questions.values() if not question.bonus)
    bonus = sum(question.points for question in lab.questions.values() if question.bonus)
    written = sum(question.points for question in lab.written.values())
    row = next(line for line in readme.splitlines() if line.startswith(f"| [{lab.name}]"))
    assert row.endswith(f"| {points:g}{f' + {bonus:g}' if bonus else ''} | {written:g} |")


BOXED = """\
              one core, 5 rounds
┏━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┓
┃ lab                ┃ way         ┃ seconds a hand-in ┃
┡━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━┩
│ lab1_preprocessing │ values only │ 0.67              │
│ lab1_preprocessing │ stock       │ 1.12              │
└────────────────────┴─────────────┴───────────────────┘
Two rows.
"""


def test_a_boxed_table_is_read() -> None:
    (table,) = tables.tables(BOXED)
    assert (table.title, table.after) == ("one core, 5 rounds", ["Two rows."])
    assert table.headings == ["lab", "way", "seconds a hand-in"]
    assert [row[2] for row in table.rows] == ["0.67", "1.12"]
    assert tables.first_named_once(table)[1] == ["", "stock", "1.12"]


def test_a_block_is_filled_and_what_is_around_it_stays() -> None:
    readme = "before\n<!-- table: dlp -->\nold\n<!-- end of dlp -->\nafter\n"
    filled = tables.filled(readme, "dlp", tables.block("dlp", PRINTED["dlp"]()), "README.md")
    assert filled.startswith("before\n<!-- table: dlp -->\n```\n$ python benchmarks/dlp.py")
    assert filled.endswith("1.00\n```\n<!-- end of dlp -->\nafter\n")
    assert "old" not in filled


def test_a_table_of_readme_is_filled_in_both_languages() -> None:
    filled = tables.pages("sparse_momentum", PRINTED["sparse_momentum"]())
    assert filled == {path: path.read_text("utf-8") for path in (tables.README, chinese_tables.PAGE)}


def test_a_name_that_is_none_is_refused_in_a_sentence() -> None:
    with pytest.raises(SystemExit, match="'nothing=x': expected NAME=FILE, with one of the names prove, measure,"):
        tables.main(["nothing=x"])
