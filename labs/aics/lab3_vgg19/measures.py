"""Lab 3, VGG19: what is compared, computed from what a student's functions returned."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.ask import Outputs
from aics.check.returned import Returned
from aics.data import matfile
from aics.doubles.networks import kind_of
from aics.lab3_vgg19.asks import PARTS

#: The names of VGG19's 44 layers, in order.
LAYERS = (*matfile.entries(False), "flatten", "fc6", "relu6", "fc7", "relu7", "fc8", "softmax")


def build_model(returned: Returned, **_: object) -> Outputs:
    """Whether each of the 44 layers is of the kind that its name says, and the sizes of those that have some."""
    classes = zip(LAYERS, returned.words("classes of the layers"), strict=False)
    kinds = np.array([word == PARTS[kind_of(name)][0] for name, word in classes])
    found: Outputs = {"layers of the kind that their names say": kinds}
    found |= returned.beside("classes of the layers", "names in order")
    return found | {"these 44 layers in this order, no other": returned.words("names in order") == list(LAYERS)}


def evaluate(returned: Returned, *, pictures: NDArray[Any], **_: object) -> Outputs:
    """Sizes of the batches, how often each picture was seen, and the accuracy."""
    shown = returned.numbers("pictures handed to predict")
    ends = [place for place, number in enumerate(shown) if number == -1]
    return {
        "sizes of the batches": np.diff([-1, *ends]) - 1,
        "times each picture was seen": np.array([shown.count(number) for number in range(len(pictures))]),
        "accuracy": returned["accuracy"],
    }
