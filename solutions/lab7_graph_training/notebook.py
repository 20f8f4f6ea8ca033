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
# In lab 4 a graph could look, and no more: its weights came from a file. Here it gets variables that change, gradients
# that it works out by itself, optimizers, a memory that outlives the power cut, and a window through which to watch it
# learn. That is what TensorFlow 1 was, and what is still inside every framework that compiles a training step. You
# build it on lab 4's own `Graph`, and at the end of an afternoon a network of your making learns to read digits.

# %% [markdown]
# **How to work.** As before: fill a stub, run it, run the `check(...)` below it. The questions do not depend on
# one another. An answer may use NumPy, Python's standard library, `aics.graph`, and whatever else a question names.

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
# ## 7. A layer in a scope

# %% [markdown]
# ## 8. Optimizers

# %% [markdown]
# ## 9. Batch normalization
#
# *About 50 minutes, hard.*
#
# Take five layers of a hundred sigmoids and train them on digits. After 300 steps they guess: one digit in ten is
# right. Now put one more operator into each layer, which adds nothing that the network could not say before, and
# train again: nine in ten. What does that operator do?
#
# The trouble is in the slope of the sigmoid. It is 1/4 at best, where its input is near 0, and next to nothing where
# the input is large. A gradient that goes down through five of them is multiplied by five such numbers, and what
# arrives at the first layer is too small to move anything. And as the lower layers learn, the inputs of the upper ones
# shift, so that nobody can count on staying where the slope is good.
#
# The remedy (Ioffe and Szegedy, 2015) is blunt: **measure** where each channel lies over the batch, and move it to mean
# 0 and deviation 1. Then let the network choose another mean and deviation if it likes, by two parameters $\gamma$ and
# $\beta$ of each channel, which learn like all others:
#
# $$\mu = \frac1M\sum_i x_i \qquad v = \frac1M\sum_i (x_i-\mu)^2 \qquad
# \hat x_i = \frac{x_i-\mu}{\sqrt{v+\varepsilon}} \qquad y_i = \gamma\,\hat x_i+\beta$$
#
# The sum is over everything that is **one channel**: a column of a matrix (N, C); all examples, rows and columns of a
# feature map in an array (N, C, H, W). Same colour, same mean:

# %% look="batch_norm_channels"
show.batch_norm_channels()

# %% [markdown]
# **At use.** A trained network has to read single digits, and the mean of a single digit is no statistic. Besides,
# nobody wants an answer that depends on who else is in the batch. So while it trains, each layer keeps *moving averages*
# of both statistics, and uses these once `is_training` is False:
#
# $$\text{moving} \leftarrow m\cdot\text{moving} + (1-m)\cdot\text{batch}$$
#
# with `momentum` $m$. The moving mean starts at 0, the moving variance at 1. The variance that goes into it is the $v$
# above, divided by $M$ (as TensorFlow 1's `batch_normalization` did; PyTorch averages the one that is divided by $M-1$).
# They are variables, but no optimizer may touch them. Each update is an `Assign` node, and goes into `store.updates`,
# which a training step runs beside its own assignments. At use, the same nodes may run and must **change nothing**.
#
# One graph, two modes, and a `bool` that is fed: `Select` takes the statistics of one or those of the other.
#
# **The way back.** Here is why this question counts ten points. $y_i$ depends on $x_i$ in three ways: directly, through
# $\mu$, and through $v$. With $d\hat x_i = \gamma\,dy_i$, the three of them add up to
#
# $$dx_i = \frac{d\hat x_i}{\sqrt{v+\varepsilon}} + \frac{\partial \ell}{\partial v}\cdot\frac{2(x_i-\mu)}{M}
# + \frac{\partial \ell}{\partial\mu}\cdot\frac1M$$
#
# $$\frac{\partial \ell}{\partial v} = -\frac12\,(v+\varepsilon)^{-3/2}\sum_j d\hat x_j\,(x_j-\mu) \qquad
# \frac{\partial \ell}{\partial\mu} = -\frac1{\sqrt{v+\varepsilon}}\sum_j d\hat x_j$$
#
# and for the parameters, $d\gamma=\sum_j dy_j\,\hat x_j$ and $d\beta=\sum_j dy_j$. Put the two sums into the first line
# before you write it as nodes: it becomes short, and only means over a channel are left, so that $M$ need not be known
# before the graph runs. (A check for your algebra: the entries of $dx$ in a channel add up to 0. Why must they?)
#
# No rule of section 5 knows this, and following all the nodes one by one would be slow. So the operator `WithGradient`
# lets a layer say its own: `graph.apply("WithGradient", y, a, b, c, rule=rule)` gives `y` as it is, and on the way back
# `rule(graph, dy)` returns one gradient each for `a`, `b` and `c`. Only training needs a way back, not use.
#
# Operators that you may want: `ChannelMean`, `ChannelSum` (one number a channel); `PerChannel` (spreads them again),
# `BiasAdd`; `Square`, `Sqrt`, `Reciprocal`; `Scale` and `Shift` by a number; `Select`, `Assign`. The two functions
# below save some typing.


# %% given="channelwise"
def channelwise(graph, operator, x, values):
    """Combine x with one number a channel; operator is "Add", "Sub", "Mul" or "Div".

    x : (N, C) or (N, C, H, W), values : (C,)  ->  x's shape
    """
    return graph.apply(operator, x, graph.apply("PerChannel", values, x))


def filled_with(value):
    """Return an initializer: an array of the wanted shape, full of `value`."""
    return lambda shape: np.full(shape, value, np.float32)


# %% code="batch_norm"
def batch_norm(store, x, is_training, momentum=0.9, epsilon=1e-5, name="bn"):
    """Normalize each channel, by the batch's statistics or by the moving averages.

    store : VariableStore; in the scope `name` it gets gamma (1) and beta (0), which are trainable, and moving_mean (0)
        and moving_variance (1), which are not; the nodes that update those two are added to store.updates
    x : tensor (N, C) or (N, C, H, W); is_training : bool tensor ()  ->  y : tensor of x's shape
    """
    ### BEGIN SOLUTION
    graph, channels = store.graph, x.shape[1:2]
    with store.variable_scope(name):
        gamma = store.get_variable("gamma", channels, filled_with(1))
        beta = store.get_variable("beta", channels, filled_with(0))
        moving_mean = store.get_variable("moving_mean", channels, filled_with(0), trainable=False)
        moving_variance = store.get_variable("moving_variance", channels, filled_with(1), trainable=False)
        used = []
        for moving, batch in zip((moving_mean, moving_variance), moments(graph, x), strict=True):
            old, new = graph.apply("Scale", moving, by=momentum), graph.apply("Scale", batch, by=1 - momentum)
            after = graph.apply("Select", is_training, graph.apply("Add", old, new), moving)
            store.updates.append(graph.apply("Assign", after, variable=moving))
            used.append(graph.apply("Select", is_training, batch, moving))
        x_hat = standardized(graph, x, *used, epsilon)
        y = graph.apply("BiasAdd", channelwise(graph, "Mul", x_hat, gamma), beta)

        def rule(graph, dy):
            return batch_norm_gradient(graph, x, gamma, dy, epsilon)

        return graph.apply("WithGradient", y, x, gamma, beta, rule=rule)
    ### END SOLUTION
    raise NotImplementedError("lab 7, batch_norm: return y, a WithGradient of x, gamma and beta")


def batch_norm_gradient(graph, x, gamma, dy, epsilon):
    """Add the nodes of the way back, for training.

    x, dy : tensors (N, C) or (N, C, H, W), gamma : tensor (C,)  ->  dx (x's shape), dgamma (C,), dbeta (C,)
    """
    ### BEGIN SOLUTION
    mean, variance = moments(graph, x)
    x_hat = standardized(graph, x, mean, variance, epsilon)
    product = graph.apply("Mul", dy, x_hat)
    through_mean = graph.apply("ChannelMean", dy)
    through_variance = channelwise(graph, "Mul", x_hat, graph.apply("ChannelMean", product))
    left = graph.apply("Sub", channelwise(graph, "Sub", dy, through_mean), through_variance)
    slope = graph.apply("Mul", gamma, reciprocal_deviation(graph, variance, epsilon))
    dx = channelwise(graph, "Mul", left, slope)
    return dx, graph.apply("ChannelSum", product), graph.apply("ChannelSum", dy)


def moments(graph, x):
    """Mean and variance of each channel, (C,) and (C,)."""
    mean = graph.apply("ChannelMean", x)
    return mean, graph.apply("ChannelMean", graph.apply("Square", channelwise(graph, "Sub", x, mean)))


def reciprocal_deviation(graph, variance, epsilon):
    """(C,) -> 1 / sqrt(variance + epsilon)."""
    return graph.apply("Reciprocal", graph.apply("Sqrt", graph.apply("Shift", variance, by=epsilon)))


def standardized(graph, x, mean, variance, epsilon):
    """x, moved and scaled by these statistics."""
    centred = channelwise(graph, "Sub", x, mean)
    return channelwise(graph, "Mul", centred, reciprocal_deviation(graph, variance, epsilon))
    ### END SOLUTION
    raise NotImplementedError("lab 7, batch_norm: return dx, dgamma, dbeta")


# %% check="batch_norm"
check("batch_norm")

# %% [markdown]
# Now the race. Two networks of five hidden layers, a hundred sigmoids each, the same first weights, the same batches, the
# same gradient descent; one of them has your `batch_norm` between product and sigmoid. Everything is yours: the walk, the
# variables, the layers, the gradients, the steps. Each bar is the length of the gradient of one layer's weights, on a
# logarithmic scale, averaged over the last ten steps.
#
# *Before you look: how much smaller will the first layer's gradient be without normalization? A fifth for each layer on
# the way, or more?*

# %% look="gradients_by_layer"
DEPTH, WIDTH, RATE, STEPS = 5, 100, 0.5, 300


def sigmoid_stack(normalized, seed=0):
    """Five layers of sigmoids on digits -> names of what to fetch and feed -> their tensors."""
    graph, rng = training_graph(), np.random.default_rng(seed)
    store = VariableStore(graph)
    x, labels = graph.placeholder("x", (None, 784)), graph.placeholder("labels", (None, 10))
    is_training, hidden = graph.placeholder("is_training", (), "bool"), x
    for number in range(1, DEPTH + 1):
        hidden = full_layer(store, hidden, WIDTH, name=f"fc{number}", initializer=lambda shape: xavier(shape, rng))
        if normalized:
            hidden = batch_norm(store, hidden, is_training, name=f"bn{number}")
        hidden = graph.apply("Sigmoid", hidden)
    logits = full_layer(store, hidden, 10, name="out", initializer=lambda shape: xavier(shape, rng))
    loss = graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels))
    layers = [*(f"fc{number}" for number in range(1, DEPTH + 1)), "out"]
    slopes = gradients(graph, loss, [store.variables[f"{layer}/weight"] for layer in layers])
    step = GradientDescent(store, RATE).minimize(loss)
    return graph, {"x": x, "labels": labels, "is_training": is_training}, slopes, step, logits, layers


class StackRun:
    """The training of one of the two networks."""

    def __init__(self, normalized):
        """Build its graph; nothing is trained yet."""
        self.graph, self.feeds, self.slopes, self.step, self.logits, self.layers = sigmoid_stack(normalized)
        self.session, self.rng, self.lengths = Session(self.graph, walk), np.random.default_rng(1), []
        pictures, labels = data.mnist("train")
        self.rows, self.labels = pictures.reshape(len(pictures), -1) / np.float32(255), labels
        tests, self.right = data.mnist("test")
        self.tests = tests.reshape(len(tests), -1) / np.float32(255)

    def advance(self, steps=10):
        """Train some steps -> the mean length of each layer's gradient."""
        for _ in range(steps):
            batch = self.rng.integers(0, len(self.rows), 64)
            fed = {
                "x": self.rows[batch],
                "labels": np.eye(10, dtype=np.float32)[self.labels[batch]],
                "is_training": True,
            }
            values = self.session.run([*self.slopes, self.step], {self.feeds[name]: fed[name] for name in fed})
            self.lengths.append([float(np.linalg.norm(value)) for value in values[:-1]])
        return np.mean(self.lengths[-steps:], axis=0)

    def accuracy(self):
        """The share of 2,000 test digits that are read rightly, with the moving averages."""
        fed = {self.feeds["x"]: self.tests, self.feeds["is_training"]: False}
        return float(np.mean(self.session.run(self.logits, fed).argmax(1) == self.right))


with needs_answers():
    stacks = {"without": StackRun(False), "with batch_norm": StackRun(True)}
    show.watch_gradients(stacks, steps=STEPS)

# %% [markdown]
# Each sigmoid takes its share, and the first layer, which sees the digits, is left with next to nothing. A larger
# learning rate is no way out: what would suit the first layer throws the last one about, whose gradient is hundreds of
# times as long. Try `RATE = 2`. And `DEPTH = 3`? Then the plain network learns after all, only much more slowly.

# %% [markdown]
# ## 10. Dropout

# %% [markdown]
# ## 11. A network that reads digits

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
#
# *About 45 minutes, hard.*
#
# All our networks saw a digit at once. Now one is to read it like a line of text, row by row from the top, 28 numbers at
# a time, and say at the end what it was. For that it needs a memory, and the memory needs the same care as a deep stack:
# 28 rows are 28 layers, and a gradient that is multiplied 28 times is gone.
#
# The *long short-term memory* (Hochreiter and Schmidhuber, 1997) keeps a **cell** $c$ that is not multiplied by a matrix
# at each step, but only by a gate: a number between 0 and 1 for each unit. If the gate stays open, the cell keeps
# what it holds, and its gradient comes back unharmed, however long ago it was.

# %% look="lstm_cell"
show.lstm_cell()

# %% [markdown]
# One step takes a row $x$ of numbers, the **hidden state** $h$ and the cell $c$ of the step before. One matrix makes
# everything, of $x$ and $h$ side by side, $x$ first:
#
# $$[\,z_i,\ z_f,\ z_g,\ z_o\,] = [\,x,\ h\,]\,W + b$$
#
# Four parts of equal width, in **this order**: input gate, forget gate, what is new, output gate (PyTorch's order;
# TensorFlow 1 had $i, g, f, o$: weights that change house must change order).
#
# $$i=\sigma(z_i) \qquad f=\sigma(z_f+1) \qquad g=\tanh(z_g) \qquad o=\sigma(z_o)$$
#
# $$c' = f\cdot c+i\cdot g \qquad h' = o\cdot\tanh(c')$$
#
# The 1 beside $z_f$ is the *forget bias*: a fresh network, whose weights are small, should remember rather than forget.
#
# Backwards, a step gets $dh'$ and $dc'$, the gradients of what it gave. Note that $c'$ acts in two ways: through the steps
# that come after, which is $dc'$, and through $h'$. The rest is the chain rule, gate by gate, with
# $\sigma'=\sigma(1-\sigma)$ and $\tanh'=1-\tanh^2$. What the forward step computed and the way back needs, it hands over
# in `kept`, whatever you choose to put there. The step is called 28 times before the first call of the way back, and
# the same $W$ serves in all of them: the caller adds up what the steps return for it.


# %% given="logistic"
def sigmoid(z):
    """Return 1 / (1 + e^-z), for any array."""
    return 0.5 * (1 + np.tanh(0.5 * z))


# %% code="lstm"
def lstm_step(x, h, c, weight, bias):
    """Read one row of each example.

    x : (N, inputs), h, c : (N, hidden); weight : (inputs + hidden, 4 * hidden), bias : (4 * hidden,), parts i, f, g, o
    ->  the new h, the new c, kept : anything that lstm_step_backward needs
    """
    ### BEGIN SOLUTION
    both = np.hstack([x, h])
    i, f, g, o = np.split(both @ weight + bias, 4, axis=1)
    i, f, g, o = sigmoid(i), sigmoid(f + 1), np.tanh(g), sigmoid(o)
    c_new = f * c + i * g
    bent = np.tanh(c_new)
    return o * bent, c_new, (both, weight, i, f, g, o, c, bent)
    ### END SOLUTION
    raise NotImplementedError("lab 7, lstm: return h, c, kept")


def lstm_step_backward(dh, dc, kept):
    """Go back through one step.

    dh, dc : (N, hidden), the gradients with respect to the h and c that the step gave
    ->  dx (N, inputs), dh and dc (N, hidden) with respect to those that it took, dweight, dbias in their shapes
    """
    ### BEGIN SOLUTION
    both, weight, i, f, g, o, c, bent = kept
    dc = dc + dh * o * (1 - bent**2)
    di, df, dg, do = dc * g, dc * c, dc * i, dh * bent
    dz = np.hstack([di * i * (1 - i), df * f * (1 - f), dg * (1 - g**2), do * o * (1 - o)])
    dboth = dz @ weight.T
    inputs = both.shape[1] - dh.shape[1]
    return dboth[:, :inputs], dboth[:, inputs:], dc * f, both.T @ dz, dz.sum(axis=0)
    ### END SOLUTION
    raise NotImplementedError("lab 7, lstm: return dx, dh, dc, dweight, dbias")


# %% check="lstm"
check("lstm")

# %% [markdown]
# Let it read. Below, your two functions learn digits for some seconds: 48 hidden units, 300 batches of 64 digits, Adam.
# Every step forward is called 28 times, then every step back 28 times, which is *backpropagation through time*.
#
# Then watch it at a single digit. At the left is the digit; in the middle the hidden state after each row, unit by
# unit; at the right what the network would answer if the digit ended there. *Before you look: after how many rows
# would **you** know that this is a 7, and not a 2 or a 3?*

# %% look="read_rows"
UNITS = 48


def read_rows(pictures, params):
    """Read digits row by row.  pictures : (N, 28, 28)  ->  h after each row (28, N, hidden), kept of each row"""
    h = c = np.zeros((len(pictures), UNITS), np.float32)
    states, memory = [], []
    for row in range(28):
        h, c, kept = lstm_step(pictures[:, row], h, c, params["weight"], params["bias"])
        states.append(h)
        memory.append(kept)
    return np.array(states), memory


def probabilities(h, params):
    """h : (..., hidden)  ->  (..., 10)"""
    logits = h @ params["out"] + params["out_bias"]
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def lstm_gradients(pictures, labels, params):
    """Gradients of the mean loss of a batch, by backpropagation through time."""
    states, memory = read_rows(pictures, params)
    dlogits = (probabilities(states[-1], params) - np.eye(10, dtype=np.float32)[labels]) / len(labels)
    found = {"out": states[-1].T @ dlogits, "out_bias": dlogits.sum(axis=0), "weight": 0, "bias": 0}
    dh, dc = dlogits @ params["out"].T, np.zeros_like(states[-1])
    for kept in reversed(memory):
        _, dh, dc, dweight, dbias = lstm_step_backward(dh, dc, kept)
        found["weight"], found["bias"] = found["weight"] + dweight, found["bias"] + dbias
    return found


def train_reader(steps=300, rate=0.01, seed=0):
    """Adam on digits  ->  the parameters by name."""
    rng, (pictures, labels) = np.random.default_rng(seed), data.mnist("train")
    shapes = {"weight": (28 + UNITS, 4 * UNITS), "bias": (4 * UNITS,), "out": (UNITS, 10), "out_bias": (10,)}
    params = {name: rng.normal(0, shape[0] ** -0.5, shape) * (len(shape) == 2) for name, shape in shapes.items()}
    params = {name: array.astype(np.float32) for name, array in params.items()}
    first, second = dict.fromkeys(params, 0), dict.fromkeys(params, 0)
    for step in range(1, steps + 1):
        batch = rng.integers(0, len(pictures), 64)
        found = lstm_gradients(pictures[batch] / np.float32(255), labels[batch], params)
        for name, slope in found.items():
            first[name] = 0.9 * first[name] + 0.1 * slope
            second[name] = 0.999 * second[name] + 0.001 * slope**2
            way = first[name] / (1 - 0.9**step) / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
            params[name] = (params[name] - rate * way).astype(np.float32)
    return params


with needs_answers():
    reader = train_reader()
    tests, right = data.mnist("test")
    rows_read, _ = read_rows(tests / np.float32(255), reader)
    guesses = probabilities(rows_read, reader)
    for row in (7, 14, 21, 28):
        print(f"after {row} rows: {np.mean(guesses[row - 1].argmax(axis=1) == right):.1%} of {len(right)} digits")
    seven = int(np.flatnonzero(right == 7)[0])
    display(show.rows_read(tests[seven], rows_read[:, seven], guesses[:, seven]))

# %% [markdown]
# Nobody told it to answer before the end; only the last row was trained. Which units change at every stroke, and which
# keep what they once took up until the end? The latter have open forget gates.

# %% [markdown]
# ## 17. In writing

# %% [markdown]
# ## 18. Take it with you

# %% look="overview"
check()

# %% look="export"
from aics.notebook.export import export

with needs_answers():
    files = export("lab7_graph_training", globals())
