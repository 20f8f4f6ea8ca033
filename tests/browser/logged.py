"""A log for TensorBoard, written by lab 7's own solution: a small network that learns digits in NumPy, and a graph."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from aics import data
from aics.lab7_graph_training.operators import training_graph
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.course import Lab

STEPS, BATCH = 300, 100


@cache
def solution() -> dict[str, Any]:
    """The names of the finished notebook."""
    return dict(run_cells(solution_cells(Lab("lab7_graph_training"))))


def small_graph() -> Any:
    """One layer and its loss, with a step that waits for the loss."""
    graph = training_graph()
    x, labels = graph.placeholder("images", (None, 784)), graph.placeholder("labels", (None, 10))
    with graph.name_scope("fc10"):
        weight = graph.variable("weight", np.zeros((784, 10), np.float32))
        logits = graph.apply("MatMul", x, weight, name="logits")
    with graph.name_scope("loss"):
        loss = graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels, name="each"), name="mean")
    with graph.control_dependencies([loss]):
        graph.apply("NoOp", name="step")
    return graph


def write_log(folder: Path, rate: float = 0.3) -> Path:
    """Train one layer on digits and log its loss, accuracy, gradients and graph; returns the file."""
    rng, log = np.random.default_rng(7), solution()["EventFile"](folder)
    log.graph(small_graph())
    images, digits = data.mnist("train")
    x, labels = images.reshape(len(images), -1).astype(np.float32) / 255, np.eye(10, dtype=np.float32)[digits]
    weight = np.zeros((784, 10), np.float32)
    for step in range(STEPS + 1):
        chosen = rng.integers(0, len(x), BATCH)
        scores = x[chosen] @ weight
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        slope = x[chosen].T @ (shares - labels[chosen]) / BATCH
        if step % 10 == 0:
            log.scalar(step, "curves/loss", -np.log((shares * labels[chosen]).sum(1)).mean())
            log.scalar(step, "curves/accuracy", (scores.argmax(1) == digits[chosen]).mean())
            log.histogram(step, "gradients/fc10/weight", slope)
        weight -= rate * slope
    return Path(log.path)
