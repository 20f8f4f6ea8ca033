"""The version stands in one place; whatever shows it takes it from there."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

from aics.version import __version__
from autograder.authoring.readme import readme
from autograder.course import ROOT, labs

CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
#: A heading of the changelog: the version, and the day on which it was released.
RELEASED = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", re.M)


def printed(*command: str) -> str:
    return subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("command", "module"), [("aics", "aics.cli"), ("autograder", "autograder")])
def test_a_command_says_it(command: str, module: str) -> None:
    assert printed(module, "--version") == f"{command} {__version__}\n"


@pytest.mark.parametrize("distribution", ["aics", "aics-autograder"])
def test_what_is_installed_has_it(distribution: str) -> None:
    assert version(distribution) == __version__, "this environment is older than the checkout: run `make install`"


def test_the_students_zip_says_it() -> None:
    assert readme(labs()).startswith(f"# The AICS labs, version {__version__}\n")


def test_the_newest_version_of_the_changelog_is_it() -> None:
    versions, days = zip(*RELEASED.findall(CHANGELOG), strict=True)
    assert versions[0] == __version__
    assert sorted(days, reverse=True) == list(days)


def test_the_citation_has_it_and_its_day() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert (citation["version"], str(citation["date-released"])) == RELEASED.search(CHANGELOG).groups()


def test_no_other_file_sets_one() -> None:
    for path in (ROOT / "pyproject.toml", ROOT / "labs" / "pyproject.toml"):
        assert not re.search(r"^version = \"", path.read_text("utf-8"), re.M), Path(path).name
