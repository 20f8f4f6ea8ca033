"""Arguments that are said once for many layers, as TF-Slim does.

layer = with_scopes(full_layer)
with arg_scope([layer], activation="relu"):
    hidden = layer(store, x, 300, name="fc1")                       # relu
    logits = layer(store, hidden, 10, activation=None, name="fc2")  # what the call says goes first
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any

Layer = Callable[..., Any]
#: The open scopes, the outermost first: layer -> its arguments there.
_OPEN: list[dict[Layer, dict[str, Any]]] = []


def with_scopes(layer: Layer) -> Layer:
    """Return the layer as one that takes arguments from the scopes around its call."""

    @wraps(layer)
    def called(*arguments: Any, **named: Any) -> Any:
        said: dict[str, Any] = {}
        for scope in _OPEN:
            said |= scope.get(called, {})
        return layer(*arguments, **(said | named))

    return called


@contextmanager
def arg_scope(layers: Sequence[Layer], **arguments: Any) -> Iterator[None]:
    """Give these arguments to all calls of these layers in the with block; the innermost block decides."""
    _OPEN.append(dict.fromkeys(layers, arguments))
    try:
        yield
    finally:
        _OPEN.pop()
