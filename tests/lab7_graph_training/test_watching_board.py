"""``aics board`` without what it needs: one line each, that says what to do next."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from aics.cli import main
from tests.browser.logged import solution


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    solution()["EventFile"](tmp_path / "logs" / "run-1").scalar(0, "loss", 1.0)
    return tmp_path / "logs"


def one_line(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main(["board", "--no-browser", *map(str, arguments)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def test_without_a_log_it_says_who_writes_one(capsys, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "Section 13 of lab 7 writes one" in one_line(capsys)
    assert str(tmp_path / "nowhere") in one_line(capsys, tmp_path / "nowhere")


def test_without_tensorboard_it_says_how_to_get_it(capsys, logs: Path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "tensorboard", None)
    monkeypatch.delitem(sys.modules, "tensorboard.program", raising=False)
    said = one_line(capsys, logs)
    assert "tensorboard is not installed" in said
    assert "[board]" in said


@pytest.mark.filterwarnings("ignore::DeprecationWarning:tensorboard")
def test_a_port_that_is_taken_is_one_line(capsys, logs: Path) -> None:
    pytest.importorskip("tensorboard")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port} is taken" in one_line(capsys, logs, f"--port={port}")


def test_what_is_no_port_is_one_line(capsys, logs: Path) -> None:
    assert "from 1 to 65535, got 70000" in one_line(capsys, logs, "--port=70000")
