"""What intake says stands in one table, and nothing in the table is left over."""

from __future__ import annotations

import re
from pathlib import Path

from autograder import intake
from autograder.intake.messages import MESSAGES

SOURCES = {path: path.read_text("utf-8") for path in Path(intake.__file__).parent.glob("*.py")}


def test_every_sentence_is_said_somewhere():
    text = "\n".join(text for path, text in SOURCES.items() if path.name != "messages.py")
    assert {key for key in MESSAGES if f'"{key}"' not in text} == set()
    assert set(re.findall(r'\bsay\("([^"]+)"', text)) <= set(MESSAGES)


def test_no_refusal_has_words_of_its_own():
    assert [path.name for path, text in SOURCES.items() if re.search(r'Refused\(\s*f?"', text)] == []
    assert [path.name for path, text in SOURCES.items() if re.search(r'remarks\.append\(\s*f?"', text)] == []
