"""Layers made from a plan, and networks for which no file is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from aics.doubles.rows import cut

#: How the names of a network's layers begin.
KINDS = ("conv", "relu", "pool", "flatten", "fc", "softmax")

#: Rows of [name, size, ...]: a layer's name and what its class takes.
Plan = Sequence[Sequence[Any]]


def kind_of(name: str) -> str:
    """The kind of layer that a name says.

    >>> kind_of("conv3_2")
    'conv'
    """
    return next(kind for kind in KINDS if name.startswith(kind))


def without_init(owner: Any, **attributes: object) -> Any:
    """Make an instance of a class with these attributes only: its __init__, which may read a file, is not run."""
    instance = owner.__new__(owner)
    for name, value in attributes.items():
        setattr(instance, name, value)
    return instance


def layers_of(
    classes: Mapping[str, Callable[..., Any]], plan: Plan, numbers: NDArray[Any] | None = None
) -> dict[str, Any]:
    """Make the layers of a plan, by name.

    Parameters
    ----------
    classes : dict of str to class
        The class for each of `KINDS` that the plan names.
    plan : sequence of [name, size, ...]
        The layers in the network's order, with the sizes that their classes take.
    numbers : (M,) array, optional
        Weight and bias of every layer that learns, one after another in the layouts that ``load_param`` takes.
        Without them the layers have no weights yet.
    """
    layers = {name: classes[kind_of(name)](*sizes) for name, *sizes in plan}
    if numbers is None:
        return layers
    learning = {name: sizes for name, *sizes in plan if kind_of(name) in ("conv", "fc")}
    params = cut([row for name, sizes in learning.items() for row in _shapes(name, sizes)], numbers)
    for name in learning:
        layers[name].load_param(params[f"{name}/weight"], params[f"{name}/bias"])
    return layers


def _shapes(name: str, sizes: Sequence[int]) -> list[tuple[str, Sequence[int]]]:
    """Shapes of a layer's weight and bias, from its sizes."""
    if kind_of(name) == "fc":
        return [(f"{name}/weight", sizes), (f"{name}/bias", (1, sizes[1]))]
    kernel_size, channel_in, channel_out = sizes[:3]
    return [(f"{name}/weight", (channel_in, kernel_size, kernel_size, channel_out)), (f"{name}/bias", (channel_out,))]
