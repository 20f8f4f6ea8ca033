"""The `aics` command as a user meets it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from aics import cli
from aics.data.manifest import ITEMS

pytestmark = pytest.mark.usefixtures("empty_cache")


@pytest.fixture
def aics(monkeypatch):
    """Runs the command in a process of its own; (status, printed, complained)."""
    monkeypatch.setenv("COLUMNS", "120")

    def run(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", "aics.cli", *map(str, arguments)], capture_output=True, text=True, timeout=60
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    return run


def test_without_a_command_help_is_shown(aics):
    status, printed, _ = aics()
    assert status == 0
    assert "aics fetch official --from FILE" in printed


@pytest.mark.parametrize("arguments", [("data",), ("fetch",)])
def test_the_items_are_listed_with_what_is_here(aics, empty_cache, arguments):
    status, printed, _ = aics(*arguments)
    assert status == 0
    rows = {line.split()[0]: line for line in printed.splitlines() if line.split()[:1] and line.split()[0] in ITEMS}
    assert rows.keys() == ITEMS.keys()
    assert all(" no " in row for row in rows.values())
    assert "184.4 MB" in rows["cifar10"]
    assert "CC BY 4.0" in rows["official"]
    assert "Get one: aics fetch NAME" in printed
    assert str(empty_cache) in printed


def test_an_item_that_is_here_is_marked(aics, empty_cache):
    (empty_cache / "imagenet-classes").mkdir(parents=True)
    (empty_cache / "imagenet-classes" / "imagenet-classes.json").write_text("[]")
    row = next(line for line in aics("data")[1].splitlines() if line.startswith("imagenet-classes"))
    assert " yes " in row


COMPLAINTS = {
    "an unknown name": (
        ("fetch", "mnits"),
        "There is no item 'mnits'. Did you mean 'mnist'? There are: mnist, cifar10",
    ),
    "unknown beside known": (("fetch", "cifar10", "x"), "There is no item 'x'."),
    "--from without a name": (("fetch", "--from", "x"), "--from goes with exactly one name"),
    "--from with two": (("fetch", "mnist", "cifar10", "--from", "x"), "--from goes with exactly one name"),
    "--from nothing": (("fetch", "mnist", "--from", "no/such"), "no/such is not there. --from takes an archive"),
    "--from a folder without it": (
        ("fetch", "mnist", "--from", "."),
        "has no file train-images-idx3-ubyte, train-labels",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), COMPLAINTS.values(), ids=COMPLAINTS)
def test_what_cannot_be_is_one_clear_line(aics, tmp_path, monkeypatch, arguments, said):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    status, _, complained = aics(*arguments)
    assert status == 1
    assert said in complained
    assert len(complained.splitlines()) == 1


def test_a_cache_that_cannot_be_written_is_told(aics, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("AICS_CACHE", str(tmp_path / "file" / "cache"))
    status, _, complained = aics("fetch", "mnist", "--from", tmp_path)
    assert status == 1
    assert complained.startswith("Not a directory: ")


def test_ctrl_c_is_one_line(tmp_path):
    """A fetch from a pipe that never ends: interrupted while it waits."""
    os.mkfifo(tmp_path / "endless")
    command = [sys.executable, "-m", "aics.cli", "fetch", "official", "--from", str(tmp_path / "endless")]
    reset = lambda: signal.signal(signal.SIGINT, signal.default_int_handler)  # noqa: E731  a shell may have it ignored
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=reset
    ) as process:
        assert process.stdout.readline().startswith("official: ")
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, complained = process.communicate(timeout=20)
    assert process.returncode == 130
    assert complained == "Stopped. Nothing was touched; the same command goes on with what has come.\n"


def test_main_gives_its_status_and_leaves_other_errors_alone(monkeypatch, capsys):
    assert cli.main(["data"]) == 0
    assert cli.main(["fetch", "nothing"]) == 1
    capsys.readouterr()
    monkeypatch.setattr(cli, "show", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        cli.main(["data"])
