"""A whole transfer in float64, out of lab 5's oracles: what a right run comes close to."""

from __future__ import annotations

import numpy as np
import oracles

#: Runs over which a transfer's losses are averaged: noise is drawn, and no two runs are the same.
DRAWS = 2


class _Adam:
    """Running moments in float64."""

    def __init__(self, lr):
        self.lr, self.moments, self.t = lr, np.zeros(2), 0

    def __call__(self, picture, slope):
        self.t += 1
        fresh = np.stack([slope, slope**2])
        keep = np.array([0.9, 0.999]).reshape(2, *[1] * slope.ndim)
        old = self.moments if self.t > 1 else np.zeros_like(fresh)
        self.moments = keep * old + (1 - keep) * fresh
        mean, square = self.moments / (1 - keep**self.t)
        return picture - self.lr * mean / (np.sqrt(square) + 1e-8)


def trajectory(*, photo, painting, plan, numbers, content_layers, style_layers, steps, alpha, beta, noise, lr, seed=0):
    """Pictures and losses (total, content, style) of a run: the state before each step, then the last picture."""
    rng, follow = np.random.default_rng(seed), _Adam(lr)
    photo, painting = oracles.double(photo, painting)
    wanted, like = oracles.run(photo, plan, numbers), oracles.run(painting, plan, numbers)
    parts = (
        (alpha, content_layers, wanted, oracles.content_loss, oracles.content_loss_backward),
        (beta, style_layers, like, oracles.style_loss, oracles.style_loss_backward),
    )
    picture = rng.uniform(-20, 20, photo.shape) * noise + photo * (1 - noise)
    pictures, losses = [picture], []
    for _ in range(steps):
        seen, diffs, means = oracles.run(picture, plan, numbers), {}, []
        for weight, kind, goal, loss, slope in parts:
            means.append(np.mean([loss(x=seen[name], y=goal[name])["loss"] for name in kind]))
            for name in kind:
                down = weight / len(kind) * slope(x=seen[name], y=goal[name])["bottom_diff"]
                diffs[name] = diffs.get(name, 0.0) + down
        losses.append([alpha * means[0] + beta * means[1], *means])
        picture = follow(picture, oracles.gradient(picture, plan, numbers, diffs, seen))
        pictures.append(picture)
    return np.array(pictures), np.array(losses)


def balance(*, photo, painting, plan, numbers, content_layers, style_layers):
    """The painting's content loss over the photo's style loss: with this beta both kinds count alike."""
    one, other = oracles.run(photo, plan, numbers), oracles.run(painting, plan, numbers)
    content = [oracles.content_loss(x=other[name], y=one[name])["loss"] for name in content_layers]
    style = [oracles.style_loss(x=one[name], y=other[name])["loss"] for name in style_layers]
    return np.mean(content) / np.mean(style)


def transfer(*, steps, photo, **goal):
    """What a right run comes close to, over a few draws of the noise: geometric mean losses, and the mean distance."""
    losses, distances = [], []
    for seed in range(DRAWS):
        pictures, record = trajectory(photo=photo, steps=steps, seed=seed, **goal)
        losses.append(record)
        distances.append(np.sqrt(np.square(pictures[-1] - photo).mean()))
    means = _three_digits(np.exp(np.mean(np.log(losses), axis=0)))
    return {
        "shape of the losses": np.array(means.shape),
        "shape of the image": np.array(photo.shape),
        "losses of the first step": means[0],
        "losses of the last step": means[-1],
        "distance from the photo": _three_digits(np.mean(distances)),
    }


@np.vectorize
def _three_digits(number):
    """More would be another computer's last bits, of which Adam makes much."""
    return float(f"{number:.3g}")
