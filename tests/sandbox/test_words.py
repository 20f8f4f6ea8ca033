"""How a kernel ended, and what a canary got hold of, is said in the language of whoever asks."""

from __future__ import annotations

import pytest

from aics.language import speaking
from autograder.sandbox import canary
from autograder.sandbox.frames import FrameError, parse
from autograder.sandbox.holes import ABOUT, holes
from autograder.sandbox.monitor import cause_of_death

#: What a canary says where it gets hold of something, and the same in Chinese.
FOUND = {
    "network": (["a connection to 127.0.0.1 port 80"], "网络：到 127.0.0.1 端口 80 的连接"),
    "host_files": (["/etc/{x}"], "主机文件：/etc/{x}"),
    "limits": (["no limit: Max processes", "a higher RLIMIT_DATA"], "限制：没有限制：Max processes、调高 RLIMIT_DATA"),
}


def test_every_attempt_of_the_canary_has_a_name_in_words() -> None:
    assert ABOUT.replace(" ", "_").split("_|_") == list(canary.ATTEMPTS)


def test_a_hole_is_said_in_both_languages() -> None:
    found = {name: got for name, (got, _) in FOUND.items()} | {"memory": []}
    assert holes(found) == (
        "the canary got hold of something (network: a connection to 127.0.0.1 port 80; host files: /etc/{x}; "
        "limits: no limit: Max processes, a higher RLIMIT_DATA)"
    )
    with speaking("zh"):
        assert all(said in holes(found) for _, said in FOUND.values())


def test_an_error_speaks_the_language_in_which_it_is_read() -> None:
    with pytest.raises(FrameError) as caught:
        parse(b"[]")
    assert str(caught.value) == "a frame that is a list, not an object"
    with speaking("zh"):
        assert "list" in str(caught.value)
        assert "帧" in str(caught.value)
        assert "SIGSEGV" in cause_of_death(139)
        assert "内核" in cause_of_death(139)
