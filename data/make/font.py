"""Make labs/aics/language/han.otf, the Chinese characters of pictures, out of Noto Sans CJK SC.

apt-get install fonts-noto-cjk
python data/make/font.py

It has the 3,755 most common characters (the first level of GB 2312), every one that a Chinese catalogue of this
repository uses, punctuation, Latin and Greek letters, and signs of mathematics. `tests/show/test_fonts.py` says when a
catalogue has one that it lacks.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polib
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "labs/aics/language/han.otf"
SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
FAMILY = "AICS Han"
#: Signs of products and sums, which it has as wide as a Chinese character: Matplotlib's own are made for formulas.
WITHOUT = "§±¶·×÷"
#: First and last character of blocks: Latin, Greek, punctuation and signs, Chinese punctuation, full-width forms.
BLOCKS = ((0x20, 0x17F), (0x370, 0x3FF), (0x2000, 0x23FF), (0x2460, 0x24FF), (0x3000, 0x303F), (0xFF00, 0xFF65))


def common() -> str:
    """The first level of GB 2312."""
    pairs = (bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in pairs)


def used() -> str:
    """What the Chinese catalogues say."""
    files = [path for top in ("autograder", "labs", "solutions") for path in sorted((ROOT / top).rglob("zh.po"))]
    entries = (entry for path in files for entry in polib.pofile(str(path)))
    return "".join(text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values()))


def simplified(source: Path) -> TTFont:
    """The collection's font for simplified Chinese."""
    if not source.exists():
        sys.exit(f"No {source}: apt-get install fonts-noto-cjk")
    return next(font for font in TTCollection(source) if font["name"].getDebugName(1) == "Noto Sans CJK SC")


def cut(font: TTFont) -> None:
    """Leave only the characters above, without hints and what typesetting by columns needs."""
    options = Options(hinting=False, desubroutinize=True, layout_features=[], notdef_outline=True)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["BASE", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    subsetter = Subsetter(options)
    blocks = {code for first, last in BLOCKS for code in range(first, last + 1)}
    subsetter.populate(unicodes=(blocks | set(map(ord, common() + used()))) - set(map(ord, WITHOUT)))
    subsetter.subset(font)


def rename(font: TTFont) -> None:
    """Give it a name of its own, which no font of the reader's computer has; copyright and licence stay inside."""
    for place in (1, 3, 4):
        font["name"].setName(FAMILY, place, 3, 1, 0x409)
    font["name"].setName(FAMILY.replace(" ", ""), 6, 3, 1, 0x409)
    font["CFF "].cff.fontNames = [FAMILY.replace(" ", "")]
    font.recalcTimestamp = False  # equal characters make equal bytes


if __name__ == "__main__":
    made = simplified(SOURCE)
    cut(made)
    rename(made)
    made.save(TARGET)
    print(f"{TARGET.relative_to(ROOT)}: {len(made.getBestCmap())} characters, {TARGET.stat().st_size / 1e6:.2f} MB")
