"""What cells print and what runs say is in the language spoken when it is said."""

from __future__ import annotations

import numpy as np
import pytest

from aics.language import speaking
from aics.notebook.earlier import prepare
from aics.notebook.needs_answers import needs_answers
from aics.notebook.resumable import RunError, must_be_finite
from aics.notebook.training import Training

PICTURES, LABELS = np.zeros((4, 2)), np.zeros(4, int)


def step(state, _pictures, _labels):
    return state, {"loss": 1.0}


@pytest.fixture(autouse=True)
def _chinese():
    with speaking("zh"):
        yield


def test_a_cell_says_which_stub_it_waits_for(capsys):
    with needs_answers():
        raise NotImplementedError("实验 2，relu：返回输出")
    assert capsys.readouterr().out == "还不行：这里需要的待填代码还空着（实验 2，relu：返回输出）。\n"


def test_what_a_lab_starts_from_is_said():
    assert prepare(["layers"], []) == ["层：用现成的（ONNX Runtime），因为旁边还没有实验导出过自己的。"]


def test_a_run_says_where_it_is_and_why_it_cannot_go_on(tmp_path):
    run = Training(step, {"weight": np.zeros(2)}, PICTURES, LABELS, batch=2)
    run.save(tmp_path / "a.run")
    assert repr(run).startswith("训练：已完成 0 轮、0 步")
    with pytest.raises(RunError, match=r"^训练 a\.run 时用的图片不同：只能用同样的图片继续。$"):
        Training.load(tmp_path / "a.run", step, PICTURES + 1, LABELS)
    with pytest.raises(RunError, match=r"^第 1 步：“fc/weight”中出现了 nan 或 inf"):
        must_be_finite({"fc": {"weight": np.array([np.nan])}}, "第 1 步")
    with pytest.raises(RunError, match=r"^第 1 步：“状态”中出现了"):
        must_be_finite(np.array([np.inf]), "第 1 步")
