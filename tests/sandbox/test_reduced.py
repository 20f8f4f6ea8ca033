"""Level reduced: what Landlock and the filter hold where there are no namespaces."""

from __future__ import annotations

import os
import socket
import tempfile
import time
from pathlib import Path

import pytest

from autograder.sandbox import Limits
from autograder.sandbox.inside import landlock

from .conftest import REPOSITORY, gone, text

pytestmark = pytest.mark.parametrize("level", ["reduced"], indirect=True)


@pytest.mark.parametrize(
    "path", [REPOSITORY / "solutions", REPOSITORY / "README.md", "/etc/passwd", "/root", "/proc/1/status", "/tmp"]
)
def test_nothing_else_can_be_opened(kernel, path):
    assert kernel.execute(f"import os\nos.open({str(path)!r}, os.O_RDONLY)", timeout=10).ename == "PermissionError"


def test_nothing_else_can_be_written(kernel):
    for path in ("/tmp/mine", "/var/tmp/mine", "/dev/shm/mine", "../mine"):
        assert kernel.execute(f"open({path!r}, 'w')", timeout=10).ename == "PermissionError"
    assert kernel.execute("open('mine', 'w')\nimport tempfile\ntempfile.TemporaryFile()", timeout=10).status == "ok"


def test_the_finished_layers_cannot_be_read(kernel):
    assert kernel.execute("import aics.data.vgg19", timeout=10).status == "ok"
    assert kernel.execute("import aics.layers", timeout=10).ename == "PermissionError"


def test_a_forbidden_package_cannot_even_be_read(start):
    kernel = start(forbidden=("scipy",))
    done = kernel.execute(
        "import numpy, os\nos.listdir(os.path.dirname(numpy.__file__) + '/../scipy/linalg')", timeout=10
    )

    # Names can be seen, and nothing opened.
    assert done.status == "ok"
    read = "open(os.path.dirname(numpy.__file__) + '/../scipy/__init__.py')"
    assert kernel.execute(read, timeout=10).ename == "PermissionError"


def test_who_imports_a_forbidden_package_is_not_shown_where_the_grader_lies(start):
    done = start(forbidden=("scipy",)).execute("import scipy", timeout=10)

    assert done.evalue == "scipy may not be used in this lab"
    assert str(REPOSITORY) not in str(done.outputs)


def test_a_connection_leads_to_the_grader_and_nowhere_else(start):
    with tempfile.TemporaryDirectory() as own, tempfile.TemporaryDirectory() as other:
        listeners = {}
        for folder in (own, other):
            os.chmod(folder, 0o755)
            listeners[folder] = socket.socket(socket.AF_UNIX)
            listeners[folder].bind(f"{folder}/ask")
            os.chmod(f"{folder}/ask", 0o666)
            listeners[folder].listen()
            listeners[folder].settimeout(10)
        kernel = start(workdir=Path(own))
        kernel.execute("import os, socket\nline = socket.socket(socket.AF_UNIX)", timeout=10)
        for address in (f"{other}/ask", f"{own}/../{Path(other).name}/ask", "\0abstract"):
            assert kernel.execute(f"line.connect({address!r})", timeout=10).ename == "PermissionError"
        assert kernel.execute(f"line.connect({own!r} + '/none')", timeout=10).ename == "FileNotFoundError"
        kernel.send(f"line.connect({own!r} + '/ask')\nline.sendall(b'it')\nprint(line.recv(9))")
        line, _ = listeners[own].accept()
        with line:
            assert line.recv(9) == b"it"
            line.sendall(b"works")
        assert text(kernel.wait(10)) == "b'works'\n"
        for listener in listeners.values():
            listener.close()


def test_rights_of_files_are_changed_in_appearance_only(kernel):
    changed = "import os, sys\nbefore = os.stat(sys.executable).st_mode\nos.chmod(sys.executable, 0)"

    assert kernel.execute(changed, timeout=10).status == "ok"
    assert text(kernel.execute("print(os.stat(sys.executable).st_mode == before)", timeout=10)) == "True\n"


@pytest.mark.parametrize("version", [landlock.OLDEST, landlock.version()])
def test_nobody_else_is_signalled(start, monkeypatch, version):
    monkeypatch.setattr(landlock, "version", lambda: version)
    kernel = start()
    for target in (os.getpid(), "os.getppid()"):
        assert kernel.execute(f"import os\nos.kill({target}, 0)", timeout=10).ename == "PermissionError"
    assert kernel.execute("os.kill(os.getpid(), 0)", timeout=10).status == "ok"


def test_a_full_disk_ends_it(start):
    kernel = start(limits=Limits(file_bytes=8 << 20))
    pids = kernel.pids()
    done = kernel.execute(
        "import time\nfor n in range(9): open(str(n), 'wb').write(bytes(1 << 20))\ntime.sleep(5)", timeout=10
    )

    assert len(pids) == 2
    assert (done.status, done.detail) == ("died", "the cell wrote more than 8 MiB of files")
    deadline = time.monotonic() + 5
    while not gone(pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert gone(pids)


def test_nothing_is_left_behind(start):
    kernel = start()
    base = kernel.launched.home
    assert kernel.execute("open('mine', 'w')", timeout=10).status == "ok"
    kernel.stop()

    assert not base.exists()
