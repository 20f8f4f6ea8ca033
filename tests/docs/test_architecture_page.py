"""docs/architecture.md tells of the house as it stands: its picture, its paths, its line of calls."""

from __future__ import annotations

import ast
import re

import pytest

from autograder.course import LABS, ROOT, labs
from docs.make import architecture, rooms

PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


@pytest.fixture(scope="module")
def house() -> rooms.House:
    return rooms.house()


def test_the_picture_is_what_the_code_draws_now() -> None:
    assert architecture.TO.read_text("utf-8") == architecture.drawing(), "run `python -m docs.make.architecture`"


def test_every_folder_of_code_is_a_room(house: rooms.House) -> None:
    folders = {f"{side}/{path.parent.name}" for side, top in rooms.SIDES.items() for path in top.glob("*/__init__.py")}
    labs = {f"aics/{path.parent.name}" for path in (ROOT / "solutions").glob("*/notebook.py")}
    assert folders - labs <= house.rooms.keys()
    assert not labs & house.rooms.keys()


def test_every_room_is_in_the_picture_and_no_other(house: rooms.House) -> None:
    drawn = re.findall(r'class="name">([^<]+)<', architecture.TO.read_text("utf-8"))
    assert sorted(drawn) == sorted(
        room.split("/", 1)[-1].replace("<", "&lt;").replace(">", "&gt;") for room in house.rooms
    )


def test_the_arrows_go_one_way(house: rooms.House) -> None:
    order = list(architecture.TITLES)
    for room, there in ((room, there) for room, to in house.arrows.items() for there in to):
        assert order.index(room.split("/")[0]) <= order.index(there.split("/")[0]), f"{room} -> {there}"


def test_a_room_stands_above_those_that_it_imports_from() -> None:
    arrows = {"a": frozenset("bc"), "b": frozenset("c"), "c": frozenset("d"), "d": frozenset("c"), "e": frozenset()}
    assert architecture.levels(list("abcde"), arrows) == [["c", "d", "e"], ["b"], ["a"]]
    assert architecture.needed(list("abcde"), arrows) == [("a", "b"), ("b", "c"), ("c", "d"), ("d", "c")]


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:[\w<>]+/)+[\w<>.]*)`", PAGE))))
def test_a_path_that_is_named_is_there(path: str) -> None:
    there = [path.replace("<lab>", lab.name) for lab in labs()]
    assert any((ROOT / each).exists() or (LABS / each).exists() for each in there)


def defined() -> set[str]:
    """Every function, class and method of the autograder and of aics, as `name` and `Class.name`."""
    names: set[str] = set()
    for top in rooms.SIDES.values():
        for path in top.rglob("*.py"):
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.FunctionDef | ast.ClassDef):
                    names.add(node.name)
                if isinstance(node, ast.ClassDef):
                    names |= {f"{node.name}.{part.name}" for part in node.body if isinstance(part, ast.FunctionDef)}
    return names


def test_every_call_on_the_way_of_a_hidden_case_is_there() -> None:
    (line,) = [line for line in PAGE.splitlines() if line.startswith("`grade_path` >")]
    calls = re.findall(r"`([\w.]+)`", line)
    assert len(calls) > 5
    assert set(calls) - defined() == set()


def test_a_word_has_one_meaning() -> None:
    words = re.findall(r"^\| ([^|]+) \|", PAGE.split("## Words")[1].split("## What")[0], re.M)[2:]
    assert len(words) > 15
    assert len(words) == len(set(words))
