"""Lab 5: how each question about the picture and its transfer calls the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and
returns what came back, name by name. It knows no right answer: where a question needs what an earlier
one makes, the case brings it, so that one empty stub does not cost the next question.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from aics.check.ask import Outputs
from aics.doubles.networks import Plan, without_init
from aics.lab5_style_transfer.doubles import CountingDescent, RecordedLoss, RecordedNet
from aics.lab5_style_transfer.network_asks import network_of

# Picture, optimizer, file


def random_image(get_random_img: Callable[..., Any], *, content: np.ndarray, noise: float) -> Outputs:
    """What the picture is made of: shares and likenesses, since every call draws anew."""
    before = content.copy()
    first, second = get_random_img(content, noise), get_random_img(content, noise)
    if np.shape(first) != before.shape or np.shape(second) != before.shape:
        return {"shape": np.array(np.shape(first))}
    centred = before - before.mean()
    share = np.sum(centred * first) / np.sum(centred**2)
    drawn = [(image - (1 - noise) * before) / (noise or 1) for image in (first, second)]
    fifths = np.histogram(drawn[0], np.linspace(-20, 20, 6))[0] / before.size if noise else np.zeros(5)
    return {
        "shape": np.array(np.shape(first)),
        "share of the photo in it": share,
        "noise in each fifth of -20 to 20": fifths,
        "noise beyond -20 to 20": np.mean(np.abs(drawn[0]) > (20.001 if noise else 1e-3)),
        "likeness of the noise in red and in green": _likeness(drawn[0][:, 0], drawn[0][:, 1]),
        "likeness of the noise of two calls": _likeness(*drawn),
        "share of the photo itself that was changed": np.mean(np.abs(content - before) > 1e-3),
    }


def _likeness(a: np.ndarray, b: np.ndarray) -> Any:
    """Correlation from -1 to 1; 0 where one of the two is the same everywhere."""
    a, b = a - a.mean(), b - b.mean()
    scale = np.sqrt(np.sum(a**2) * np.sum(b**2))
    return np.sum(a * b) / scale if scale > 1e-3 else np.float64(0)


def adam(AdamOptimizer: type[Any], *, start: np.ndarray, gradients: np.ndarray, lr: float) -> Outputs:
    """The picture after each of several updates, by two optimizers that take turns."""
    optimizers = [AdamOptimizer(lr, start.shape) for _ in range(2)]
    pictures = [start.copy(), start.copy()]
    rows: tuple[list[np.ndarray], list[np.ndarray]] = ([], [])
    for turn in zip(gradients, gradients[::-1], strict=True):
        for k, grad in enumerate(turn):
            pictures[k] = optimizers[k].update(pictures[k], grad.copy())
            rows[k].append(np.array(pictures[k]))
    return {"pictures": np.array(rows[0]), "pictures of a second optimizer": np.array(rows[1])}


def save_image(VGG19: type[Any], *, patches: np.ndarray, mean: np.ndarray, shape: Sequence[int]) -> Outputs:
    """Size of the file, and its colours in the middle of each patch of 6 x 6 pixels."""
    from PIL import Image

    image = np.repeat(np.repeat(patches, 6, axis=0), 6, axis=1).transpose(2, 0, 1)[None].copy()
    net = without_init(VGG19, image_mean=mean, input_image=image[..., ::-1].copy())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.png"
        net.save_image(image, tuple(shape), str(path))
        with Image.open(path) as file:
            saved = np.asarray(file.convert("RGB"))
    size = np.array(saved.shape[:2])
    rows, columns = (
        (np.arange(count) + 0.5) * side / count for count, side in zip(patches.shape[:2], size, strict=True)
    )
    middles = saved[rows.astype(int)][:, columns.astype(int)]
    return {"height and width of the file": size, "colours of the patches": middles.astype(np.float64)}


# The transfer


def transfer_step(
    transfer_step: Callable[..., Any],
    *,
    image: np.ndarray,
    names: Sequence[str],
    content_names: Sequence[str],
    style_names: Sequence[str],
    features: Any,
    content_targets: np.ndarray,
    style_targets: np.ndarray,
    content_losses: np.ndarray,
    style_losses: np.ndarray,
    content_diffs: np.ndarray,
    style_diffs: np.ndarray,
    probes: np.ndarray,
    patterns: np.ndarray,
    alpha: float,
    beta: float,
    lr: float,
) -> Outputs:
    """The new picture, the three losses, and how often the optimizer was asked."""
    seen = dict(zip(names, features, strict=True))
    goal = SimpleNamespace(net=RecordedNet(image.copy(), names, features, probes, patterns), alpha=alpha, beta=beta)
    goal.content = dict(zip(content_names, content_targets, strict=True))
    goal.style = dict(zip(style_names, style_targets, strict=True))
    goal.content_loss = RecordedLoss([seen[n] for n in content_names], content_targets, content_losses, content_diffs)
    goal.style_loss = RecordedLoss([seen[n] for n in style_names], style_targets, style_losses, style_diffs)
    optimizer = CountingDescent(lr)
    answer = transfer_step(goal, optimizer, image)
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        return {"the pair (image, losses)": answer}
    new, losses = answer
    if not isinstance(losses, np.ndarray):
        losses = np.array([float(loss) for loss in losses])
    return {"image": new, "total, content and style loss": losses, "updates": optimizer.updates}


def transfer(
    transfer: Callable[..., Any],
    VGG19: type[Any],
    FrozenConvolution: type[Any],
    ReLULayer: type[Any],
    MaxPoolingLayer: type[Any],
    *,
    photo: np.ndarray,
    painting: np.ndarray,
    plan: Plan,
    numbers: np.ndarray,
    steps: int,
    **choices: Any,
) -> Outputs:
    """A whole run's losses at its start and end, and how far its picture came: the root mean square to the photo.

    choices : what begin_transfer takes by keyword
    """
    net = network_of(VGG19, FrozenConvolution, ReLULayer, MaxPoolingLayer, plan, numbers)
    answer = transfer(net, photo.copy(), painting.copy(), steps, **choices)
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        return {"the pair (image, losses)": answer}
    image, losses = map(np.asarray, answer)
    found: Outputs = {"shape of the losses": np.array(losses.shape), "shape of the image": np.array(image.shape)}
    if losses.shape != (steps, 3) or image.shape != photo.shape:
        return found
    found |= {"losses of the first step": losses[0], "losses of the last step": losses[-1]}
    return found | {"distance from the photo": np.std(image - photo, mean=0)}
