"""Whose words stand in which catalogue: the engine's, the autograder's, and each lab's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.authoring.assistants import blocks
from autograder.authoring.source import source_cells
from autograder.authoring.translate import help, notebook_words
from autograder.authoring.translate.marked import marked, marked_in_template
from autograder.authoring.translate.message import Message
from autograder.course import LABS, ROOT, Lab, labs
from autograder.course.variant import Variant

AICS = LABS / "aics"
AUTOGRADER = ROOT / "autograder"


@dataclass(frozen=True)
class Source:
    """One catalogue's sources.

    Attributes
    ----------
    name : str
        ``aics``, ``autograder`` or a lab's name.
    folder : Path
        Where its ``<language>.po`` lies.
    compiled : Path
        Where its ``<language>.mo`` lies, which programs read.
    """

    name: str
    folder: Path
    compiled: Path

    @cached_property
    def messages(self) -> list[Message]:
        """Every message, in the order in which a translator best reads them."""
        return [message for message in self._messages() if message.text.strip()]

    def said_by_programs(self, where: str) -> bool:
        """Whether a message that stands there is looked up by programs; a notebook's words are only built in."""
        return not where.startswith("notebook.py")

    def _messages(self) -> Iterator[Message]:
        if self.name == "aics":
            yield from _of_folder(AICS, _of_engine)
        elif self.name == "autograder":
            from autograder.attacks import attempts

            yield from _of_folder(AUTOGRADER)
            yield from (Message(e.purpose, f"autograder/attacks/{e.guard}/{e.name}.py") for e in attempts().values())
            yield from help.messages()
            yield from (Message(block, "autograder/authoring/assistants.md") for block in blocks())
        else:
            yield from _of_lab(Lab(self.name))


def sources(names: list[str] | tuple[str, ...] = ()) -> list[Source]:
    """The named catalogues, or all; CourseError of `labs` where there is none of a name."""
    engine = [Source("aics", AICS / "language", AICS / "language")]
    engine += [Source("autograder", AUTOGRADER / "authoring" / "translate", AUTOGRADER / "authoring" / "translate")]
    chosen = [source for source in engine if not names or source.name in names]
    rest = [name for name in names if name not in {source.name for source in engine}]
    return chosen + [source_of(lab) for lab in (labs(rest) if rest or not names else [])]


def source_of(lab: Lab) -> Source:
    """The catalogue of one lab."""
    return Source(lab.name, lab.folder, lab.public)


def _of_lab(lab: Lab) -> Iterator[Message]:
    yield from notebook_words.messages(source_cells(lab))
    for path in sorted((lab.folder / "misconceptions").glob("*.py")):
        variant = Variant.read(path)
        for text in (variant.hint, *variant.worked):
            yield Message(text, f"misconceptions/{path.stem}")
    for question in lab.questions.values():
        where = f"questions.py:{question.name}"
        for output in question.outputs:
            names = [output.name] if " " in output.name and "*" not in output.name else []
            yield from (Message(text, f"{where}:{output.name}") for text in (*names, output.reads) if text)
        if question.speed and question.speed.advice:
            yield Message(question.speed.advice, where)
    yield from _of_folder(lab.public)
    yield from _of_folder(lab.folder, lambda path: path.parent == lab.folder and path.name != "notebook.py")


def _of_engine(path: Path) -> bool:
    """Whether a file of aics is in no lab's room."""
    return not (AICS / path.relative_to(AICS).parts[0] / "asks.py").exists()


def _anything(_path: Path) -> bool:
    return True


def _of_folder(folder: Path, has: Callable[[Path], bool] = _anything) -> Iterator[Message]:
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".py" and has(path):
            yield from marked(path, path.relative_to(ROOT).as_posix())
        elif path.suffix in (".j2", ".html", ".tpl") and has(path):
            yield from marked_in_template(path, path.relative_to(ROOT).as_posix())
