"""Which language is spoken: of a ``with``, of the environment, of the process, or English."""

from __future__ import annotations

import pytest

from aics.language import language, speak, speaking
from aics.language.spoken import short


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.delenv("AICS_LANG", raising=False)
    speak("")
    yield
    speak("")


def test_the_nearest_with_comes_before_the_environment_and_that_before_the_process(monkeypatch):
    assert language() == "en"
    speak("fr")
    assert language() == "fr"
    monkeypatch.setenv("AICS_LANG", "zh_CN.UTF-8")
    assert language() == "zh"
    with speaking("de"):
        assert language() == "de"
        with speaking(""):
            assert language() == "de"
    assert language() == "zh"


def test_after_an_error_inside_it_is_what_it_was():
    with pytest.raises(ValueError, match="stop"), speaking("zh"):
        raise ValueError("stop")
    assert language() == "en"


@pytest.mark.parametrize("name", ["zh", "ZH", "zh_CN", "zh-Hans", "zh_CN.UTF-8", " zh "])
def test_a_region_and_an_encoding_say_nothing(name):
    assert short(name) == "zh"
