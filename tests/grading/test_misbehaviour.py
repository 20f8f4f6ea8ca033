"""Code that hangs, crashes or floods costs its own question; the others of the same hand-in keep their points."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from autograder.grading.outcome import Patience

from .conftest import LAB

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("anything_allowed")]
QUICK = Patience(cell=2, question=2, hand_in=120)
ASKED = ("fully_connected_forward", "relu", "conv_forward_speedup", "pool_forward", "flatten")

CULPRITS = {
    "endless loop": ("while True: pass", "did not come back"),
    "endless loop that catches everything": (
        "while True:\n        try: sum(range(10**6))\n        except BaseException: pass",
        "did not come back",
    ),
    "sleep": ("__import__('time').sleep(100)", "did not come back"),
    "exit of the process": ("__import__('os')._exit(0)", "ended its own process"),
    "crash": ("__import__('ctypes').string_at(0)", "ended its own process"),
    "abort": ("__import__('os').abort()", "ended its own process"),
    "stack overflow": (
        "import sys\n    sys.setrecursionlimit(10**9)\n    x = []\n    for _ in range(10**6): x = [x]\n    repr(x)",
        "ended its own process",
    ),
    "closed files": ("__import__('os').closerange(3, 100)", "ended its own process"),
    "too much memory": ("return [__import__('numpy').empty(1 << 25) for _ in range(100)]", "MemoryError"),
    "too much memory in processes": (
        "import os, time\n    for _ in range(3): os.fork()\n    x = b'x' * (400 << 20)\n    time.sleep(9)",
        "memory",
    ),
    "fork bomb": (
        "import os\n    while True:\n        try: os.fork()\n        except OSError: pass",
        ("did not come back", "memory"),
    ),
    "flood of print": ("while True: print('x' * 1000)", "printed more"),
    "flood past Python": ("while True: __import__('os').write(1, b'x' * 1000)", "printed more"),
    "exit of the program": ("__import__('sys').exit(1)", "raised SystemExit"),
    "interrupt": ("raise KeyboardInterrupt", "raised KeyboardInterrupt"),
    "deep recursion": ("return self.forward(input)", "raised RecursionError"),
    "input from the keyboard": ("return float(input())", "raised"),
}
RELU = """
@add_to_class(ReLULayer)
def forward(self, input):
    {body}

@add_to_class(ReLULayer)
def backward(self, top_diff):
    return top_diff
"""


def others_are_right(outcome, culprit: str) -> bool:
    return all(verdict.passed for name, verdict in outcome.verdicts.items() if name != culprit)


@pytest.mark.parametrize("what", CULPRITS)
def test_a_question_that_misbehaves_costs_itself_only(what, grade, solved_but):
    body, words = CULPRITS[what]
    outcome = grade(solved_but(relu=RELU.format(body=body)), *ASKED, values_only=True, patience=QUICK)
    verdict = outcome.verdicts["relu"]

    assert verdict.score == 0
    assert any(word in verdict.reason for word in ([words] if isinstance(words, str) else words)), verdict.reason
    assert list(outcome.verdicts) == list(ASKED)
    assert others_are_right(outcome, "relu")


CELLS = {
    "endless loop": "while True: pass",
    "crash": "import ctypes; ctypes.string_at(0)",
    "flood": "while True: print('x' * 1000)",
    "bomb": "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
    "exception": "1 / 0",
    "syntax error": "def forward(:",
}


@pytest.mark.parametrize("what", CELLS)
def test_a_cell_that_misbehaves_is_named_and_left_out(what, grade, solved_but):
    outcome = grade(solved_but(relu=CELLS[what]), *ASKED, values_only=True, patience=QUICK)

    assert outcome.verdicts["relu"].score == 0
    assert "relu_code" in outcome.verdicts["relu"].reason
    assert others_are_right(outcome, "relu")


LATER = """
import os, threading
threading.Timer(0.5, os._exit, (0,)).start()

@add_to_class(ReLULayer)
def forward(self, input):
    threading.Event().wait(0.02)
    return input

@add_to_class(ReLULayer)
def backward(self, top_diff):
    return top_diff
"""


def test_a_kernel_that_ends_between_two_cells_costs_no_cell(grade, solved_but):
    outcome = grade(solved_but(relu=LATER), *ASKED, values_only=True, patience=QUICK)

    assert outcome.failed_cells == []
    assert list(outcome.verdicts) == list(ASKED)


WHEN_TIMED = """
@add_to_class(ConvolutionalLayer)
def forward_speedup(self, input):
    if input.size > 10000:
        {body}
    return self.forward_raw(input)
"""


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("__import__('os')._exit(0)", "ended its own process"),
        ("while True: pass", "did not come back"),
        ("raise ValueError", "raised ValueError"),
        ("while True: print('x' * 1000)", "printed more"),
    ],
    ids=["exit", "hang", "exception", "flood"],
)
def test_code_that_misbehaves_when_timed_spoils_no_later_timing(monkeypatch, grade, solved_but, body, words):
    monkeypatch.setattr("autograder.grading.timing.SECONDS", 2.0)
    notebook = solved_but(conv_forward_speedup=WHEN_TIMED.format(body=body))
    outcome = grade(notebook, "conv_forward_speedup", "pool_speedup", patience=QUICK)

    assert outcome.verdicts["conv_forward_speedup"].score == 0
    assert words in outcome.verdicts["conv_forward_speedup"].reason
    assert outcome.verdicts["pool_speedup"].speed or outcome.verdicts["pool_speedup"].untimed


def test_what_the_grader_does_between_its_asks_is_no_time_of_the_hand_ins(monkeypatch, grade, solution):
    question = LAB.questions["relu"]

    def slow_oracle(**case):
        time.sleep(0.5)
        return question.expected(**case)

    slow = replace(question, expected=slow_oracle, cases=lambda rng: question.cases(rng) * 4)
    monkeypatch.setitem(LAB.questions, "relu", slow)
    outcome = grade(solution, "relu", "flatten", values_only=True, patience=Patience(question=1, hand_in=15))

    assert outcome.failed_cells == []
    assert all(verdict.passed for verdict in outcome.verdicts.values())
