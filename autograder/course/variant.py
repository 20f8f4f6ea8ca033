"""Another source for one question's stub: a known mistake, or another right way."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from aics.language import tr
from autograder.course.paths import CourseError


@dataclass(frozen=True)
class Variant:
    """Another source for one question's stub cell: a misconception or an alternative.

    `hint` is the first paragraph of the file's docstring, `worked` those behind it: a ladder, where to look, the idea,
    the line to mend. `slow` marks a misconception with right values (``# slow``).
    """

    question: str
    name: str
    hint: str
    source: str
    slow: bool
    worked: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Variant:
        """Read ``<question>__<name>.py``."""
        question, _, name = path.stem.partition("__")
        source = path.read_text("utf-8")
        tree = ast.parse(source)
        hint = ast.get_docstring(tree)
        if not name or not hint:
            raise CourseError(tr("{file}: name it <question>__<name>.py and begin with a docstring", file=path.name))
        rest = "\n".join(source.splitlines()[tree.body[0].end_lineno :]).strip("\n")
        first, *others = (" ".join(paragraph.split()) for paragraph in hint.split("\n\n"))
        return cls(question, name, first, rest + "\n", rest.lstrip().startswith("# slow"), tuple(filter(None, others)))
