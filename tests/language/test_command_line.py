"""The help of `aics` is in the language spoken, argparse's own words included."""

from __future__ import annotations

import re

import pytest

from aics.cli import main, parser
from aics.handin.commands import COMMANDS
from aics.language import speaking
from aics.language.columns import columns

ENGLISH = r"\b(usage|options|positional|arguments|show (this|program)|exit|print|file to|lab's)\b"


@pytest.mark.parametrize("command", ["", *COMMANDS, "mine", "data", "fetch", "studio", "demos", "board"])
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


def test_commands_follow_the_environments_language(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("AICS_LANG", "zh")
    monkeypatch.setenv("AICS_LOG", str(tmp_path))
    assert main(["pack", "nowhere.ipynb"]) == 1
    assert capsys.readouterr().err == "找不到 nowhere.ipynb。\n"
    assert main(["log", "show"]) == 0
    assert capsys.readouterr().out == f"{tmp_path} 中还没有任何日志。\n"
    assert main(["data"]) == 0
    assert capsys.readouterr().out.split()[:5] == ["名称", "内容", "大小", "本机", "许可"]
