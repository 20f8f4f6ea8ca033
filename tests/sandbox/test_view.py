"""What student code sees of the machine: its own folder, its Python, the lab's package."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from autograder.sandbox import canary

from .conftest import REPOSITORY, every_level, text


def lists(kernel, expression: str) -> str:
    return text(kernel.execute(f"import os\nprint({expression})", timeout=10)).strip()


@pytest.mark.parametrize(
    "path",
    [REPOSITORY, REPOSITORY / "solutions", Path.home(), Path(sys.prefix) / "lib", "/etc/shadow", "/root", "/var"],
)
def test_the_host_is_out_of_sight(kernel, path):
    if str(path).startswith("/usr") or str(path) in canary.INSIDE_TOO:
        pytest.skip(f"there is another {path} inside")
    assert lists(kernel, f"os.path.lexists({str(path)!r})") == "False"


def test_the_instructors_packages_cannot_be_imported(kernel):
    assert kernel.execute("import nbgrader", timeout=10).ename == "ModuleNotFoundError"
    assert kernel.execute("import autograder", timeout=10).ename == "ModuleNotFoundError"


def test_the_network_is_closed(kernel):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        done = kernel.execute(f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 2)", timeout=10)

    assert (done.status, done.ename) == ("error", "PermissionError")


def test_a_name_cannot_be_looked_up(kernel):
    assert kernel.execute("import socket\nsocket.getaddrinfo('example.org', 80)", timeout=10).ename == "gaierror"


def test_nothing_of_the_graders_environment_passes(kernel):
    assert "PYTEST_CURRENT_TEST" in os.environ
    assert lists(kernel, "'PYTEST_CURRENT_TEST' in os.environ") == "False"
    assert lists(kernel, "os.environ['AICS_GRADING'], os.environ['OPENBLAS_NUM_THREADS']") == "1 1"


def test_no_descriptor_of_the_grader_passes(kernel):
    # Standard input, output, error, the channel, and the one that lists the folder.
    assert int(lists(kernel, "len(os.listdir('/proc/self/fd'))")) == 5


def test_no_command_line_names_a_folder_of_the_host(kernel):
    assert str(REPOSITORY) not in lists(kernel, "open('/proc/1/cmdline').read()")


@every_level
@pytest.mark.parametrize("name", ["scipy", "six"])
def test_a_forbidden_package_cannot_be_imported(start, name):
    kernel = start(forbidden=(name,))
    done = kernel.execute(f"import {name}", timeout=10)

    assert done.ename == "ModuleNotFoundError"
    assert kernel.execute(f"import {name}.linalg", timeout=10).ename == "ModuleNotFoundError"
    assert kernel.execute("import numpy", timeout=10).status == "ok"


def test_a_forbidden_package_leaves_no_file_behind(start):
    kernel = start(forbidden=("scipy",))
    search = "[f for d, _, fs in os.walk('/env') for f in fs if 'scipy' in d and 'openblas' not in d]"

    assert lists(kernel, f"sorted({search})") == "['__init__.py']"


def test_the_finished_layers_are_hidden(start):
    kernel = start()

    assert kernel.execute("import aics.data.vgg19", timeout=10).status == "ok"
    assert lists(kernel, "os.listdir(os.path.join(os.path.dirname(aics.__file__), 'layers'))") == "[]"


@every_level
def test_support_files_lie_in_the_working_folder_and_links_do_not_lead_out(start, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    files = tmp_path / "files"
    (files / "images").mkdir(parents=True)
    (files / "data.txt").write_text("data")
    (files / "images" / "cat.txt").write_text("cat")
    (files / "link").symlink_to(secret)
    (files / "images" / "link").symlink_to(secret)
    kernel = start(files=files)

    assert lists(kernel, "open('data.txt').read(), open('images/cat.txt').read()") == "data cat"
    assert lists(kernel, "os.path.lexists('link')") == "False"


@pytest.mark.parametrize("name", ["data.txt", "start/layers.py"])
def test_support_files_cannot_be_exchanged(start, tmp_path, name):
    file = tmp_path / "files" / name
    file.parent.mkdir(parents=True)
    file.write_text("mine = 1")
    kernel = start(files=tmp_path / "files")
    for attempt in ("open({0!r}, 'w')", "__import__('os').remove({0!r})", "__import__('os').rename({0!r}, 'x')"):
        assert kernel.execute(attempt.format(name), timeout=10).status == "error"
    assert lists(kernel, f"open({name!r}).read()") == "mine = 1"


def test_the_working_folder_takes_new_files(kernel):
    assert (
        kernel.execute("open('mine.txt', 'w').write('x')\nopen('/tmp/mine', 'w').write('x')", timeout=10).status == "ok"
    )


def test_the_lab_package_comes_from_the_course(kernel):
    assert lists(kernel, "__import__('importlib.util').util.find_spec('aics').origin") == "/aics/aics/__init__.py"
