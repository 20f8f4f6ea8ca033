"""The editions of the labs: which languages there are, and what is built for one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from aics.language import listed, tr
from aics.language.spoken import ENGLISH
from autograder.authoring.translate import catalogue_file
from autograder.authoring.translate.message import Translator
from autograder.authoring.translate.sources import Source, sources
from autograder.course import CourseError, Lab
from autograder.course.variant import Variant


def languages() -> list[str]:
    """The languages that any catalogue is kept in, other than English."""
    return sorted({path.stem for source in sources() for path in source.folder.glob("*.po")})


def languages_of(lab: Lab) -> list[str]:
    """The languages that a lab has a catalogue in, other than English."""
    return sorted(path.stem for path in lab.folder.glob("*.po"))


def refuse_unbuilt(chosen: Sequence[Lab], language: str) -> None:
    """Raise CourseError where a lab has no edition in a language."""
    if missing := [lab.name for lab in chosen if not lab.edition(language).exists()]:
        there = listed([ENGLISH, *languages()])
        raise CourseError(
            tr(
                "There is no {language!r} edition of {labs}. There are: {languages}. `autograder "
                "translate --new {language}` begins one (CONTRIBUTING.md).",
                language=language,
                labs=listed(missing),
                languages=there,
            )
        )


def translator(lab: Lab, language: str) -> Translator:
    """What puts a message of the lab's sources into a language."""
    return catalogue_file.translator(lab.folder / f"{language}.po")


def compile_catalogue(source: Source, language: str) -> Path:
    """Write the catalogue that programs read, if it differs from what is there; returns its path."""
    path = source.compiled / f"{language}.mo"
    content = fresh_catalogue(source, language)
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)
    return path


def fresh_catalogue(source: Source, language: str) -> bytes:
    """What a catalogue that programs read holds after a fresh build."""
    more = _filled(Lab(source.name), language) if source.name.startswith("lab") else ()
    return catalogue_file.compiled(source.folder / f"{language}.po", source.said_by_programs, more)


def _filled(lab: Lab, language: str) -> Iterator[tuple[str, str]]:
    """Hints with the lab's parameters in their blanks, as students read them."""
    said = translator(lab, language)
    for path in sorted((lab.folder / "misconceptions").glob("*.py")) if lab.words else ():
        variant = Variant.read(path)
        for text in (variant.hint, *variant.worked):
            if said(text) != text and (put := lab.filled(text, code=False, where=path.stem)) != text:
                yield put, lab.filled(said(text), code=False, where=path.stem, said=said)
