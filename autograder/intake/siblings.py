"""Imports between the course's files, as they are once one notebook holds a lab's files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from aics.language import listed, tr
from autograder.course.paths import UPLOAD
from autograder.intake.messages import say
from autograder.intake.outline import Import, Outline, Span
from autograder.intake.released_lab import ReleasedLab


def fitted(
    file: str, text: str, outline: Outline, lab: ReleasedLab, called: Mapping[str, str] | None = None
) -> tuple[str, list[str]]:
    """Mend a file's imports of the course's files and switch off its main guards, changing nothing else.

    A file of this lab is in the notebook already, one of an earlier lab is found beside graded code.

    called : the course's file name to the name by which it was handed in, and may be imported
    """
    edits, remarks = [(span, "False") for span in outline.guards], list[str]()
    siblings = _Siblings(_modules(lab.exports), _modules(lab.earlier), called or {})
    for found in outline.imports:
        replacement, said = siblings.replacement(found)
        if replacement is not None:
            edits.append((found.span, replacement))
        remarks += [
            tr("{file}, line {line}: {what}", file=file, line=found.span[0], what=sentence) for sentence in said
        ]
    return _edited(text, edits), remarks


def _modules(files: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    return {_module(file): names for file, names in files.items()}


class _Siblings:
    """The modules of this lab's files and of the earlier labs', with the names in each."""

    def __init__(
        self, own: Mapping[str, Sequence[str]], earlier: Mapping[str, Sequence[str]], called: Mapping[str, str]
    ) -> None:
        self._own = own
        self._earlier = {name: names for name, names in earlier.items() if name not in own}
        self._spelled = {_plain(name): name for name in (*self._own, *self._earlier)}
        self._spelled |= {_plain(_module(name)): _module(file) for file, name in called.items()}

    def replacement(self, found: Import) -> tuple[str | None, list[str]]:
        """Return what stands for an import, None where it stays, and what is to be said of it."""
        if not found.is_from:
            return self._modules(found, [(name, alias) for name, alias in found.names])
        module = self._known(found.module.lstrip("."))
        if module in ("", UPLOAD) or (module == found.module and self._holds(name for name, _ in found.names)):
            inside = [(f"{UPLOAD}.{name}", alias or name) for name, alias in found.names]
            return self._modules(found, inside)
        if module in self._own:
            renamed = [f"{alias} = {name}" for name, alias in found.names if alias and alias != name]
            return "; ".join(renamed) or "pass", []
        return self._of_earlier(found, module) if module in self._earlier else (None, [])

    def _of_earlier(self, found: Import, module: str) -> tuple[str | None, list[str]]:
        known = [(name, alias) for name, alias in found.names if name in ("*", *self._earlier[module])]
        unknown = [name for name, alias in found.names if (name, alias) not in known]
        said = [say("sibling.unknown", module=module, names=listed(unknown))] if unknown else []
        if found.module == f"{UPLOAD}.{module}" and not unknown:
            return None, []
        names = ", ".join(f"{name} as {alias}" if alias else name for name, alias in known)
        new = f"from {UPLOAD}.{module} import {names}" if known else "pass"
        return new, [say("sibling.finished", module=module), *said]

    def _modules(self, found: Import, names: Sequence[tuple[str, str | None]]) -> tuple[str | None, list[str]]:
        """``import layers_1``, ``from stu_upload import layers_1``: modules by name."""
        parts, said = [], list[str]()
        for name, alias in names:
            module = self._known(name)
            if module in self._own:
                held = ", ".join(f"{each}={each}" for each in self._own[module])
                parts.append(f"{alias or _last(name)} = type({module!r}, (), dict({held}))")
            elif module in self._earlier:
                parts.append(f"import {UPLOAD}.{module} as {alias or _last(name)}")
                said += [say("sibling.finished", module=module)] if name != f"{UPLOAD}.{module}" else []
            elif found.is_from:
                return None, []
            else:
                parts.append(f"import {name} as {alias}" if alias else f"import {name}")
        ours = self._holds(self._known(name) for name, _ in names)
        return ("; ".join(parts), said) if ours else (None, [])

    def _known(self, module: str) -> str:
        """A module by the course's name, without the packages that a student put it into.

        ``exp_2.stu_upload.layers_1`` and ``layers1`` are ``layers_1``.
        """
        last = self._spelled.get(_plain(_last(module)), "")
        return last if self._holds([last]) else module.removeprefix(f"{UPLOAD}.")

    def _holds(self, modules: Iterable[str]) -> bool:
        return any(module in self._own or module in self._earlier for module in modules)


def _module(file: str) -> str:
    return file.removesuffix(".py")


def _last(module: str) -> str:
    return module.rpartition(".")[2]


def _plain(module: str) -> str:
    """A module's name, however it is spelled."""
    return module.replace("_", "").casefold()


def _edited(text: str, edits: list[tuple[Span, str]]) -> str:
    """Replace spans of a text, last first; columns count UTF-8 bytes."""
    lines = [line.encode() for line in text.split("\n")]
    for (line, column, end_line, end_column), new in sorted(edits, reverse=True):
        start, end = lines[line - 1][:column], lines[end_line - 1][end_column:]
        lines[line - 1 : end_line] = [start + new.encode() + end]
    return b"\n".join(lines).decode()
