"""What a class takes does not grow with it: no process keeps what was handed in."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.slow

#: MB for each hand-in more; a parsed notebook of this class takes more than twice as much.
MOST = 0.1


def test_one_more_hand_in_takes_no_memory(checkout, tmp_path):
    command = ("benchmarks/memory.py", "lab0_tiny", "--first", "8", "--hand-ins", "48")
    done = checkout.run(*command, state=tmp_path / "course", timeout=900)
    assert done.returncode == 0, done.stderr
    more = dict(re.findall(r"(?m)^(\w+): .*, (\S+) MB for each", done.stdout))
    assert more.keys() == {"command", "worker"}
    assert {name: megabytes for name, megabytes in more.items() if float(megabytes) > MOST} == {}
