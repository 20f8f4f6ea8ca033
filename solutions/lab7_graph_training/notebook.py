# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: all
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lab 7: the graph learns
#
# In lab 4 a graph could look, and no more: its weights came from a file, and after a thousand runs they were still the
# file's. Somebody must have found them once. That somebody was a graph, too, and in this lab you build it: variables
# that change, gradients that the graph works out by itself, optimizers, a memory that outlives a power cut, and a window
# through which to watch it learn. TensorFlow 1 was this, and every framework that compiles a training step still has it
# inside. You build it on lab 4's own `Graph`, and in the end a network of your making reads digits.
#
# This lab is an elective: no later lab needs it.

# %% [markdown]
# **How to work.** As before: fill a stub, run it, run the `check(...)` below it. The questions do not depend on
# one another: each is asked with finished parts around it. The pictures do use your answers of earlier sections; one
# that needs a stub that is still empty says which. An answer may use NumPy, Python's standard library, `aics.graph`,
# and whatever else a question names.
#
# **Three sittings.** Sections 1 to 6 build a graph that works out its own gradients: about five hours. Sections 7
# to 11 make networks of it that learn: about three hours. Sections 12 to 18 give it a memory and a window, and take you
# to the finish line: about five hours. Where a sitting ends, a heading says so. To go on another day, run all cells
# above the place where you stopped (*Run > Run All Above Selected Cell*), which takes a minute at most.

# %% given="setup"
from contextlib import contextmanager

import numpy as np

from aics import add_to_class, data, open_lab
from aics.graph import Graph, GraphError, Node, Tensor
from aics.lab7_graph_training import pictures as show
from aics.lab7_graph_training.operators import training_graph
from aics.lab7_graph_training.session import Session, waits_for
from aics.notebook.needs_answers import needs_answers

check = open_lab("lab7_graph_training")

# %% [markdown]
# ## 1. What the graph of lab 4 cannot do
#
# *About 15 minutes, easy.*
#
# Here is the smallest network that can read digits: one layer, no more. Its 784 inputs are the pixels of an image, its
# ten outputs are scores, one for each digit, and a softmax with cross-entropy makes one number of them, the loss. This
# is **softmax regression**. As a graph it has eight nodes:


# %% given="first_digits"
def first_digits(split):
    """MNIST: images as rows (N, 784), float32 from 0 to 1, and labels as one-hot rows (N, 10), float32."""
    pictures, labels = data.mnist(split)
    return pictures.reshape(-1, 784).astype(np.float32) / 255, np.eye(10, dtype=np.float32)[labels]


def first_batches(images, labels, size=100, steps=300):
    """Yield `steps` batches, one after another, from the beginning again where the images come to their end."""
    for step in range(steps):
        first = step * size % len(images)
        yield images[first : first + size], labels[first : first + size]


# %% look="first_graph"
graph = training_graph()
x = graph.placeholder("images", (None, 784))
labels = graph.placeholder("labels", (None, 10))
weight = graph.variable("weight", np.zeros((784, 10), np.float32))
bias = graph.variable("bias", np.zeros(10, np.float32))
logits = graph.apply("BiasAdd", graph.apply("MatMul", x, weight, name="product"), bias, name="logits")
loss = graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels, name="losses"), name="loss")
display(show.graph(graph, devices=False))

# %% [markdown]
# The operators are this lab's own: `training_graph()` returns an empty graph that knows all of them, and
# `help("aics.lab7_graph_training.operators")` lists them. A `Session` runs a graph. *Before you run the cell: 300 batches of
# 100 images go through this graph. What is the loss of the first batch, and of the last?*

# %% look="weights_do_not_move"
session = Session(graph)
train_images, train_labels = first_digits("train")
losses = [session.run(loss, {x: a, labels: b}) for a, b in first_batches(train_images, train_labels)]
print(f"first {losses[0]:.4f}, last {losses[-1]:.4f}; the smallest {min(losses):.4f}, the largest {max(losses):.4f}")

# %% [markdown]
# 2.3026, three hundred times. It is $\ln 10$, the loss of who says of every image: each digit, with probability
# 1/10. The graph has seen 30,000 images and has learnt nothing, for none of its nodes changes a variable. That a
# variable keeps its value from run to run was a promise in lab 4; here it is a prison.
#
# You know what is missing. You wrote it in lab 2: the gradient of the loss with respect to the scores is
# $(p - y)/N$, and from there to weight and bias it is one step of the chain rule. So let us do it by hand, **outside**
# the graph: fetch the probabilities, compute the gradients in NumPy, and load new weights.

# %% look="by_hand"
probabilities = graph.apply("Softmax", logits, name="probabilities")
for a, b in first_batches(train_images, train_labels):
    d_logits = (session.run(probabilities, {x: a}) - b) / len(a)
    weight.node.load(weight.node.value - 0.5 * a.T @ d_logits)
    bias.node.load(bias.node.value - 0.5 * d_logits.sum(axis=0))

test_images, test_labels = first_digits("test")
right = session.run(logits, {x: test_images}).argmax(axis=1) == test_labels.argmax(axis=1)
print(f"{np.mean(right):.1%} of the test images are read right")

# %% [markdown]
# Nine of ten, after a blink. So are we done? Look at the price:
#
# - **You** worked out the gradient, on paper, for this one graph. Put a convolution in between, and you sit down again.
#   A graph knows all of its operators. Should it not be able to do this itself?
# - The step is computed outside. In each step the weights leave the graph and come back; where a card with memory of
#   its own runs it, all of them travel there and back.
# - The rule of the step stands in the middle of the loop. Momentum? Adam? Each has numbers of its own to keep, one
#   for each weight, and they have to live somewhere.
# - A power cut, and all of it is gone.
# - And you saw nothing. Had the loss become `nan` at step 7, you would have learnt of it at step 300.
#
# What a graph needs in order to learn is a way **round**. Blue is what lab 4 had; the dashed boxes are yours.

# %% look="road"
show.road()

# %% [markdown]
# The rest of this lab goes round it once. A graph that can change its own variables can also do it at the wrong moment,
# and so the first thing to get right is the plan: which node runs when, and how often.

# %% [markdown]
# ## 2. Each node once

# %% [markdown]
# ## 3. Variables, and whose they are

# %% [markdown]
# ## 4. Where to begin

# %% [markdown]
# ## 5. The gradient of each operator

# %% [markdown]
# ## 6. Backwards through the graph

# %% [markdown]
# ---
#
# # End of the first sitting
#
# The graph works out its own gradients now, of anything that is built from operators with rules.
#
# **Before you close the notebook.** Save it (Ctrl+S, or Cmd+S). Your answers stay in their cells.
#
# # Second sitting: networks that learn
#
# **Starting here?** Select this cell and choose *Run > Run All Above Selected Cell*. What comes now is what a graph with
# gradients is good for: layers with names, steps, and two inventions without which deep networks hardly learn.

# %% [markdown]
# ## 7. A layer in a scope

# %% [markdown]
# ## 8. Optimizers

# %% [markdown]
# ## 9. Batch normalization

# %% [markdown]
# ## 10. Dropout

# %% [markdown]
# ## 11. A network that reads digits

# %% [markdown]
# ---
#
# # End of the second sitting
#
# A network reads digits, and every part of it that changes a number is yours.
#
# **Before you close the notebook.** Save it. What the network has learnt lives in this kernel and goes with it, which
# is what the third sitting begins with.
#
# # Third sitting: a memory and a window
#
# **Starting here?** Select this cell and choose *Run > Run All Above Selected Cell*.

# %% [markdown]
# ## 12. What outlives the power cut

# %% [markdown]
# ## 13. A window to watch it by

# %% [markdown]
# ## 14. One network, five dialects

# %% [markdown]
# ## 15. The notes are wrong

# %% [markdown]
# ## 16. Bonus: a network that remembers

# %% [markdown]
# ## 17. In writing

# %% [markdown]
# ## 18. Take it with you
#
# *About 5 minutes, easy.*
#
# The finish line: what is right, what is still open, and what to hand in. It also leaves a receipt beside this
# notebook: the time, the points and a hash of your answers. In a terminal, `aics check` says the same after a restart
# in a fresh kernel, and `aics pack` makes one file to hand in. `aics log on` keeps a history of your checks on your own
# computer: time, question, verdict, recognised mistake and speed, never your code. Nothing is ever sent.

# %% look="overview"
check()

# %% [markdown]
# This cell writes your functions to files of `stu_upload/`: the course's own `MNIST_MLP` of experiment 2.1, and the
# rest of this lab.

# %% look="export"
from aics.notebook.export import export

with needs_answers():
    files = export("lab7_graph_training", globals())
