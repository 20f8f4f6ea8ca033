"""Nothing of a Chinese sentence in a table's cell is cut off, however narrow the terminal."""

from __future__ import annotations

import pytest
from rich.console import Console
from rich.table import Table

from autograder.cells import prose

SENTENCE = "返回一种权重，它自己应答 NumPy 的每个函数，而且永远说“对”。"


def shown(cell: str, width: int) -> list[str]:
    table = Table("a", "b", box=None, show_header=False, pad_edge=False)
    table.add_row("first", prose(cell))
    console = Console(width=width, color_system=None)
    with console.capture() as captured:
        console.print(table)
    return captured.get().splitlines()


@pytest.mark.parametrize("width", [24, 40, 80])
def test_all_of_a_chinese_sentence_is_shown(width: int) -> None:
    lines = [line.removeprefix("first").strip() for line in shown(SENTENCE, width)]
    assert "".join("".join(lines).split()) == "".join(SENTENCE.split())
    assert not any(line.startswith(("，", "。")) for line in lines)


def test_a_word_beside_chinese_stays_on_its_line() -> None:
    assert any("NumPy 的" in line for line in shown(SENTENCE, 50))


def test_english_is_broken_as_rich_does_it() -> None:
    assert prose("[bold]as it is[/]") == "[bold]as it is[/]"
