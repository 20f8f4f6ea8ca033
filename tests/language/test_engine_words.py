"""The engine's catalogue: every message has a translation that can take its place."""

from __future__ import annotations

import re
from string import Formatter

import polib
import pytest

from aics.language import catalogue, speaking, tr
from autograder.authoring.translate.catalogue_file import updated
from autograder.authoring.translate.editions import fresh_catalogue
from autograder.authoring.translate.sources import sources

(SOURCE,) = sources(["aics"])
CATALOGUE = polib.pofile(str(SOURCE.folder / "zh.po"))
#: Rooms whose every word is the engine's; pictures, demos and data have translators of their own.
ROOMS = re.compile(r"labs/aics/(card|check|handin|kernels|language|layers|notebook|own|parameters)/|labs/aics/cli\.py")
OURS = [entry for entry in updated(SOURCE.folder / "zh.po", SOURCE.messages) if ROOMS.match(entry.occurrences[0][0])]
_CHINESE = r"\u4e00-\u9fff"


def said(entry: polib.POEntry) -> str:
    return entry.msgstr or entry.msgstr_plural.get(0, "")


def places(text: str) -> list[tuple[str, str, str]]:
    """What is filled in, with its format and conversion."""
    return sorted((name, form or "", how or "") for _, name, form, how in Formatter().parse(text) if name is not None)


def test_there_are_messages_of_each_room():
    found = {place.split("/")[2] for entry in OURS for place, _ in entry.occurrences if "/" in place}
    assert {"card", "check", "handin", "notebook", "own", "parameters"} <= found


def test_every_message_is_translated_with_the_same_places():
    assert [entry.msgid for entry in OURS if not said(entry) or "fuzzy" in entry.flags] == []
    assert [entry.msgid for entry in OURS if places(said(entry)) != places(entry.msgid_plural or entry.msgid)] == []
    assert [entry.msgid for entry in OURS if said(entry).endswith("\n") != entry.msgid.endswith("\n")] == []


@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        ("half-width punctuation", rf"[{_CHINESE}][,;:?!]|[{_CHINESE}]\.(?!\.)"),
        ("a space beside full-width punctuation", r"[，。；：？！、（）“”《》] | [，。；：？！、（）“”《》]"),
        ("no space between Chinese and Latin", rf"[{_CHINESE}][A-Za-z0-9`]|[A-Za-z0-9`][{_CHINESE}]"),
    ],
)
def test_chinese_is_set_as_chinese(fault, pattern):
    texts = [re.sub(r"`[^`]*`|^ .*$", "`", said(entry), flags=re.M) for entry in OURS]
    assert [text for text in texts if re.search(pattern, text)] == [], fault


def test_what_programs_read_is_what_was_written():
    assert (SOURCE.compiled / "zh.mo").read_bytes() == fresh_catalogue(SOURCE, "zh")


def test_the_compiled_catalogue_is_found():
    with speaking("zh"):
        assert tr("not yet") == "还不对"
    assert SOURCE.compiled / "zh.mo" in catalogue.files("zh")
