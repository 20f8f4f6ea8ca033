"""What an operator is, apart from any machine: its names, its attributes, the shapes it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from aics.graph.errors import GraphError

#: A shape: a size for each axis, None where it is not known before the graph runs (the batch).
Shape = tuple[int | None, ...]


class _Required:
    """The default of an attribute that has none."""

    def __repr__(self) -> str:
        return "REQUIRED"


#: Stands where an attribute has no default: whoever uses the operator must say a value.
REQUIRED = _Required()


@dataclass(frozen=True, kw_only=True)
class OpDef:
    """The definition of an operator; nothing in it computes.

    Parameters
    ----------
    name : str
        Such as ``Conv``.
    inputs, outputs : tuple of str
        A name for each tensor that goes in and comes out, in order.
    attributes : mapping of str to object
        Name of each attribute to its default; `REQUIRED` where there is none.
    shape_function : callable
        ``shape_function(shapes, attributes)`` -> the shape of each output; `shapes` holds one shape for
        each input. Raises GraphError where they do not fit.
    """

    name: str
    inputs: tuple[str, ...] = ()
    attributes: Mapping[str, object] = field(default_factory=dict)
    outputs: tuple[str, ...]
    shape_function: Callable[[Sequence[Shape], Mapping[str, object]], Sequence[Shape]]

    def filled(self, given: Mapping[str, object]) -> dict[str, object]:
        """Every attribute with its value: the given one, else the default. Raises GraphError."""
        unknown = [name for name in given if name not in self.attributes]
        if unknown:
            known = ", ".join(self.attributes) or "none"
            raise GraphError(f"{self.name} has no attribute {', '.join(unknown)}; it has: {known}.")
        values = {**self.attributes, **given}
        missing = [name for name, value in values.items() if value is REQUIRED]
        if missing:
            raise GraphError(f"{self.name} needs a value for {', '.join(missing)}.")
        return values


class Operators:
    """All operators that graphs may use, by name; each name once."""

    def __init__(self) -> None:
        self._definitions: dict[str, OpDef] = {}

    def add(self, definition: OpDef) -> OpDef:
        """Take a definition in, and return it. Raises GraphError for a name that is taken."""
        if definition.name in self._definitions:
            raise GraphError(f"There is an operator {definition.name} already.")
        self._definitions[definition.name] = definition
        return definition

    def __getitem__(self, name: str) -> OpDef:
        """The definition; GraphError, with all names that there are, for an unknown one."""
        if name not in self._definitions:
            known = ", ".join(self._definitions) or "none yet"
            raise GraphError(f"There is no operator {name}. There are: {known}.")
        return self._definitions[name]

    def __iter__(self) -> Iterator[OpDef]:
        return iter(self._definitions.values())
