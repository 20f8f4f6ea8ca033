"""The help of `aics` is in the language spoken, argparse's own words included."""

from __future__ import annotations

import re

import pytest

from aics.cli import parser
from aics.handin.commands import COMMANDS
from aics.language import speaking
from aics.language.columns import columns

ENGLISH = r"\b(usage|options|positional|arguments|show (this|program)|exit|print|file to|lab's)\b"


@pytest.mark.parametrize("command", ["", *COMMANDS, "mine", "data", "fetch", "studio", "demos"])
def test_a_commands_help_is_chinese_where_chinese_is_spoken(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    with speaking("zh"), pytest.raises(SystemExit):
        parser().parse_args([*([command] if command else []), "--help"])
    printed = capsys.readouterr().out
    assert printed.startswith("用法：aics")
    assert not re.search(ENGLISH, printed)
    wide = [line for line in printed.splitlines() if columns(line) > 80]
    assert not wide or command in ("", "log"), "whose descriptions stand in the lines in which they are written"


def test_the_english_help_is_argparses_own(capsys):
    with pytest.raises(SystemExit):
        parser().parse_args(["pack", "--help"])
    printed = capsys.readouterr().out
    assert printed.startswith("usage: aics pack [-h] [--to FOLDER] [--log]")
    assert "positional arguments:\n" in printed
    assert "-h, --help   show this help message and exit" in printed
