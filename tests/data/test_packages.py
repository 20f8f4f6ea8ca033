"""Packages through pip and npm; both stand-ins here, the real ones in the slow test of test_fetch."""

from __future__ import annotations

import hashlib
import stat
import sys

import pytest

from aics.data import packages
from aics.data.download import CHUNK
from aics.data.errors import NoSource, WrongData
from aics.data.manifest import Package

ARCHIVE = b"an archive" * 2000


def package(tool, content=ARCHIVE):
    return Package(tool, "numbers", "1.2", len(content), hashlib.sha256(content).hexdigest())


@pytest.fixture
def tool(tmp_path, monkeypatch):
    """Makes a stand-in for npm, or for Python with pip, of a few lines of Python."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def make(name, lines):
        path = folder / name
        path.write_text(f"#!{sys.executable}\nimport sys, pathlib\narguments = sys.argv[1:]\n{lines}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        if name == "npm":
            monkeypatch.setenv("PATH", str(folder))
        else:
            monkeypatch.setattr(packages.sys, "executable", str(path))

    return make


@pytest.fixture
def bring(tmp_path, reporter):
    return lambda wanted: packages.download_package(wanted, tmp_path / "work", reporter)


PIP = """
folder = pathlib.Path(arguments[arguments.index("--dest") + 1])
wanted = pathlib.Path(arguments[arguments.index("-r") + 1]).read_text()
assert "--no-deps" in arguments, arguments
(folder.parent / "asked").write_text(wanted)
folder.mkdir(exist_ok=True)
(folder / "numbers-1.2.tar.gz").write_bytes(b"an archive" * 2000)
"""


def test_pip_is_asked_for_the_pinned_archive_by_its_hash(bring, tool):
    tool("python", PIP)
    archive = bring(package("pip"))
    assert archive.read_bytes() == ARCHIVE
    asked = (archive.parent / "asked").read_text()
    assert asked == f"numbers==1.2 --hash=sha256:{hashlib.sha256(ARCHIVE).hexdigest()}\n"


def test_what_pip_brought_is_not_asked_for_again(bring, tool):
    tool("python", PIP)
    bring(package("pip"))
    tool("python", "sys.exit('asked again')")
    assert bring(package("pip")).read_bytes() == ARCHIVE


def test_npm_gives_the_address_and_the_download_is_ours(bring, tool, server):
    server.files["/numbers-1.2.tgz"] = ARCHIVE
    server.cuts = [CHUNK]
    tool(
        "npm", f"assert arguments == ['view', 'numbers@1.2', 'dist.tarball']\nprint('{server.address}/numbers-1.2.tgz')"
    )
    assert bring(package("npm")).read_bytes() == ARCHIVE
    assert server.asked == [("/numbers-1.2.tgz", None), ("/numbers-1.2.tgz", f"bytes={CHUNK}-")]


def test_where_only_npm_may_download_npm_packs(bring, tool, server):
    pack = "(pathlib.Path(arguments[3]) / 'numbers-1.2.tgz').write_bytes(b'an archive' * 2000)"
    tool("npm", f"if arguments[0] == 'view':\n    print('{server.address}/private.tgz')\nelse:\n    {pack}")
    assert bring(package("npm")).read_bytes() == ARCHIVE


@pytest.mark.parametrize("name", ["npm", "python"])
def test_another_archive_is_refused_and_deleted(bring, tool, server, tmp_path, name):
    server.files["/numbers-1.2.tgz"] = ARCHIVE
    tool(name, PIP if name == "python" else f"print('{server.address}/numbers-1.2.tgz')")
    with pytest.raises(WrongData, match=r"numbers-1.2\.\S+ has the sha256 \w{16}\.\.\. and should have \w{16}\.\.\."):
        bring(package("npm" if name == "npm" else "pip", b"other"))
    assert not list((tmp_path / "work").rglob("numbers-*"))


def test_without_npm_that_is_said(bring, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoSource, match=r"npm \(Node.js\) is not installed"):
        bring(package("npm"))


LAST_WORDS = {
    "npm": (
        "npm error code E404\nnpm error 404 Not Found - no such package\nnpm error A complete log of this run",
        "404 Not Found - no such package",
    ),
    "python": (
        "Looking for it\nERROR: no such version\nERROR: No matching distribution found for numbers",
        "No matching",
    ),
}


@pytest.mark.parametrize("name", LAST_WORDS)
def test_what_the_tool_says_is_the_reason(bring, tool, name):
    words, told = LAST_WORDS[name]
    tool(name, f"sys.exit({words!r})")
    with pytest.raises(NoSource, match=told):
        bring(package("npm" if name == "npm" else "pip"))


def test_an_answer_that_is_no_address_is_not_asked_for(bring, tool):
    tool("npm", "print('file:///etc/passwd')")
    with pytest.raises(NoSource, match=r"npm knows no numbers@1\.2"):
        bring(package("npm"))


def test_the_tool_ends_with_the_fetch(bring, tool, tmp_path, monkeypatch):
    tool("python", "import time\npathlib.Path('pid').write_text(str(__import__('os').getpid()))\ntime.sleep(60)")
    monkeypatch.chdir(tmp_path)

    def stop(_):
        if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text():
            raise KeyboardInterrupt

    monkeypatch.setattr(packages.time, "sleep", stop)
    with pytest.raises(KeyboardInterrupt):
        bring(package("pip"))
    with pytest.raises(ProcessLookupError):
        packages.os.kill(int((tmp_path / "pid").read_text()), 0)
