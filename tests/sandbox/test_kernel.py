"""The kernel as a notebook sees it: cells, outputs, errors, and the socket to the grader."""

from __future__ import annotations

import socket
import tempfile
import time
from pathlib import Path

import pytest

from autograder.sandbox import SandboxSpec, open_to_student

from .conftest import every_level, text


@every_level
def test_a_cell_shows_what_a_notebook_would(kernel):
    done = kernel.execute("import sys\nprint('out')\nprint('err', file=sys.stderr)\n6 * 7", timeout=10)

    assert done.status == "ok"
    assert [output.output_type for output in done.outputs] == ["stream", "stream", "execute_result"]
    assert [done.outputs[0].text, done.outputs[1].name] == ["out\n", "stderr"]
    assert done.outputs[2].data["text/plain"] == "42"


def test_names_live_on_from_cell_to_cell(kernel):
    kernel.execute("import numpy as np\nx = np.arange(3)", timeout=10)

    assert text(kernel.execute("print(x.sum())", timeout=10)) == "3\n"


@pytest.mark.parametrize(
    ("source", "ename"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("x = (", "SyntaxError"),
        ("nothing", "NameError"),
        ("raise SystemExit(3)", "SystemExit"),
    ],
)
def test_an_error_is_told_and_leaves_the_kernel_alive(kernel, source, ename):
    done = kernel.execute(source, timeout=10)

    assert (done.status, done.ename) == ("error", ename)
    assert any(ename in line for line in done.traceback)
    assert done.outputs[0].output_type == "error"
    assert kernel.execute("1", timeout=10).status == "ok"


@pytest.mark.parametrize(
    "source", ["exit()", "input", "%matplotlib inline", "await __import__('asyncio').sleep(0)", "!true"]
)
def test_what_students_write_in_notebooks_works(kernel, source):
    assert kernel.execute(source, timeout=20).status == "ok"


def test_a_picture_comes_out(kernel):
    done = kernel.execute("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()", timeout=30)

    assert "image/png" in done.outputs[-1].data


def test_the_source_of_a_students_function_can_be_read(kernel):
    done = kernel.execute("import inspect\ndef f():\n    return 1\nprint(inspect.getsource(f))", timeout=10)

    assert "return 1" in text(done)


def test_text_written_past_python_is_kept(kernel):
    assert "below" in text(kernel.execute("import os, time\nos.write(1, b'below')\ntime.sleep(0.1)", timeout=10))


@every_level
def test_a_cell_connects_to_the_graders_socket(start):
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{folder}/ask")
        open_to_student(f"{folder}/ask")
        listener.listen()
        kernel = start(workdir=Path(folder))

        kernel.send(
            f"import socket\ns = socket.socket(socket.AF_UNIX)\ns.connect('{kernel.ask_dir}/ask')\ns.sendall(s.recv(9))"
        )
        listener.settimeout(10)
        line, _ = listener.accept()
        line.sendall(b"case")

        assert line.recv(9) == b"case"
        assert kernel.wait(10).status == "ok"
        line.close()


def test_a_busy_kernel_takes_no_second_cell(kernel):
    kernel.send("import time; time.sleep(1)")
    kernel.pause()  # so that it is not done before it is asked again, however busy the machine

    with pytest.raises(RuntimeError, match="busy"):
        kernel.send("1")
    kernel.resume()
    assert kernel.wait(10).status == "ok"


@pytest.mark.timed
def test_starting_is_quick(start, remark):
    start()
    began = time.monotonic()
    assert start().alive()

    if (seconds := time.monotonic() - began) > 1:
        remark(f"a sandbox took {seconds:.1f} s to start.")


def test_a_long_socket_path_is_refused(student_python):
    with pytest.raises(ValueError, match="too long"):
        SandboxSpec(student_python=student_python, workdir=Path("/tmp") / ("x" * 100))
