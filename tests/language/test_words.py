"""A sentence is looked up where another language is spoken, and is what is written where English is."""

from __future__ import annotations

import subprocess
import sys

import polib
import pytest

from aics.language import catalogue, in_every_language, listed, plural, sentences, speaking, tr, words
from autograder.course import LABS

ENTRIES = [
    polib.POEntry(msgid="{n} cats", msgstr="{n} 只猫"),
    polib.POEntry(msgid="1 dog", msgid_plural="{count} dogs", msgstr_plural={0: "{count} 条狗"}),
]
TABLE = {"right": "All {cases} cases are right.", "dogs": "{count} dogs", "dogs.one": "1 dog", "cats": "{n} cats"}


@pytest.fixture(scope="module", autouse=True)
def _a_language_of_two_messages(tmp_path_factory):
    """The language ``xx`` has a catalogue in a folder that was added."""
    folder = tmp_path_factory.mktemp("words")
    made = polib.POFile()
    made.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": "nplurals=1; plural=0;"}
    made.extend(ENTRIES)
    made.save_as_mofile(str(folder / "xx.mo"))
    catalogue.add(folder)
    yield
    catalogue._added.remove(folder)
    catalogue.catalogue.cache_clear()


def test_a_message_is_said_in_the_language_spoken_with_its_values():
    assert tr("{n} cats", n=3) == "3 cats"
    with speaking("xx"):
        assert tr("{n} cats", n=3) == "3 只猫"


@pytest.mark.parametrize("spoken", ["xx", "nowhere"])
def test_what_no_catalogue_has_is_said_in_english(spoken):
    with speaking(spoken):
        assert tr("{n} horses", n=2) == "2 horses"
        assert tr("") == ""


def test_braces_of_a_message_without_values_stay():
    assert tr("a dict such as {'a': 1}") == "a dict such as {'a': 1}"


def test_a_count_decides_the_form():
    assert [plural("1 dog", "{count} dogs", n) for n in (0, 1, 2, 1.5)] == ["0 dogs", "1 dog", "2 dogs", "1.5 dogs"]
    with speaking("xx"):
        assert [plural("1 dog", "{count} dogs", n) for n in (1, 1.5)] == ["1 条狗", "1.5 条狗"]


def test_a_table_says_its_entries_and_takes_the_form_that_goes_with_a_count():
    say = words(TABLE)
    assert say("right", cases=3) == "All 3 cases are right."
    assert (say("dogs", count=1), say("dogs", count=2), say("dogs.one")) == ("1 dog", "2 dogs", "1 dog")
    with speaking("xx"):
        assert (say("dogs", count=1), say("cats", n=1)) == ("1 条狗", "1 只猫")


def test_names_and_sentences_are_joined_as_the_language_does_it():
    names, said = ["relu", "softmax", "pool"], ("One.", "", "Two.")
    assert (listed(names), listed(["relu"]), listed([])) == ("relu, softmax, pool", "relu", "")
    assert (sentences(*said), sentences()) == ("One. Two.", "")
    with speaking("zh"):
        assert listed(names) == "relu、softmax、pool"
        assert sentences("一。", "", "二。") == "一。二。"


def test_a_name_may_hold_what_looks_like_a_place():
    assert listed(["{first}", "{then}"]) == "{first}, {then}"


def test_a_message_can_be_had_in_every_language_each_form_once():
    assert in_every_language("yes") == ["yes", "是"]
    assert in_every_language("said nowhere") == ["said nowhere"]


def test_while_english_is_spoken_no_catalogue_is_read():
    """A check in a fresh Python, in which to read one is an error."""
    source = """
import gettext
def refused(*_): raise AssertionError("a catalogue was read")
gettext.GNUTranslations.__init__ = refused
from aics import open_lab
print(open_lab("lab2_layers")("relu").text())
"""
    done = subprocess.run(
        [sys.executable, "-c", source], env={"PYTHONPATH": str(LABS)}, capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("[-] relu: not yet"), done.stderr


def test_of_two_labs_that_say_the_same_each_has_its_own_words(tmp_path, monkeypatch):
    for lab, said in (("lab1_one", "步数"), ("lab2_two", "一步")):
        (tmp_path / lab).mkdir()
        made = polib.POFile()
        made.metadata = {"Content-Type": "text/plain; charset=utf-8"}
        made.append(polib.POEntry(msgid="step", msgstr=said))
        made.save_as_mofile(tmp_path / lab / "zh.mo")
    monkeypatch.setattr(catalogue, "files", lambda _: sorted(tmp_path.glob("*/zh.mo")))
    monkeypatch.setattr(catalogue, "HERE", tmp_path / "language")
    catalogue.room_of.cache_clear()
    catalogue.catalogue.cache_clear()
    said = {name: {"__name__": f"aics.{name}.pictures", "tr": tr} for name in ("lab1_one", "lab2_two", "lab3_three")}
    with speaking("zh"):
        assert [eval("tr('step')", module) for module in said.values()] == ["步数", "一步", "步数"]
    catalogue.catalogue.cache_clear()
    catalogue.room_of.cache_clear()
