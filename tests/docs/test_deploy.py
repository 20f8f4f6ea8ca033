"""docs/deploy.md says what its files do, and counts what README measured."""

from __future__ import annotations

import re
import shlex
import tomllib

import pytest
import typer

from autograder.cli import app
from autograder.course import ROOT
from docs.make import cost

PAGE = cost.PAGE.read_text("utf-8")
DEPLOY = ROOT / "docs" / "deploy"
COMMANDS = re.findall(r"^\.venv/bin/autograder (.+?)(?:  +#.*)?$", PAGE, re.M)
KNOWN = {
    name: {option for parameter in command.params for option in parameter.opts}
    for name, command in typer.main.get_command(app).commands.items()  # type: ignore[attr-defined]
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_costs_are_readmes_figures_times_the_students() -> None:
    assert PAGE.split(cost.BEGIN)[1].split(cost.END)[0] == cost.table()
    values, writer = cost.figures()["values only"], cost.figures()["writer"]
    assert f"| 300 | {cost.said(300 * values[0])} |" in cost.table()
    assert writer[0] < values[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_known(command: str) -> None:
    name, *words = shlex.split(command)
    assert {word for word in words if word.startswith("--")} <= KNOWN[name]


def test_both_sides_of_the_hub_install_the_same_versions() -> None:
    students = (DEPLOY / "students.txt").read_text("utf-8").split()
    (hub,) = PROJECT["optional-dependencies"]["hub"]
    (nbgrader,) = [pin for pin in PROJECT["dependencies"] if pin.startswith("nbgrader")]
    assert students == [hub, nbgrader]


@pytest.mark.parametrize(
    "words", re.findall(r"^\| `([^`]+)`", PAGE.split("### What goes wrong")[1].split("\n## ")[0], re.M)
)
def test_what_our_own_files_say_is_quoted_as_they_say_it(words: str) -> None:
    """Others' messages are tried by tests/scale/test_hub.py."""
    own = "".join(path.read_text("utf-8") for path in (*DEPLOY.iterdir(), *ROOT.glob("autograder/**/*.py")))
    others = ("Unwritable directory", "Could not change permissions", "Invalid username")
    pieces = [piece.strip() for piece in re.split(r"\.\.\.|'strict'|PermissionError: ", words) if piece.strip(" :,")]
    assert words.startswith(others) or all(piece in own for piece in pieces)
