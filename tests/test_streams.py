"""Commands whose words go where not every letter can: a code page of Windows, a pipe, a full disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[1]
NOTEBOOK = HERE / "labs" / "lab1_preprocessing" / "lab1_preprocessing.ipynb"
COMMANDS = ("aics.cli", "autograder")


def run(*arguments: object, monkeypatch, encoding: str = "ascii", cwd: Path, stdout=subprocess.PIPE):
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, cwd=cwd, timeout=120)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp936"])
def test_a_name_in_other_letters_ends_no_command_of_a_student(monkeypatch, tmp_path, encoding):
    folder = tmp_path / "实验 é"
    folder.mkdir()
    (folder / "한국 é.ipynb").write_bytes(NOTEBOOK.read_bytes())
    done = run("aics.cli", "pack", folder / "한국 é.ipynb", monkeypatch=monkeypatch, encoding=encoding, cwd=tmp_path)

    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr.decode()
    assert b"Code of the answers" in done.stdout
    assert list(folder.glob("*.zip"))


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp936"])
def test_nor_one_of_an_instructor(monkeypatch, tmp_path, encoding):
    (tmp_path / "list.csv").write_text("id,name,email\nkim,한국 é,kim@school\n", "utf-8")
    monkeypatch.setenv("AICS_COURSE", str(tmp_path / "course"))
    done = run("autograder", "roster", "list.csv", monkeypatch=monkeypatch, encoding=encoding, cwd=tmp_path)

    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr.decode()
    assert b"1 student: 1 new" in done.stdout
    assert "한국 é" in (tmp_path / "course" / "roster.csv").read_text("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_one_line(monkeypatch, tmp_path, command):
    with open("/dev/full", "wb") as full:
        done = run(command, "--help", monkeypatch=monkeypatch, cwd=tmp_path, stdout=full)

    said = done.stderr.decode()
    assert done.returncode != 0
    assert "No space left on device" in said
    assert "Traceback" not in said
