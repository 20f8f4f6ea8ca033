"""The bank as data: rows that fit their schema, the same bytes each time, and a card that says what is in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from autograder.authoring.build import build
from autograder.course import ClassFolder, CourseError
from autograder.measure.export.answers import known_answers
from autograder.measure.export.card import SCHEMA, card
from autograder.measure.export.features import features
from autograder.measure.export.rows import Piece, Row, _of_piece, rules_of
from autograder.measure.export.write import BANK, CARD, LICENCES, writable, write
from tests.authoring.tiny_lab import NAME, Tiny, added, write_tiny

SLOW = '"""x added to itself, and timed as slow."""\n# slow\n\n\ndef double(x):\n    return x + x\n'


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tiny]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        made = added(write_tiny(tmp_path_factory.mktemp("checkout")), monkeypatch)
        (made.folder / "misconceptions" / "double__twice.py").write_text(SLOW)
        build(made.lab, ClassFolder(tmp_path_factory.mktemp("class")))
        yield made


@pytest.fixture(scope="module")
def rows(tiny: Tiny) -> list[Row]:
    return _of_piece(Piece(NAME, "double", tuple(known_answers(tiny.lab, "double", with_mutants=True))))


@pytest.fixture(scope="module")
def by_kind(rows: list[Row]) -> dict[str, list[Row]]:
    kinds = ("solution", "stub", "alternative", "misconception", "mutant")
    return {kind: [row for row in rows if row["kind"] == kind] for kind in kinds}


def test_every_row_fits_the_schema(rows: list[Row]) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    for row in rows:
        Draft202012Validator(schema).validate(row)
    assert len({row["id"] for row in rows}) == len(rows)


def test_the_schema_refuses_what_is_no_row(rows: list[Row]) -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    for changed in ({"kind": "other"}, {"more": 1}, {"id": "x"}, {"rules": ""}, {"verdict": {}}):
        assert not validator.is_valid(rows[0] | changed)


def test_right_and_wrong_are_told(by_kind: dict[str, list[Row]]) -> None:
    assert [len(each) for each in by_kind.values()][:4] == [1, 1, 1, 2]
    assert all(
        row["right"] and not row["verdict"]["told"] for kind in ("solution", "alternative") for row in by_kind[kind]
    )
    stub, squared = by_kind["stub"][0], by_kind["misconception"][0]
    assert stub["verdict"]["cases"] == ["raises", "raises"]
    assert "NotImplementedError" in stub["source"]
    assert (squared["verdict"]["told"], squared["verdict"]["named"], squared["verdict"]["sure"]) == (
        True,
        "squared",
        "firm",
    )
    assert squared["label"].startswith("This is the square of x")


def test_a_mistake_of_time_alone_is_marked(by_kind: dict[str, list[Row]]) -> None:
    twice = by_kind["misconception"][1]
    assert (twice["slow"], twice["right"], twice["verdict"]["told"]) == (True, False, False)


def test_a_mutant_says_what_was_changed(by_kind: dict[str, list[Row]]) -> None:
    mutant = next(row for row in by_kind["mutant"] if row["now"] == "secret_way = 3 * x")
    assert (mutant["rule"], mutant["was"], mutant["verdict"]["told"]) == ("constant", "secret_way = 2 * x", True)
    assert mutant["source"].splitlines()[mutant["line"] - 1].strip() == mutant["now"]


def test_who_wrote_a_cell_decides_its_licence(by_kind: dict[str, list[Row]]) -> None:
    licences = {kind: {row["licence"] for row in each} for kind, each in by_kind.items()}
    assert licences == {
        kind: {"CC-BY-4.0" if kind in ("alternative", "misconception") else "BSD-3-Clause"} for kind in by_kind
    }


def test_the_same_bytes_are_written_again(tiny: Tiny, rows: list[Row], tmp_path: Path) -> None:
    again = _of_piece(Piece(NAME, "double", tuple(known_answers(tiny.lab, "double", with_mutants=True))))
    for folder, each in (("one", rows), ("other", again)):
        writable(tmp_path / folder)
        write(tmp_path / folder, each)
    files = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "other").iterdir()}
    assert set(files) == {BANK, CARD, SCHEMA.name, *LICENCES}
    assert [json.loads(line) for line in files[BANK].decode().splitlines()] == rows


def test_a_changed_tolerance_changes_the_rules(tiny: Tiny, rows: list[Row]) -> None:
    file = tiny.folder / "questions.py"
    text = file.read_text()
    assert rules_of(tiny.lab, "double") == rows[0]["rules"]
    file.write_text(text.replace("rtol=1e-6", "rtol=1e-3 "))
    try:
        assert rules_of(tiny.lab, "double") != rows[0]["rules"]
    finally:
        file.write_text(text)


def test_the_card_counts_the_rows_and_explains_every_field(rows: list[Row]) -> None:
    page = card(rows)
    assert f"{len(rows)} answers to 1 questions" in page
    assert f"| `{NAME}` | 1 | 1 | 1 | 2 | {sum(row['kind'] == 'mutant' for row in rows)} | 1 | 1 | 1 |" in page
    fields = [
        *rows[0],
        *(f"features.{name}" for name in rows[0]["features"]),
        *(f"verdict.{n}" for n in rows[0]["verdict"]),
    ]
    assert [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")][-len(fields) :] == sorted(
        fields, key=lambda field: page.index(f"| `{field}` |")
    )
    assert "$" not in page
    assert "Before you publish" in page


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(CourseError, match=r"holds thesis\.tex; expected an empty folder"):
        writable(tmp_path)
    with pytest.raises(CourseError, match="is a file; expected a folder"):
        writable(tmp_path / "thesis.tex")


def test_features_are_counted() -> None:
    loops = "    for i in range(3):\n        while x:\n            x = np.sum([y for y in x.copy()])\n"
    source = f"def f(x):\n{loops}\n    return x\n"
    assert features(source) == {
        "lines": 5, "statements": 5, "loops": 2, "nested": 2, "comprehensions": 1, "branches": 0, "functions": ["f"],
        "calls": [".copy", "np.sum", "range"],
    }  # fmt: skip
