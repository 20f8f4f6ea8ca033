"""The zip of a Chinese edition holds Chinese notebooks, says so, and tells how to start in Chinese."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from aics.language.spoken import EDITION
from autograder.authoring import release
from autograder.authoring.readme import readme
from autograder.course import ROOT, Lab
from autograder.course.exam import Exam, is_notice

LAB = Lab("lab1_preprocessing")
NOTEBOOK, SAYS = f"labs/{LAB.name}/{LAB.name}.ipynb", EDITION.relative_to(ROOT).as_posix()
HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture
def contents(tmp_path, monkeypatch):
    """Write a zip of the lab; name below the zip's own folder -> text of what is not binary."""
    monkeypatch.setattr(release, "differences", lambda _lab: [])

    def write(**options):
        release.write_release(tmp_path / "labs.zip", [LAB.name], **options)
        with zipfile.ZipFile(tmp_path / "labs.zip") as archive:
            found = {name.removeprefix("aics-labs/"): archive.read(name) for name in archive.namelist()}
        return {name: data.decode() for name, data in found.items() if name.endswith((".md", ".ipynb", ".txt"))}

    return write


def test_it_has_the_chinese_notebook_in_the_place_of_the_english_one(contents):
    found = contents(language="zh")
    assert found[NOTEBOOK] == LAB.edition("zh").read_text("utf-8")
    assert found[SAYS].strip() == "zh"
    assert not [name for name in found if name.startswith("labs/zh")]


def test_it_tells_how_to_start_in_chinese_and_where_jupyterlabs_own_language_is(contents):
    found = contents(language="zh")
    for name in ("README.md", "AGENTS.md"):
        prose = [line for line in found[name].split("\n") if line.strip() and not line.startswith(("    ", "|", "#"))]
        assert all(HAN.search(line) for line in prose), [line for line in prose if not HAN.search(line)]
    assert "pip install jupyterlab-language-pack-zh-CN" in found["README.md"]
    same = [re.findall(r"^    \.venv.*?(?=\s{2}|$)", text, re.M) for text in (found["README.md"], readme([LAB]))]
    assert [line for line in same[0] if "language-pack" not in line] == same[1]


def test_the_english_zip_has_neither(contents):
    found = contents()
    assert SAYS not in found
    assert "language-pack" not in found["README.md"]
    assert not [name for name in ("README.md", "AGENTS.md", NOTEBOOK) if HAN.search(found[name])]
    assert not [name for name in found if name.startswith("labs/zh")]


def test_a_chinese_exam_is_a_chinese_notebook_that_says_so(contents):
    exam = Exam(lab=LAB.name, until=datetime.now(UTC) + timedelta(days=1), checks=())
    first, second = json.loads(contents(language="zh", exams={LAB.name: exam})[NOTEBOOK])["cells"][:2]
    notice = "".join(first["source"])
    assert HAN.search(notice)
    assert is_notice(notice)
    assert HAN.search("".join(second["source"]))
