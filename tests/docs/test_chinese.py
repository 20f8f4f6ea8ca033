"""The Chinese documents say what the English ones say now, and are set as Chinese is set."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from autograder.authoring.translate import chinese as typesetting
from autograder.authoring.translate.faults import emphasis
from autograder.course import ROOT
from docs.make import chinese, chinese_tables

DOCUMENTS = chinese.documents()
README, OURS = ROOT / "README.md", ROOT / "README.zh.md"
TABLE = re.compile(r"<!-- table: (\w+) -->\n(.*?)\n<!-- end of \1 -->", re.S)
of_each_document = pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: str(page.relative_to(ROOT)))
of_each_section = pytest.mark.parametrize(
    ("ours", "theirs"), [pytest.param(*pair, id=pair[1].heading.strip()) for pair in chinese.pairs(OURS, README)]
)


@of_each_document
def test_no_section_renders_an_earlier_english(page: Path) -> None:
    assert list(chinese.outdated(page, DOCUMENTS[page])) == []


@of_each_document
def test_it_is_set_as_chinese_is_set(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [*typesetting.faults(text, prose=True), *emphasis(text)] == []


@of_each_document
def test_a_paragraph_is_one_line(page: Path) -> None:
    """The end of a line is shown as a space, and there is none between Chinese characters."""
    assert re.findall(r"^.*[\u3400-\u9fff，；：、]\n[\u3400-\u9fff].*", _prose(page.read_text("utf-8")), re.M) == []


class TestReadme:
    """README.zh.md beside README.md."""

    def test_its_tables_are_those_of_the_english(self) -> None:
        theirs = {name: chinese_tables.block(block) for name, block in TABLE.findall(README.read_text("utf-8"))}
        assert dict(TABLE.findall(OURS.read_text("utf-8"))) == theirs

    def test_its_commands_are_those_of_the_english(self) -> None:
        ours, theirs = (_commands(path.read_text("utf-8")) for path in (OURS, README))
        assert ours == theirs

    @of_each_section
    def test_a_section_has_the_numbers_of_the_english(self, ours: chinese.Section, theirs: chinese.Section) -> None:
        assert _numbers(theirs.text) - _numbers(ours.text) == Counter()

    @of_each_section
    def test_a_section_leads_where_the_english_does(self, ours: chinese.Section, theirs: chinese.Section) -> None:
        """To the Chinese edition where there is one."""
        there, here = ({_english(target) for target in _links(both.text)} for both in (theirs, ours))
        assert there == here

    def test_the_names_in_it_are_those_of_the_english(self) -> None:
        """Commands, files and identifiers, whichever section tells of them."""
        ours, theirs = (_spans(path.read_text("utf-8")) for path in (OURS, README))
        assert theirs - ours == set()

    def test_both_lead_to_each_other_on_their_first_lines(self) -> None:
        assert "[中文](README.zh.md)" in README.read_text("utf-8").splitlines()[:4]
        assert "[English](README.md)" in OURS.read_text("utf-8").splitlines()[:4]


class TestOutdated:
    """What is told of a pair of documents."""

    ENGLISH = "# One\n\nFirst words.\n\n```\n# no heading\n```\n\n## Two\n\nMore words.\n"
    CHINESE = "# 一\n\n开头的话。\n\n## 二\n\n后面的话。\n"

    @pytest.fixture
    def pair(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
        monkeypatch.setattr(chinese, "ROOT", tmp_path)
        ours, theirs = tmp_path / "README.zh.md", tmp_path / "README.md"
        ours.write_text(self.CHINESE, "utf-8")
        theirs.write_text(self.ENGLISH, "utf-8")
        return ours, theirs

    def test_what_was_never_marked_is_outdated_and_what_is_renewed_is_not(self, pair: tuple[Path, Path]) -> None:
        assert len(list(chinese.outdated(*pair))) == 2
        chinese.renew(*pair)
        assert list(chinese.outdated(*pair)) == []
        assert re.sub(r"<!-- of [0-9a-f]{8} -->\n", "", pair[0].read_text("utf-8")) == self.CHINESE

    def test_renewing_twice_changes_nothing(self, pair: tuple[Path, Path]) -> None:
        chinese.renew(*pair)
        once = pair[0].read_text("utf-8")
        chinese.renew(*pair)
        assert pair[0].read_text("utf-8") == once

    def test_a_changed_section_is_named_with_what_to_do(self, pair: tuple[Path, Path]) -> None:
        chinese.renew(*pair)
        pair[1].write_text(self.ENGLISH.replace("More", "Other"), "utf-8")
        (line,) = chinese.outdated(*pair)
        assert line.startswith("README.zh.md, '## 二': '## Two' in README.md has changed since this was written.")
        assert line.endswith("run `python -m docs.make.chinese --renew README.zh.md`.")

    def test_filled_tables_and_ends_of_lines_do_not_count(self, pair: tuple[Path, Path]) -> None:
        table = "<!-- table: dlp -->\n1.00\n<!-- end of dlp -->\n"
        pair[1].write_text(self.ENGLISH + table, "utf-8")
        chinese.renew(*pair)
        again = self.ENGLISH.replace("First words", "First\nwords") + table.replace("1.00", "2.00")
        pair[1].write_text(again, "utf-8")
        assert list(chinese.outdated(*pair)) == []

    def test_a_section_more_is_refused_in_a_sentence(self, pair: tuple[Path, Path]) -> None:
        pair[1].write_text(self.ENGLISH + "\n### Three\n", "utf-8")
        with pytest.raises(SystemExit, match=r"README.zh.md has the headings # ##, and README.md # ## ###: each"):
            chinese.renew(*pair)

    def test_a_file_that_is_none_is_refused_in_a_sentence(self) -> None:
        with pytest.raises(SystemExit, match=r"'other.md': expected a Chinese document, one of README.zh.md"):
            chinese.main(["--renew", "other.md"])


def test_an_empty_cell_of_a_table_stays_empty_and_columns_stay_straight() -> None:
    block = "```\n$ command\nlab   ratio\nlab2  0.94x\n      1.00x\n```"
    assert chinese_tables.block(block) == "```\n$ command\n实验  比值\nlab2  0.94x\n      1.00x\n```"


def test_a_word_without_chinese_is_refused_in_a_sentence() -> None:
    with pytest.raises(SystemExit, match=r"chinese_tables.py has no Chinese for 'unheard of': add it to WORDS."):
        chinese_tables.said("unheard of")


def _prose(text: str) -> str:
    return chinese.FENCED.sub("", text)


def _commands(text: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", text, re.S)
    return [line.split("  #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def _numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+(?:[.,]\d+)*", re.sub(r"<!--.*?-->", "", text)))


def _links(text: str) -> list[str]:
    return [target for target in re.findall(r"\]\(([^)]*)\)", text) if target not in (OURS.name, README.name)]


def _english(target: str) -> str:
    return target.replace("/zh/", "/").replace(".zh.", ".")


def _spans(text: str) -> set[str]:
    return {" ".join(span.split()) for span in re.findall(r"`[^`]+`", _prose(text))}
