"""Lab 5: what is compared, computed from what a student's functions returned and from what the doubles noted."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.ask import Outputs
from aics.check.returned import AFTER, Returned
from aics.doubles.changes import OVERWRITTEN, overwritten

# Losses


def content_loss(returned: Returned, *, x: NDArray[Any], y: NDArray[Any]) -> Outputs:
    """The loss, and how many entries of the features were changed."""
    return returned.beside() | {OVERWRITTEN: overwritten(returned, x=x, y=y)}


def content_loss_backward(returned: Returned, *, x: NDArray[Any], y: NDArray[Any]) -> Outputs:
    """The gradient, and how many entries of the features were changed."""
    return returned.beside() | {OVERWRITTEN: overwritten(returned, x=x, y=y)}


# The network


def vgg_forward_layers(returned: Returned, **_: object) -> Outputs:
    """The features, how many came back, and how many layers ran for them."""
    noted = ("names in the dict", "layers that ran")
    return returned.beside(*noted) | {name: len(returned.words(name)) for name in noted}


def vgg_backward_from(returned: Returned, **_: object) -> Outputs:
    """The gradients, and how many layers have a d_weight."""
    name = "layers that computed d_weight"
    return returned.beside(name) | {name: len(returned.words(name))}


# The picture


def random_image(returned: Returned, *, content: NDArray[Any], noise: float) -> Outputs:
    """What the picture is made of: fractions and correlations, since every call draws anew."""
    first = returned["picture"]
    if first.shape != content.shape:
        return {"shape": np.array(first.shape)}
    pictures = [returned.shaped(name, *content.shape) for name in ("picture", "second picture")]
    drawn = [(picture - (1 - noise) * content) / (noise or 1) for picture in pictures]
    centred = content - content.mean()
    return {
        "shape": np.array(first.shape),
        "fraction of the photo in it": np.sum(centred * pictures[0]) / np.sum(centred**2),
        "noise in each fifth of -20 to 20": _fifths(drawn[0]) if noise else np.zeros(5),
        "noise beyond -20 to 20": np.mean(~(np.abs(drawn[0]) <= (20.001 if noise else 1e-3))),
        "noise of a few values only": _few_values(drawn[0]) and noise > 0,
        "likeness of the noise in red and in green": _likeness(drawn[0][:, 0], drawn[0][:, 1]),
        "likeness of the noise of two calls": _likeness(*drawn),
        "fraction of the photo itself that was changed": _changed(returned, content),
    }


def _fifths(drawn: NDArray[Any]) -> NDArray[Any]:
    """The fraction of the values in each fifth of -20 to 20."""
    return np.histogram(drawn, np.linspace(-20, 20, 6))[0] / drawn.size


def _few_values(drawn: NDArray[Any]) -> bool:
    """Whether most values, read to a thousandth, come again elsewhere: integers, or steps of a hundredth."""
    return np.unique(np.round(drawn, 3)).size < 0.3 * drawn.size


def _likeness(a: NDArray[Any], b: NDArray[Any]) -> Any:
    """Correlation from -1 to 1; 0 where one of the two is the same everywhere."""
    a, b = a - a.mean(), b - b.mean()
    scale = np.sqrt(np.sum(a**2) * np.sum(b**2))
    return np.sum(a * b) / scale if scale > 1e-3 else np.float64(0)


def _changed(returned: Returned, content: NDArray[Any]) -> Any:
    """The fraction of the photo's entries that are no longer what they were."""
    after = returned.shaped(f"content{AFTER}", *content.shape)
    return np.mean(~(np.abs(after - content) <= 1e-3))


def save_image(returned: Returned, *, patches: NDArray[Any], **_: object) -> Outputs:
    """Size of the file, and its colours in the middle of each patch."""
    pixels = returned.shaped("pixels of the file", -1, -1, 3)
    size = np.array(pixels.shape[:2])
    rows, columns = (
        (np.arange(count) + 0.5) * side / count for count, side in zip(patches.shape[:2], size, strict=True)
    )
    middles = pixels[rows.astype(int)][:, columns.astype(int)]
    return {"height and width of the file": size, "colours of the patches": middles.astype(np.float64)}


# The transfer


def transfer_step(returned: Returned, **_: object) -> Outputs:
    """The new picture, the three losses, and how often the optimizer was asked."""
    return returned.beside("updates") | {"updates": len(returned.words("updates"))}


def transfer(returned: Returned, *, photo: NDArray[Any], steps: int, **_: object) -> Outputs:
    """A run's losses at its start and end, and how far its picture came: the root mean square to the photo."""
    image, losses = returned["image"], returned["losses"]
    found: Outputs = {"shape of the losses": np.array(losses.shape), "shape of the image": np.array(image.shape)}
    if losses.shape != (steps, 3) or image.shape != photo.shape:
        return found
    found |= {"losses of the first step": losses[0], "losses of the last step": losses[-1]}
    return found | {"distance from the photo": np.std(image - photo, mean=0)}
