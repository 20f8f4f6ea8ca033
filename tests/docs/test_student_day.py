"""The page of a student's day shows every recorded picture, none of them large, and what the terminal printed."""

from __future__ import annotations

import re

import pytest
from PIL import Image

from docs.make import day

PICTURES = sorted(day.PICTURES.glob("*.png"))


def test_every_picture_is_on_the_page_in_its_order() -> None:
    shown = re.findall(r"\]\(pictures/day/(.+?)\)", day.PAGE.read_text("utf-8"))
    assert shown == [path.name for path in PICTURES]
    assert len(shown) == 8


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_picture_is_small_and_shows_something(path) -> None:
    assert path.stat().st_size < 150_000
    with Image.open(path) as picture:
        assert min(picture.size) > 400
        assert len(picture.convert("RGB").getcolors(1 << 20)) > 20


def test_the_terminal_ends_with_the_file_to_hand_in() -> None:
    printed = day.PAGE.read_text("utf-8").partition(day.BEGIN)[2].partition(day.END)[0]
    assert re.search(r"Hand in this file: labs/\S+\.handin\.zip", printed)
    (code,) = set(re.findall(r"\b(\w{4}-\w{4}-\w{4})\b", printed))
    assert code, "the receipt's code is that of the packed answers"


def test_only_the_terminals_block_is_written_anew() -> None:
    page = f"before\n{day.BEGIN}old\n{day.END}after\n"
    assert day.filled(page, "new\n") == f"before\n{day.BEGIN}```\nnew\n```\n{day.END}after\n"
    with pytest.raises(SystemExit, match="has no block"):
        day.filled("nothing", "new\n")
