"""What two answers share: not names, not comments, not what the notebook, the solution or everybody has."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys

import numpy as np
import pytest

from autograder.similar.fingerprints import Fingerprints

ADA = """
def forward(self, input):
    rows = np.sqrt(np.square(input).sum(axis=1, keepdims=True) + 1e-7)
    self.kept = np.where(rows > 2.5, input / rows, input * 0.25)
    return np.concatenate([self.kept, rows], axis=1)
"""
#: Ada's with other names, other comments and other blanks.
BO = """
# my own work
def forward(self, input):

    norm = np.sqrt(np.square( input ).sum(axis=1, keepdims=True) + 1e-7)  # the norm
    self.result = np.where(norm > 2.5, input/norm, input*0.25)
    return np.concatenate([self.result, norm], axis=1)
"""
CEM = """
def forward(self, input):
    out = []
    for line in input:
        length = float(line @ line + 1e-7) ** 0.5
        out.append([*(line / length if length > 2.5 else line / 4), length])
    return np.array(out)
"""


def text_of(marked: str) -> str:
    return html.unescape(re.sub("</?mark>", "", marked))


def test_other_names_comments_and_blanks_hide_nothing():
    prints = Fingerprints({"ada": ADA, "bo": BO, "cem": CEM})
    ada, bo, cem = (prints.places[name] for name in ("ada", "bo", "cem"))
    assert prints.part[ada, bo] == 1
    assert prints.part[ada, cem] < 0.3
    assert prints.shared[ada, bo] > 5 * prints.shared[ada, cem]
    assert prints.alike_but_for_names()[ada, bo]
    assert not prints.alike_but_for_names()[ada, cem]


def test_what_the_notebook_or_the_solution_has_is_not_shared():
    prints = Fingerprints({"ada": ADA, "bo": BO, "cem": CEM}, given=["", ADA])
    assert prints.part[0, 1] == 0
    assert prints.shared[0, 1] == 0


def test_what_everybody_wrote_weighs_nothing():
    prints = Fingerprints(dict.fromkeys("abcd", ADA))
    assert (prints.part == 1).all()
    assert (prints.shared == 0).all()


def test_code_that_does_not_parse_is_compared_all_the_same():
    broken = ADA.replace("def forward(self, input):", "def forward(self, input:")
    prints = Fingerprints({"ada": ADA, "bo": broken, "cem": "class (((:\n\x00'''", "dee": ""})
    assert prints.part[0, 1] > 0.8
    assert (prints.shared[2:, :2] == 0).all()


def test_marks_stand_around_what_is_shared_and_change_no_letter():
    hostile = 'def other(x):\n    return "<script>window.ran = 1</script>", x\n'
    prints = Fingerprints({"ada": ADA + hostile, "bo": BO, "cem": CEM})
    one, other = prints.marked("ada", "bo")
    assert text_of(one) == (ADA + hostile).strip("\n")
    assert text_of(other) == BO.strip("\n")
    assert "<script" not in one
    inside = "".join(re.findall("<mark>(.*?)</mark>", one, re.DOTALL))
    assert "np.concatenate" in inside
    assert "window.ran" not in inside
    assert "# my own work" not in "".join(re.findall("<mark>(.*?)</mark>", other, re.DOTALL))


def test_code_that_stands_twice_is_marked_twice():
    (line,) = [line for line in ADA.splitlines() if "np.where" in line]
    twice = f"{line}\nprint(1)\nprint('another line')\n{line}\n"
    one, _ = Fingerprints({"ada": twice, "bo": BO, "cem": CEM}, given=["print(1)"]).marked("ada", "bo")
    assert len([part for part in re.findall("<mark>(.*?)</mark>", one, re.DOTALL) if "np.where" in part]) == 2


def test_answers_without_anything_in_common_are_shown_unmarked():
    assert Fingerprints({"ada": ADA, "bo": "<b>"}).marked("ada", "bo")[1] == "&lt;b&gt;"


@pytest.mark.slow
def test_nothing_hangs_on_the_hashes_of_one_process():
    code = (
        "from tests.similar.test_fingerprints import ADA, BO, CEM\n"
        "from autograder.similar.fingerprints import Fingerprints\n"
        "print(Fingerprints({'ada': ADA, 'bo': BO, 'cem': CEM}).shared.round(9).tolist())"
    )
    said = {
        subprocess.check_output([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, text=True)
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert np.array(eval(said.pop())).shape == (3, 3)
