"""The instructor's side: build the labs, grade hand-ins in a sandbox, prove that the grading is right."""

from pathlib import Path

from aics.language.catalogue import add

add(Path(__file__).parent / "authoring" / "translate")
