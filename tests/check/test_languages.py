"""A verdict is in the language that is spoken when it is made, and nothing of it stays for the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polib
import pytest

from aics import open_lab
from aics.check.ask import NO_MESSAGE, Answer, Raised, Unfit
from aics.check.causes import with_cause
from aics.check.checker import Checker
from aics.check.imports import NotAllowed
from aics.check.judge import Mistake, Rule, judge, stopped
from aics.check.messages import MESSAGES
from aics.check.output import Output
from aics.check.refusal import not_allowed
from aics.check.rules import SpeedLimits, Tolerance
from aics.check.speed_verdict import judge_speed, not_timed
from aics.check.verdict import RUNGS, Verdict
from aics.language import catalogue, language, speak, speaking
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.course import Lab

SIX = np.arange(6.0).reshape(2, 3)
HINT, STEPS, READS, ADVICE = "The sign is wrong.", ("There.", "So.", "Thus."), "the answer of the test", "Fewer loops."
CHINESE = {HINT: "符号错了。", **dict(zip(STEPS, ("在那里。", "想法。", "代码。"), strict=True)), READS: "测试的答案"}
CHINESE[ADVICE] = "少用循环。"
RULE = Rule(
    name="q",
    points=8,
    outputs=(Output(tolerance=Tolerance(rtol=1e-3, reason="a test"), reads=READS),),
    limits=SpeedLimits(full=3, zero=12),
    advice=ADVICE,
)
KNOWN = Mistake(name="sign", hint=HINT, worked=STEPS, answers=[Answer(values={"y": -SIX})])
SLOW = Mistake(name="slow", hint=HINT, worked=STEPS, answers=[], slow=True)


@pytest.fixture(scope="module", autouse=True)
def _a_labs_words(tmp_path_factory):
    """The words of the rule and the mistakes above, as a lab's catalogue has them."""
    folder, made = tmp_path_factory.mktemp("lab"), polib.POFile()
    made.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    made.extend(polib.POEntry(msgid=text, msgstr=said) for text, said in CHINESE.items())
    made.save_as_mofile(str(folder / "zh.mo"))
    catalogue.add(folder)
    yield
    catalogue._added.remove(folder)
    catalogue.catalogue.cache_clear()


def judged(answer: Answer, *mistakes: Mistake) -> Verdict:
    return judge(RULE, [{"x": SIX}], [{"y": SIX}], [answer], mistakes)


def values(y: object) -> Answer:
    return Answer(values={"y": np.asarray(y)})


def verdicts() -> Iterator[Verdict]:
    """One of each rung, right ones, and what else a verdict can say."""
    right, wrong = judged(values(SIX)), judged(values(SIX + 1))
    yield from (right, wrong, not_timed(right, "yardstick"), stopped(RULE, "timeout", seconds=20))
    yield not_allowed(replace(RULE, allowed=("PIL", "scipy")), NotAllowed(module="os", cell="c", number=1, line="x"))
    yield judged(Answer(missing=("Layer", "relu")))
    yield judged(Answer(raised=Raised("NotImplementedError", "q")))
    yield judged(Answer(raised=Raised("ValueError", "bad axis", "y = x.sum(9)", 3)))
    yield judged(Answer(misfit=("y", "NoneType")))
    yield judged(Answer(unfit=Unfit(output="y", rung="values")))
    yield judged(values(SIX.T))
    yield judged(values(SIX > 2))
    yield judged(values(np.where(SIX == 4, np.nan, SIX)))
    yield judged(values(-SIX), KNOWN)
    yield judge_speed(right, RULE, 5, against="yardstick")
    yield judge_speed(right, RULE, 50, against="reference", mistakes=[SLOW])
    yield with_cause(wrong, ("one", "other"), lambda _: wrong)


def said(verdict: Verdict) -> list[str]:
    """What is said in sentences; what came and was expected may be numbers and an exception's words."""
    texts = [verdict.reason, verdict.cause, verdict.next_move, verdict.hint, verdict.reads, *verdict.worked]
    return [text for text in (*texts, *verdict.notes, verdict.speed.against if verdict.speed else "") if text]


def test_a_verdict_of_each_rung_is_chinese_throughout():
    with speaking("zh"):
        found = list(verdicts())
    assert {verdict.rung for verdict in found} == {"", *RUNGS}
    english = [text for verdict in found for text in said(verdict) if not re.search(r"[\u4e00-\u9fff]", text)]
    assert english == []
    assert {hint for verdict in found if (hint := verdict.hint)} == {CHINESE[HINT]}
    assert {verdict.next_move for verdict in found if verdict.rung == "speed"} == {CHINESE[ADVICE]}
    assert {verdict.reads for verdict in found} == {"", CHINESE[READS]}


def test_afterwards_english_is_what_it_was():
    before = [said(verdict) for verdict in verdicts()]
    with speaking("zh"):
        list(verdicts())
    assert [said(verdict) for verdict in verdicts()] == before
    assert not re.search(r"[\u4e00-\u9fff]", str(before))


def test_a_language_changes_no_point_rung_or_name():
    def plain(verdict: Verdict) -> tuple[object, ...]:
        return verdict.score, verdict.rung, verdict.misconception, verdict.match, verdict.number

    english = [plain(verdict) for verdict in verdicts()]
    with speaking("zh"):
        assert [plain(verdict) for verdict in verdicts()] == english


def test_a_message_that_cannot_be_shown_is_said_in_every_language():
    assert MESSAGES["raises.no_message"] == NO_MESSAGE
    with speaking("zh"):
        assert judged(Answer(raised=Raised("E", NO_MESSAGE))).got == "E: （这条消息无法显示）"


def test_an_ask_speaks_english_so_that_errors_are_those_of_known_mistakes():
    """The words of an error that a double or a layer raises tell one mistake from another."""
    heard = []

    def relu(*_):
        heard.append(language())
        raise ValueError(language())

    names = run_cells(solution_cells(Lab("lab2_layers")))
    names["ReLULayer"].forward = relu
    with speaking("zh"):
        verdict = Checker("lab2_layers", open_lab("lab2_layers")._asks).verdict("relu", names)
    assert set(heard) == {"en"}
    assert (verdict.got, verdict.reason) == ("ValueError: en", "你的代码在一个用例上抛出了 ValueError。")


# What a notebook says of its language


@pytest.fixture
def _own_process(monkeypatch):
    """As in a kernel that has just started."""
    monkeypatch.delenv("AICS_LANG", raising=False)
    speak("")
    yield
    speak("")


@pytest.mark.usefixtures("_own_process")
def test_a_lab_that_is_opened_in_a_language_answers_in_it(capsys):
    check = open_lab("lab2_layers", language="zh")
    assert repr(check("relu")).startswith("[-] relu：还不对，0 / 5 分\n    这个笔记本里没有定义 ReLULayer。")
    assert "合计：" in repr(check())
    assert repr(check).startswith("lab2_layers 的检查")
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("_own_process")
def test_opened_without_a_language_it_stays_what_it_is():
    open_lab("lab2_layers", language="zh")
    open_lab("lab2_layers")
    assert language() == "zh"


@pytest.mark.usefixtures("_own_process")
def test_an_unknown_language_is_english_and_one_line(capsys):
    open_lab("lab2_layers", language="zh")
    open_lab("lab2_layers", language="xx")
    assert language() == "en"
    assert capsys.readouterr().out == "The labs do not speak 'xx', so this is English. There are: en, zh.\n"


@pytest.mark.usefixtures("_own_process")
def test_in_a_sandbox_nothing_is_spoken(monkeypatch, capsys):
    monkeypatch.setenv("AICS_GRADING", "1")
    open_lab("lab2_layers", language="zh")
    open_lab("lab2_layers", language="xx")
    assert (language(), capsys.readouterr().out) == ("en", "")
