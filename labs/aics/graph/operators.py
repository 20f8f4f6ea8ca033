"""What an operator is, whatever machine runs it: its name, inputs, outputs, attributes and shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aics.graph.errors import GraphError
from aics.language import tr

#: A shape: a size for each axis, None where it is not known before the graph runs (the batch).
Shape = tuple[int | None, ...]
#: The dtype of a tensor of which nothing else is said.
FLOAT = "float32"
#: An operator's attributes by name. Which type each of them has is up to the operator.
Attributes = Mapping[str, Any]


class _Required:
    """The type of `REQUIRED`."""

    def __repr__(self) -> str:
        return "REQUIRED"


#: In place of a default: who uses the operator must give a value for this attribute.
REQUIRED = _Required()


@dataclass(frozen=True, kw_only=True)
class OpDef:
    """The definition of an operator. How it is computed is not part of it.

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
    dtype_function : callable
        ``dtype_function(dtypes, attributes)`` -> the dtype of each output, such as ``float32``; `dtypes` holds one for
        each input. Raises GraphError where they do not fit. Without one, outputs have the first input's.
    """

    name: str
    inputs: tuple[str, ...] = ()
    attributes: Attributes = field(default_factory=dict)
    outputs: tuple[str, ...]
    shape_function: Callable[[Sequence[Shape], Attributes], Sequence[Shape]]
    dtype_function: Callable[[Sequence[str], Attributes], Sequence[str]] | None = None

    def dtypes(self, inputs: Sequence[str], attributes: Attributes) -> Sequence[str]:
        """Return the dtype of each output; `inputs` holds the inputs' dtypes."""
        if self.dtype_function:
            return self.dtype_function(inputs, attributes)
        return [inputs[0] if inputs else FLOAT] * len(self.outputs)

    def filled(self, given: Attributes) -> dict[str, Any]:
        """Return the value of every attribute: the given one, else the default.

        Raises GraphError for an unknown attribute, or a required one that is not given.
        """
        unknown = [name for name in given if name not in self.attributes]
        if unknown:
            said = {"unknown": ", ".join(unknown), "known": ", ".join(self.attributes) or tr("none")}
            raise GraphError(tr("{operator} has no attribute {unknown}; it has: {known}.", operator=self.name, **said))
        values = {**self.attributes, **given}
        missing = [name for name, value in values.items() if value is REQUIRED]
        if missing:
            said = {"operator": self.name, "missing": ", ".join(missing)}
            raise GraphError(tr("{operator} needs a value for {missing}.", **said))
        return values


class Operators:
    """The operators that graphs may use, by name."""

    def __init__(self) -> None:
        self._definitions: dict[str, OpDef] = {}

    def add(self, definition: OpDef) -> OpDef:
        """Add a definition, and return it. Raises GraphError if there is an operator of that name."""
        if definition.name in self._definitions:
            raise GraphError(tr("There is an operator {operator} already.", operator=definition.name))
        self._definitions[definition.name] = definition
        return definition

    def __getitem__(self, name: str) -> OpDef:
        """Return the definition of that name. Raises GraphError, which lists all names, if there is none."""
        if name not in self._definitions:
            known = ", ".join(self._definitions) or tr("none yet")
            raise GraphError(tr("There is no operator {operator}. There are: {known}.", operator=name, known=known))
        return self._definitions[name]

    def __iter__(self) -> Iterator[OpDef]:
        return iter(self._definitions.values())
