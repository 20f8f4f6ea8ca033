"""Everything in the repository has a licence, and whoever passes it on can pass the licence on with it."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml

from autograder.course import ROOT

HOLDER = "The AICS lab workbook authors"
LICENCE = (ROOT / "LICENSE").read_text("utf-8")
FULL_TEXTS = {path.stem: path.read_text("utf-8") for path in (ROOT / "LICENSES").iterdir()}
#: How each full text can be recognised.
WORDS = {
    "BSD-3-Clause": "Neither the name of the copyright holder nor the names of its contributors may be used",
    "CC-BY-4.0": "Creative Commons Attribution 4.0 International Public License",
    "OFL-1.1": "SIL OPEN FONT LICENSE Version 1.1",
}


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_short_text_names_the_full_ones_and_the_holder() -> None:
    assert set(re.findall(r"LICENSES/(\S+)\.txt", LICENCE)) == set(FULL_TEXTS) == set(WORDS)
    assert f"Copyright (c) 2026 {HOLDER}" in LICENCE


@pytest.mark.parametrize("name", WORDS)
def test_a_full_text_is_what_its_name_says(name: str) -> None:
    assert WORDS[name] in one_line(FULL_TEXTS[name])


def test_the_code_is_the_authors() -> None:
    assert FULL_TEXTS["BSD-3-Clause"].startswith(f"Copyright (c) 2026 {HOLDER}\n")


def test_every_top_of_the_checkout_is_covered() -> None:
    """A new folder or page at the top belongs to one of the kinds; LICENSE says to which."""
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()]
    tops = [path for path in ROOT.iterdir() if not any(path.match(pattern) for pattern in [".*", "LICENSES", *ignored])]
    names = [f"{path.name}/" for path in tops if path.is_dir()] + [path.name for path in tops if path.suffix == ".md"]
    assert {"autograder/", "labs/", "solutions/", "README.md"} <= set(names)
    assert [name for name in names if name not in LICENCE] == []


@pytest.mark.parametrize("path", ["pyproject.toml", "labs/pyproject.toml"])
def test_a_package_says_that_it_is_code(path: str) -> None:
    assert tomllib.loads((ROOT / path).read_text("utf-8"))["project"]["license"] == "BSD-3-Clause"


def test_the_citation_has_what_the_format_asks_for() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["authors"] == [{"name": HOLDER}]
    assert set(citation["license"]) == set(FULL_TEXTS)
    assert all(isinstance(citation[field], str) for field in ("message", "title", "abstract"))


def test_every_embedded_file_has_a_licence_that_a_reader_can_look_up() -> None:
    embedded = (ROOT / "data/README.md").read_text("utf-8").split("## What is not here")[0]
    rows = re.findall(r"^\| `(\S+)` \|.*\| ([^|]+) \| \S+ \|$", embedded, re.M)
    assert len(rows) > 15
    known = re.compile(r"CC0|public domain|CC BY|BSD 3-Clause|free with a citation")
    assert [name for name, licence in rows if not known.match(licence)] == []
