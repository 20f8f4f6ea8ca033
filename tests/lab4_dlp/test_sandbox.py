"""ONNX Runtime where students' code is timed: in a real sandbox, with no thread allowed to start."""

from __future__ import annotations

import pytest

from autograder.course import LABS, ROOT
from autograder.sandbox import SandboxKernel, SandboxSpec, levels

PYTHON = levels.default_student_python(ROOT)
IMPORTED = "import numpy as np\nfrom aics.kernels.onnxruntime import make_session"
MADE = """
session = make_session({"x": 4}, [("Relu", ["x"], "y", {})])
print(session.run(None, {"x": np.full((1, 8, 32, 32), -1, np.float32)})[0].sum())
"""


@pytest.mark.skipif(not PYTHON.exists(), reason="no student environment: run `make install`")
@pytest.mark.parametrize("level", ["strict", "none"])
def test_sessions_are_made_and_run_while_forks_are_frozen_and_nothing_is_said(level):
    if level == "strict" and not (report := levels.probe(PYTHON)[0]).holds:
        pytest.skip(f"strict isolation does not hold here: {report.why}")
    with SandboxKernel(SandboxSpec(student_python=PYTHON, aics_path=LABS / "aics", level=level)) as kernel:
        imported = kernel.execute(IMPORTED, 60)
        kernel.freeze_forks()
        made = kernel.execute(MADE, 60)
        assert kernel.thaw_forks()
    assert (imported.status, imported.outputs) == ("ok", [])
    assert made.status == "ok"
    assert [(output["name"], output["text"]) for output in made.outputs] == [("stdout", "0.0\n")]
