"""Write the sha256 of every embedded file into its row of data/README.md.

python data/make/checksums.py
"""

from __future__ import annotations

import re
from pathlib import Path

from aics.data.archives import sha256_of

HERE = Path(__file__).resolve().parent.parent
README = HERE / "README.md"
#: A row of the table of embedded files: name, what, source, licence, sha256.
ROW = re.compile(r"^\| `(?P<file>[^`*]+)` \|(?P<middle>.*\|) `?[0-9a-f]*`? ?\|$", re.M)


def filled(text: str) -> str:
    """The text with each row's checksum as the file has it now."""
    return ROW.sub(lambda row: f"| `{row['file']}` |{row['middle']} `{sha256_of(HERE / row['file'])}` |", text)


if __name__ == "__main__":
    README.write_text(filled(README.read_text("utf-8")), "utf-8")
