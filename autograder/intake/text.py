"""The text of a file's bytes, whatever program saved it: Windows saves in GB18030 or UTF-16 as well."""

from __future__ import annotations

import codecs
import io
import tokenize

from autograder.intake.handin import Refused
from autograder.intake.messages import say

#: Byte order marks; UTF-32's begins as UTF-16's does.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Bytes at a file's start that show how wide its characters are, where it has no mark.
_HEAD = 400
_BROKEN = "\ufffd"


def text_of(data: bytes) -> tuple[str, str]:
    """Return the text of a file, and a remark where it is not UTF-8; "" where it is.

    Bytes that are no text in any encoding are replaced.

    Raises
    ------
    Refused
        Where the bytes are no text.
    """
    encoding = encoding_of(data)
    text = data.decode(encoding, "replace").lstrip("\ufeff")
    if "\0" in text[:_HEAD] or text[:_HEAD].count(_BROKEN) > len(text[:_HEAD]) / 10:
        raise Refused(say("no_text.bytes"))
    if encoding != "utf-8":
        return text, say("encoding", encoding=encoding.upper())
    broken = _first_broken(data)
    if broken is None:
        return text, ""
    line = data.count(b"\n", 0, broken) + 1
    return text, say("encoding.line", line=line)


def python_text(data: bytes) -> str:
    """Return the text of a Python file: by its own encoding line where that holds, else as `text_of` does."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError):
        return text_of(data)[0]
    return text_of(data)[0] if encoding_of(data).startswith("utf-16") else text


def encoding_of(data: bytes) -> str:
    """Return the encoding that a text's bytes are most likely in."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if wide := _wide(data[:_HEAD]):
        return wide
    if _first_broken(data) is None:
        return "utf-8"
    as_utf8, as_chinese = (data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030"))
    return "gb18030" if as_chinese.count(_BROKEN) < as_utf8.count(_BROKEN) > _well_read(as_utf8) else "utf-8"


def _wide(head: bytes) -> str:
    """The encoding of a text without a mark whose every other byte is zero; "" where it is none such."""
    zeros = [head[start::2].count(0) for start in (0, 1)]
    if sum(zeros) < len(head) / 4:
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _first_broken(data: bytes) -> int | None:
    """Where the first byte stands that is not UTF-8; None where all are."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _well_read(text: str) -> int:
    """How many characters beyond ASCII were not replaced."""
    return len(text) - len(text.encode("ascii", "ignore")) - text.count(_BROKEN)
