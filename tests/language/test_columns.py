"""Lines of a terminal are as wide as its columns: a Chinese character takes two."""

from __future__ import annotations

import textwrap

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from aics.language.columns import columns, padded, wrapped

CHINESE = '这处待填代码还在等你（见 `resize`）：返回 (N, C) 的数组，再运行 check("resize")。'
LETTERS = st.text("ab ，。（）“”《》中文字 (x).\n", max_size=60)


@given(LETTERS.filter(lambda text: "\n" not in text))
def test_columns_are_counted_as_rich_does_it(text):
    assert columns(text) == cell_len(text)


def test_what_is_padded_ends_in_one_column():
    assert {columns(padded(text, 12)) for text in ("next", "下一步", "期望", "")} == {12}
    assert padded("too long", 3) == "too long"


def test_english_is_broken_as_textwrap_does_it():
    text = "Fill the cell above, run it (Shift+Enter), then run this check again. " * 3
    assert wrapped(text, 40, first="  ", indent="    ") == textwrap.wrap(
        text, 40, initial_indent="  ", subsequent_indent="    "
    )


def test_chinese_is_broken_anywhere_but_beside_punctuation_that_belongs_to_a_character():
    lines = wrapped(CHINESE, 24, first="    ", indent="    ")
    assert max(map(columns, lines)) <= 24
    assert not any(line.strip()[0] in "，。：）" or line[-1] in "（" for line in lines)
    assert "`resize`" in " ".join(lines)


@given(LETTERS)
def test_no_character_is_lost_or_added(text):
    def plain(said: str) -> str:
        return "".join(said.split())

    assert plain("".join(wrapped(text, 20, first="  ", indent="  "))) == plain(text)


def test_a_lines_end_between_chinese_characters_leaves_no_space():
    assert wrapped("第一行，\n第二行。", 40) == ["第一行，第二行。"]
