"""A ``.po`` file: kept beside its sources, brought up to date with them, compiled.

It is GNU gettext's format, read and written by polib. A translation is *outdated* where its English was changed since:
it keeps the mark ``fuzzy`` and the English that it was made of until somebody takes the mark away, and nobody reads it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import polib

from autograder.authoring.translate.faults import faults
from autograder.authoring.translate.message import Message, Translator

#: Characters of a line in the file; longer messages go on below.
WIDTH = 118
_PLURALS = {"zh": "nplurals=1; plural=0;", "ja": "nplurals=1; plural=0;", "ko": "nplurals=1; plural=0;"}
_TWO_FORMS = "nplurals=2; plural=(n != 1);"


@dataclass(frozen=True)
class Count:
    """How many messages there are, have a translation that holds, and have one that is outdated."""

    messages: int
    translated: int
    outdated: int

    @property
    def missing(self) -> int:
        """How many have none."""
        return self.messages - self.translated - self.outdated

    @property
    def share(self) -> float:
        """What part is translated, from 0 to 1; 1 where there is nothing to translate."""
        return self.translated / self.messages if self.messages else 1.0


def read(path: Path) -> polib.POFile:
    """Read a catalogue; an empty one where there is none yet."""
    return polib.pofile(str(path), wrapwidth=WIDTH) if path.exists() else _new(path.stem)


def updated(path: Path, messages: Iterable[Message]) -> polib.POFile:
    """Return the catalogue with exactly these messages, in their order, and what is known of them.

    What has no message any more is kept at the end, as gettext keeps it, until `pruned`.
    """
    old = read(path)
    known = {entry.msgid: entry for entry in old}
    entries = _entries(messages)
    left = [entry for name, entry in known.items() if name not in entries and entry.msgstr]
    new = _new(path.stem)
    new.metadata = old.metadata
    for text, entry in entries.items():
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(_forms(new)), "")
        if before := known.get(text):
            _take(entry, before)
        elif before := next((e for e in left if _place(e) & _place(entry) and _near(e.msgid, text)), None):
            left.remove(before)
            _take(entry, before)
            entry.previous_msgid, entry.flags = before.previous_msgid or before.msgid, ["fuzzy"]
        new.append(entry)
    return new


def write(path: Path, catalogue: polib.POFile) -> bool:
    """Write a catalogue, if it differs from what is there; returns whether it did."""
    text = f"{catalogue}\n".replace("\r", "")
    if path.exists() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return True


def translator(path: Path) -> Translator:
    """What puts a message into the catalogue's language: one that is missing or outdated stays English."""
    known = {entry.msgid: entry.msgstr for entry in read(path) if _holds(entry)}
    return lambda text: known.get(text, text)


def compiled(path: Path, said: Callable[[str], bool], more: Iterable[tuple[str, str]] = ()) -> bytes:
    """Return the ``.mo`` file of the messages that programs look up: those of places of which `said` holds, and `more`.

    Equal catalogues make equal bytes.
    """
    chosen = _new(path.stem)
    for entry in read(path):
        if _holds(entry) and any(said(place) for place, _ in entry.occurrences):
            chosen.append(
                polib.POEntry(
                    msgid=entry.msgid,
                    msgstr=entry.msgstr,
                    msgid_plural=entry.msgid_plural,
                    msgstr_plural=entry.msgstr_plural,
                )
            )
    there = {entry.msgid for entry in chosen}
    for text, said_as in dict(more).items():
        if text not in there:
            chosen.append(polib.POEntry(msgid=text, msgstr=said_as))
    with tempfile.TemporaryDirectory() as folder:
        chosen.save_as_mofile(f"{folder}/mo")
        return Path(folder, "mo").read_bytes()


def counted(path: Path, messages: Iterable[Message]) -> Count:
    """Count the messages, and what the catalogue has of them."""
    entries = list(updated(path, messages))
    holds = sum(_holds(entry) for entry in entries)
    return Count(len(entries), holds, sum("fuzzy" in entry.flags for entry in entries))


def wrong(path: Path) -> list[tuple[str, str]]:
    """Return what is wrong with the translations that hold: where, and what."""
    entries = [entry for entry in read(path) if _holds(entry)]
    return [(entry.occurrences[0][0], fault) for entry in entries for fault in faults(entry, path.stem)]


def _entries(messages: Iterable[Message]) -> dict[str, polib.POEntry]:
    found: dict[str, polib.POEntry] = {}
    for message in messages:
        entry = found.setdefault(message.text, polib.POEntry(msgid=message.text))
        where = message.where.replace(" ", "_")  # a space would begin another place
        if (where, "") not in entry.occurrences:
            entry.occurrences.append((where, ""))
        if message.many:
            entry.msgid_plural = message.many
    return found


def _take(entry: polib.POEntry, before: polib.POEntry) -> None:
    """Keep what a translator wrote."""
    entry.msgstr, entry.flags, entry.tcomment = before.msgstr, before.flags, before.tcomment
    entry.previous_msgid = before.previous_msgid
    entry.msgstr_plural |= before.msgstr_plural if entry.msgid_plural else {}


def _forms(catalogue: polib.POFile) -> int:
    """How many forms a count has in the catalogue's language, which its header says."""
    found = re.search(r"nplurals *= *(\d+)", catalogue.metadata.get("Plural-Forms", ""))
    return int(found[1]) if found else 2


def _holds(entry: polib.POEntry) -> bool:
    there = entry.msgstr or (entry.msgstr_plural and all(entry.msgstr_plural.values()))
    return bool(there) and "fuzzy" not in entry.flags and not entry.obsolete


def _place(entry: polib.POEntry) -> set[str]:
    return {place for place, _ in entry.occurrences}


def _near(one: str, other: str) -> bool:
    """Whether two texts of one place are likely the same message, changed: a third of their words are shared."""
    ours, theirs = set(re.findall(r"\w+", one.lower())), set(re.findall(r"\w+", other.lower()))
    return 3 * len(ours & theirs) >= len(ours | theirs)


def _new(language: str) -> polib.POFile:
    new = polib.POFile(wrapwidth=WIDTH)
    new.metadata = {
        "Project-Id-Version": "aics-labs",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": _PLURALS.get(language, _TWO_FORMS),
    }
    return new
