"""Student ids that nbgrader, a file system and a terminal can hold, by a person's name and number alone."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from autograder.intake.names import Person

_LONGEST = 100  # bytes of an id
#: Signs that an id may lack without becoming another's.
_PLAIN = re.compile(r"[\w .,@'’()（）-]*")


def base_id(person: Person) -> str:
    """Return the id of a person of whom nothing else is known: nobody else's name or number changes it."""
    if person.number and person.system not in ("school", "github"):
        return safe_id(f"{person.name}_{person.number}")
    plain = safe_id(person.name)
    return plain if _PLAIN.fullmatch(person.name) else safe_id(f"{plain}-{digest(person)}")


def safe_id(name: str) -> str:
    """Return a student id that nbgrader, a file system and a terminal can hold; never empty, never ``..``."""
    text = unicodedata.normalize("NFC", name)
    kept = "".join(c if unicodedata.category(c)[0] in "LM" or c.isdecimal() or c in "_.-" else "_" for c in text)
    kept = re.sub(r"\.{2,}", ".", re.sub(r"_{2,}", "_", kept)).strip("._-")
    if not kept:
        return f"student-{_digest(name)}"
    if len(kept.encode()) > _LONGEST:
        cut = kept.encode()[: _LONGEST - 7].decode(errors="ignore").rstrip("._-")
        return f"{cut}-{_digest(name)}"
    return kept


def digest(person: Person) -> str:
    """Return six characters that tell a person from others of the same id."""
    return _digest("\0".join((person.name, person.number, person.system)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:6]
