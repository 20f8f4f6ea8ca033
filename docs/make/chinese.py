"""Which sections of the Chinese documents render an earlier English than there is now.

    python -m docs.make.chinese                     # lists them; exit status 1 if there is any
    python -m docs.make.chinese --renew [FILE ...]  # writes that the named documents, or all, are up to date

README.zh.md and docs/zh/NAME.md have the sections of README.md and docs/NAME.md, in the same order. Below each heading
a comment, ``<!-- of DIGEST -->``, says which English it renders. Tables that a command fills are no part of the digest,
nor is the place where a line ends.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from autograder.course import ROOT

FOLDER = ROOT / "docs" / "zh"
MARK = re.compile(r"\A\n*<!-- of (\w+) -->\n")
HEADING = re.compile(r"^(#+) .*\n", re.M)
FENCED = re.compile(r"^```.*?^```", re.M | re.S)
FILLED = re.compile(r"<!-- table: (\w+) -->\n.*?<!-- end of \1 -->", re.S)


class Section(NamedTuple):
    """A heading, as it stands there, and the text below it up to the next one of any level."""

    heading: str
    text: str

    @property
    def digest(self) -> str:
        """Eight digits of what the section says."""
        words = " ".join(FILLED.sub("", self.heading + self.text).split())
        return hashlib.sha256(words.encode()).hexdigest()[:8]

    @property
    def marked(self) -> str:
        """The digest of the English that it says it renders; empty if it says nothing."""
        found = MARK.match(self.text)
        return found[1] if found else ""

    def renewed(self, digest: str) -> str:
        """Its text with another digest."""
        return f"{self.heading}<!-- of {digest} -->\n" + (MARK.sub("", self.text) if self.marked else self.text)


def documents() -> dict[Path, Path]:
    """Each Chinese document and the English one that it renders."""
    translated = {path: ROOT / "docs" / path.name for path in sorted(FOLDER.glob("*.md"))}
    return {ROOT / "README.zh.md": ROOT / "README.md"} | translated


def sections(text: str) -> list[Section]:
    """The sections of a document, which begins with a heading; a line in a block of code is none."""
    hidden = FENCED.sub(lambda found: "." * len(found[0]), text)
    found = list(HEADING.finditer(hidden))
    ends = [*(heading.start() for heading in found[1:]), len(text)]
    return [Section(text[h.start() : h.end()], text[h.end() : end]) for h, end in zip(found, ends, strict=True)]


def pairs(chinese: Path, english: Path) -> list[tuple[Section, Section]]:
    """The sections of both, side by side."""
    ours, theirs = (sections(path.read_text("utf-8")) for path in (chinese, english))
    levels = [[section.heading.split()[0] for section in both] for both in (ours, theirs)]
    if levels[0] != levels[1]:
        raise SystemExit(
            f"{_name(chinese)} has the headings {' '.join(levels[0])}, and {_name(english)} {' '.join(levels[1])}: "
            "each section of the English has one in Chinese, in the same order."
        )
    return list(zip(ours, theirs, strict=True))


def outdated(chinese: Path, english: Path) -> Iterator[str]:
    """Yield a sentence for each section that renders another English than there is now."""
    for ours, theirs in pairs(chinese, english):
        if ours.marked != theirs.digest:
            yield (
                f"{_name(chinese)}, {ours.heading.strip()!r}: {theirs.heading.strip()!r} in {_name(english)} has "
                "changed since this was written. Bring it up to date where that matters, then run "
                f"`python -m docs.make.chinese --renew {_name(chinese)}`."
            )


def renew(chinese: Path, english: Path) -> None:
    """Write below each heading that it renders the English of now."""
    both = pairs(chinese, english)
    chinese.write_text("".join(ours.renewed(theirs.digest) for ours, theirs in both), "utf-8")


def main(arguments: Sequence[str]) -> int:
    """List what is outdated, or renew; the exit status."""
    known = {_name(path): path for path in documents()}
    named = [name for name in arguments if name != "--renew"] or list(known)
    if unknown := [name for name in named if name not in known]:
        raise SystemExit(f"{unknown[0]!r}: expected a Chinese document, one of {', '.join(known)}.")
    chosen = {known[name]: documents()[known[name]] for name in named}
    if "--renew" in arguments:
        for path, english in chosen.items():
            renew(path, english)
        return 0
    found = [line for path, english in chosen.items() for line in outdated(path, english)]
    print("\n".join(found) or "All sections render the English of now.")
    return bool(found)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
