"""What AI assistants read in the zip for students, AGENTS.md, with the course's own rule in it."""

from __future__ import annotations

from pathlib import Path

from aics.language import tr

TEXT = Path(__file__).with_name("assistants.md")


def blocks() -> list[str]:
    """Return the text's headings, paragraphs and lists, one after another: each is a message for translators."""
    return TEXT.read_text("utf-8").strip().split("\n\n")


def assistants() -> str:
    """Return the text in the language spoken."""
    return "\n\n".join(map(tr, blocks())) + "\n"
