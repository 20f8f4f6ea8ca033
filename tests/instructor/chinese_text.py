"""What a page says in English, and how a Chinese one is set."""

from __future__ import annotations

import re
from html import unescape

from autograder.course import labs

#: Names of questions that are a plain word.
NAMES = {name for lab in labs() for name in lab.questions}
#: Names that stay as they are in Chinese: of tools and levels, of libraries, and a key.
KEPT = {"autograder", "formgrader", "strict", "numpy", "ufunc", "blas", "gemm", "winograd", "cout", "enter"}


def english_words(text: str) -> set[str]:
    """Words of four Latin letters or more that are no names: of questions, of mistakes, of files and options."""
    text = re.sub(r"\S*[_/]\S*|--\S+", " ", re.sub(r"“[^”]*”|`[^`]*`", " ", text))
    return {word for word in re.findall(r"[A-Za-z]{4,}", text) if word.lower() not in KEPT | NAMES}


def text_of(page: str) -> str:
    """What a reader sees of a page, and what its tooltips and labels say."""
    labels = re.findall(r'(?:aria-label|title)="([^"]*)"', page)
    page = page.replace("<wbr>", "")
    body = re.sub(r"<(style|code|math|pre)\b.*?</\1>", "0", page.partition("<body")[2].partition(">")[2], flags=re.S)
    body = re.sub(r"</?(?:a|b|strong|span|mark|summary|h3)\b[^>]*>", "", body)
    return unescape("\n".join([re.sub(r"<[^>]*>", "\n", body), *labels]))


def half_width(text: str) -> list[str]:
    """Where half-width punctuation, or a blank beside full-width punctuation, stands in Chinese."""
    found = re.finditer(r"[\u4e00-\u9fff][,;:?!]|[，。；：？！、][^\S\n]+[\u4e00-\u9fff]", text)
    return [text[max(0, each.start() - 10) : each.end() + 10] for each in found]
