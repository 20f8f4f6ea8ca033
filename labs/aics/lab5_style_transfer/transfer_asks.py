"""Lab 5: how each question about the picture and its transfer calls the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and
returns what came back, name by name. It knows no right answer, and computes nothing of what came back:
what is counted and compared is in `aics.lab5_style_transfer.measures`. Where a question needs what an
earlier one makes, the case brings it, so that one empty stub does not cost the next question.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from aics.check.ask import Outputs
from aics.check.returned import left, spelled
from aics.doubles.networks import Plan, without_init
from aics.lab5_style_transfer.doubles import NotingDescent, RecordedLoss, RecordedNet
from aics.lab5_style_transfer.network_asks import network_of

# Picture, optimizer, file


def random_image(get_random_img: Callable[..., Any], *, content: np.ndarray, noise: float) -> Outputs:
    """The pictures of two calls, and the photo as it is afterwards."""
    found = {"picture": get_random_img(content, noise), "second picture": get_random_img(content, noise)}
    return found | left(content=content)


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
    """The file's pixels; each patch of the picture has 6 x 6."""
    from PIL import Image

    image = np.repeat(np.repeat(patches, 6, axis=0), 6, axis=1).transpose(2, 0, 1)[None].copy()
    net = without_init(VGG19, image_mean=mean, input_image=image[..., ::-1].copy())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.png"
        net.save_image(image, tuple(shape), str(path))
        with Image.open(path) as file:
            return {"pixels of the file": np.asarray(file.convert("RGB"))}


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
    counted: Callable[..., np.ndarray] | None = None,
) -> Outputs:
    """The new picture, the three losses, and the updates that the optimizer was asked for.

    With `counted` it is the grader who computes these.
    """
    seen = dict(zip(names, features, strict=True))
    goal = SimpleNamespace(net=RecordedNet(image.copy(), names, features, probes, patterns), alpha=alpha, beta=beta)
    goal.content = dict(zip(content_names, content_targets, strict=True))
    goal.style = dict(zip(style_names, style_targets, strict=True))
    goal.content_loss = RecordedLoss([seen[n] for n in content_names], content_targets, content_losses, content_diffs)
    goal.style_loss = RecordedLoss([seen[n] for n in style_names], style_targets, style_losses, style_diffs)
    optimizer = NotingDescent(lr, counted)
    answer = transfer_step(goal, optimizer, image)
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        return {"the pair (image, losses)": answer}
    new, losses = answer
    if not isinstance(losses, np.ndarray):
        losses = np.array([float(loss) for loss in losses])
    return {"image": new, "total, content and style loss": losses, "updates": spelled(optimizer.updated)}


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
    """The picture and the losses of a whole run.

    choices : what begin_transfer takes by keyword
    """
    net = network_of(VGG19, FrozenConvolution, ReLULayer, MaxPoolingLayer, plan, numbers)
    answer = transfer(net, photo.copy(), painting.copy(), steps, **choices)
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        return {"the pair (image, losses)": answer}
    return dict(zip(("image", "losses"), map(np.asarray, answer), strict=True))
