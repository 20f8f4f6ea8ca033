"""A catalogue follows its sources: what is new is empty, what was changed is outdated, what is gone is gone."""

import gettext
import io

import pytest

from autograder.authoring.translate import catalogue_file as kept
from autograder.authoring.translate.message import Message

FIRST = [
    Message("A cell.", "a:one"),
    Message("The mean of each channel of the image.", "a:two"),
    Message("Gone.", "a:three"),
]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "zh.po"
    catalogue = kept.updated(path, FIRST)
    for entry, said in zip(catalogue, ["一个单元格。", "图像每个通道的均值。", "没有了。"], strict=True):
        entry.msgstr = said
    kept.write(path, catalogue)
    return path


def test_what_is_unchanged_keeps_its_translation_and_the_file_its_bytes(path):
    before = path.read_bytes()
    assert not kept.write(path, kept.updated(path, FIRST))
    assert path.read_bytes() == before
    assert kept.translator(path)("A cell.") == "一个单元格。"


def test_changed_english_is_outdated_and_read_in_english_until_somebody_has_looked(path):
    new = "The mean of each channel of the picture."
    changed = [FIRST[0], Message(new, "a:two"), FIRST[2]]
    kept.write(path, kept.updated(path, changed))
    count = kept.counted(path, changed)
    assert (count.messages, count.translated, count.outdated, count.missing) == (3, 2, 1, 0)
    assert kept.translator(path)(new) == new
    entry = next(entry for entry in kept.read(path) if entry.msgid == new)
    assert (entry.msgstr, entry.previous_msgid) == ("图像每个通道的均值。", FIRST[1].text)
    entry.flags.remove("fuzzy")
    catalogue = kept.read(path)
    next(e for e in catalogue if e.msgid == new).flags.remove("fuzzy")
    kept.write(path, catalogue)
    assert kept.translator(path)(new) == "图像每个通道的均值。"


def test_another_sentence_in_the_same_place_takes_over_nothing(path):
    other = Message("Red, green, blue: in this order.", "a:two")
    catalogue = kept.updated(path, [FIRST[0], other])
    assert [entry.msgstr for entry in catalogue] == ["一个单元格。", ""]


def test_a_language_begins_empty(tmp_path):
    count = kept.counted(tmp_path / "fr.po", FIRST)
    assert (count.translated, count.missing) == (0, 3)


def test_programs_find_what_is_theirs_compiled_and_equal_catalogues_make_equal_bytes(path):
    made = kept.compiled(path, lambda where: where != "a:three", [("put in 5", "填 5")])
    assert made == kept.compiled(path, lambda where: where != "a:three", [("put in 5", "填 5")])
    found = gettext.GNUTranslations(io.BytesIO(made))
    assert [found.gettext(text) for text in ("A cell.", "Gone.", "put in 5")] == ["一个单元格。", "Gone.", "填 5"]


def test_a_count_has_a_message_for_one_and_for_many(tmp_path):
    path, messages = tmp_path / "fr.po", [Message("1 case", "a", many="{count} cases")]
    catalogue = kept.updated(path, messages)
    catalogue[0].msgstr_plural = {0: "1 cas", 1: "{count} cas"}
    kept.write(path, catalogue)
    found = gettext.GNUTranslations(io.BytesIO(kept.compiled(path, lambda _: True)))
    assert found.ngettext("1 case", "{count} cases", 3) == "{count} cas"
    assert kept.counted(path, messages).translated == 1
