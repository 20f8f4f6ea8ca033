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
#
# *About 70 minutes, moderate.*
#
# A gradient says which way is down, and nothing else: not how far to go, and not whether the valley is narrow. What
# to make of it is an optimizer's business. Here are four, from 1951 to 2014. All of them are still in use, and each is
# an answer to what went wrong with one before it. *Which of them would you rather have on a narrow path in the fog?*
#
# In lab 2 such a step was a line of NumPy. Here it is **a piece of the graph**: nodes that read a gradient and change a
# variable whenever somebody fetches them. Three things make this harder than the line was.
#
# **All at once.** A variable is read at the moment at which a node runs. Let the weight's step run first, and the
# bias's gradient, which runs next, sees *the new weight*: it is the gradient of a network that never was. No error
# is raised, and the loss falls, only not quite as it should. So no assignment may run before all gradients are there.
# The graph knows such orders: all nodes made within `graph.control_dependencies([...])` wait until the tensors in
# the list have been computed, although they take nothing from them.

# %% look="one_step"
show.one_step()

# %% [markdown]
# **A memory.** Most optimizers remember something for each variable. That is what `self.slot(variable, name)` is for:
# a variable of the same shape that starts at 0 and is not trained. And all of them count steps: `self.number("steps")` is
# such a variable of one number.
#
# **Nothing in Python.** Your function runs *once*, when the graph is built. What it computes in Python is a constant
# from then on. A rate that falls has to be made of nodes that read the counter.
#
# These classes are given. Each optimizer's `apply_gradients(pairs)` is yours.


# %% given="optimizer_classes"
class Optimizer:
    """Changes variables step by step, so that a loss falls; each kind says how, in apply_gradients."""

    def __init__(self, store, learning_rate, decay=0.0):
        self.store, self.graph = store, store.graph
        self.learning_rate, self.decay = learning_rate, decay
        self.own = {}  # name -> variable of this optimizer

    def slot(self, variable, name):
        """A variable that stands beside one of the network's: of its shape, 0 at first; asked again, the same one."""
        return self._variable(f"{variable.node.name}/{name}", np.zeros(variable.shape, variable.dtype))

    def number(self, name):
        """A variable of a single number, (), float32, 0 at first; asked again, the same one."""
        return self._variable(name, np.zeros((), np.float32))

    def _variable(self, name, zeros):
        if name not in self.own:
            with self.graph.name_scope(""), self.graph.name_scope(type(self).__name__):
                self.own[name] = self.store.variable(zeros, name, trainable=False)
        return self.own[name]

    def minimize(self, loss, variables=None):
        """Add all that a training step needs.

        loss : (); variables : those to change, by default all trainable ones  ->  one tensor: fetching it is a step
        """
        variables = self.store.trainable if variables is None else variables
        found = gradients(self.graph, loss, variables)
        if not any(gradient is not None for gradient in found):
            names = ", ".join(variable.name for variable in variables) or "there is none"
            raise GraphError(f"{loss.name} depends on no variable that could be changed: {names}.")
        updates = self.graph.control_dependencies(self.store.updates)
        with self.graph.name_scope(""), self.graph.name_scope("train"), updates:
            return self.apply_gradients(list(zip(found, variables, strict=True)))


class GradientDescent(Optimizer):
    """w <- w - lr_t g."""


class Momentum(Optimizer):
    """v <- mu v + g;  w <- w - lr_t v, or with Nesterov w - lr_t (g + mu v)."""

    def __init__(self, store, learning_rate, momentum=0.9, nesterov=False, decay=0.0):
        super().__init__(store, learning_rate, decay)
        self.momentum, self.nesterov = momentum, nesterov


class Adam(Optimizer):
    """A mean of gradients over the root of a mean of their squares, both corrected for having begun at 0."""

    def __init__(self, store, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        super().__init__(store, learning_rate)
        self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon


class Adadelta(Optimizer):
    """As far as it went lately, over as steep as it was lately, times the gradient."""

    def __init__(self, store, learning_rate=1.0, rho=0.95, epsilon=1e-6):
        super().__init__(store, learning_rate)
        self.rho, self.epsilon = rho, epsilon


# %% [markdown]
# Now the four. $g$ is the gradient, $w$ the variable, and $t = 0, 1, 2, \dots$ the number of steps **before** this one.
#
# **Gradient descent** (Robbins and Monro, 1951), with a rate that decays in time. `decay` = 0 leaves it as it is:
#
# $$\eta_t = \frac{\eta}{1 + \text{decay} \cdot t} \qquad\qquad w \leftarrow w - \eta_t\, g$$
#
# **Momentum** (Polyak, 1964). A ball does not turn round at once. The velocity $v$ collects the gradients, of which
# each loses weight with age. **Nesterov** (1983) looks one step ahead. The rate $\eta_t$ is that of above, and it is
# *not* in the velocity: a rate that falls later must not leave the old, large one in the memory.
#
# $$v \leftarrow \mu v + g \qquad\qquad w \leftarrow w - \eta_t\, v \qquad \text{or, Nesterov:} \quad w \leftarrow w - \eta_t\, (g + \mu v)$$
#
# **Adadelta** (Zeiler, 2012). Some directions are steep and others flat, and one rate must do for both? It divides by
# how steep it was lately, direction by direction. And since the result then has no unit, it multiplies by how far it
# went lately; $\operatorname{RMS}[a] = \sqrt{a + \varepsilon}$:
#
# $$G \leftarrow \rho\, G + (1 - \rho)\, g^2 \qquad \Delta = \frac{\operatorname{RMS}[D]}{\operatorname{RMS}[G]}\; g \qquad D \leftarrow \rho\, D + (1 - \rho)\, \Delta^2 \qquad w \leftarrow w - \eta\, \Delta$$
#
# $G$ has the new gradient in it when it is used, $D$ does not have the new $\Delta$ (how could it?). At the start $D$ is 0,
# and only $\varepsilon$ makes the first step possible.
#
# **Adam** (Kingma and Ba, 2014) takes both: a mean of the gradients, over the root of a mean of their squares. Both means
# begin at 0, so that they are too small at first: after one step $m = (1 - \beta_1)\, g$, a tenth of what it should
# be. But by how much is known: the weights in the mean add up to $1 - \beta^{t+1}$. Divide by that.
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1)\, g \qquad v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2 \qquad w \leftarrow w - \eta\, \frac{m / (1 - \beta_1^{\,t+1})}{\sqrt{v / (1 - \beta_2^{\,t+1})} + \varepsilon}$$
#
# The slots keep $m$ and $v$ as they are; only what is used is corrected. (In Adam $\varepsilon$ stands outside the root, in
# Adadelta within it. Both papers are like that.)
#
# Some hints. `Assign`, `AssignAdd` and `AssignSub` return the new value: go on with that, and there is no doubt
# whether the old one is read or the new. What is not needed for the fetched tensor never runs, assignments to slots
# included. A pair whose gradient is None is skipped. There is no operator for a power, but $\beta^t = e^{t \ln \beta}$. The two
# methods `rate` and `together` are what the four have in common. Write them first; if you would rather do without
# them, leave them empty: only `apply_gradients` is asked for.


# %% code="optimizers"
@add_to_class(Optimizer)
def rate(self):
    """The learning rate of the next step, lr / (1 + decay t), as a tensor (); t steps were taken before."""
    ### BEGIN SOLUTION
    slower = self.graph.apply("Shift", self.graph.apply("Scale", self.number("steps"), by=self.decay), by=1.0)
    return self.graph.apply("Scale", self.graph.apply("Reciprocal", slower), by=self.learning_rate)
    ### END SOLUTION
    raise NotImplementedError("lab 7, optimizers: return the learning rate, a tensor")


@add_to_class(Optimizer)
def together(self, pairs, change):
    """Subtract change(gradient, variable) from each variable, as one step.

    pairs : (gradient or None, variable)  ->  one tensor: whoever fetches it takes the step, and counts it
    """
    ### BEGIN SOLUTION
    pairs = [(gradient, variable) for gradient, variable in pairs if gradient is not None]
    with self.graph.control_dependencies([gradient for gradient, _ in pairs]):
        steps = [self.graph.apply("AssignSub", change(*pair), variable=pair[1]) for pair in pairs]
    with self.graph.control_dependencies(steps):
        one = self.graph.apply("Const", value=np.float32(1))
        return self.graph.apply("AssignAdd", one, variable=self.number("steps"))
    ### END SOLUTION
    raise NotImplementedError("lab 7, optimizers: return one tensor, which changes all variables")


@add_to_class(GradientDescent)
def apply_gradients(self, pairs):
    """Add a step of gradient descent.  pairs : (gradient or None, variable)  ->  one tensor to fetch"""
    ### BEGIN SOLUTION
    return self.together(pairs, lambda gradient, _: self.graph.apply("Mul", self.rate(), gradient))
    ### END SOLUTION
    raise NotImplementedError("lab 7, optimizers: return the step of GradientDescent, a tensor")


@add_to_class(Momentum)
def apply_gradients(self, pairs):
    """Add a step with momentum, Nesterov's where self.nesterov.  pairs  ->  one tensor to fetch"""
    ### BEGIN SOLUTION
    apply = self.graph.apply

    def change(gradient, variable):
        velocity = self.slot(variable, "velocity")
        kept = apply("Scale", velocity, by=self.momentum)
        moved = apply("Assign", apply("Add", kept, gradient), variable=velocity)
        if self.nesterov:
            moved = apply("Add", gradient, apply("Scale", moved, by=self.momentum))
        return apply("Mul", self.rate(), moved)

    return self.together(pairs, change)
    ### END SOLUTION
    raise NotImplementedError("lab 7, optimizers: return the step of Momentum, a tensor")


@add_to_class(Adam)
def apply_gradients(self, pairs):
    """Add a step of Adam.  pairs  ->  one tensor to fetch"""
    ### BEGIN SOLUTION
    apply = self.graph.apply

    def mean(variable, name, value, beta):
        """The running mean, with the new value in it, and corrected."""
        slot = self.slot(variable, name)
        both = apply("Add", apply("Scale", slot, by=beta), apply("Scale", value, by=1 - beta))
        faded = apply("Exp", apply("Scale", apply("Shift", self.number("steps"), by=1.0), by=np.log(beta)))
        return apply("Div", apply("Assign", both, variable=slot), apply("Shift", apply("Neg", faded), by=1.0))

    def change(gradient, variable):
        m = mean(variable, "m", gradient, self.beta1)
        v = mean(variable, "v", apply("Square", gradient), self.beta2)
        return apply("Scale", apply("Div", m, apply("Shift", apply("Sqrt", v), by=self.epsilon)), by=self.learning_rate)

    return self.together(pairs, change)
    ### END SOLUTION
    raise NotImplementedError("lab 7, optimizers: return the step of Adam, a tensor")


@add_to_class(Adadelta)
def apply_gradients(self, pairs):
    """Add a step of Adadelta.  pairs  ->  one tensor to fetch"""
    ### BEGIN SOLUTION
    apply = self.graph.apply

    def rms(mean):
        return apply("Sqrt", apply("Shift", mean, by=self.epsilon))

    def with_square(mean, value):
        """The running mean with the square of a new value in it."""
        new = apply("Scale", apply("Square", value), by=1 - self.rho)
        return apply("Assign", apply("Add", apply("Scale", mean, by=self.rho), new), variable=mean)

    def change(gradient, variable):
        squares, steps = self.slot(variable, "squares"), self.slot(variable, "steps")
        size = apply("Div", rms(steps), rms(with_square(squares, gradient)))
        step = apply("Mul", size, gradient)
        with self.graph.control_dependencies([with_square(steps, step)]):
            return apply("Scale", step, by=self.learning_rate)

    return self.together(pairs, change)
    ### END SOLUTION
    raise NotImplementedError("lab 7, optimizers: return the step of Adadelta, a tensor")


# %% check="optimizers"
check("optimizers")

# %% [markdown]
# Now send them down a narrow valley, 25 times as steep across as along: the shape of almost every loss, seen closely
# enough. The number beside each name is how high it still is after 40 steps. Which one bounces, which one overshoots,
# which one is careful to a fault? And why does Adam set off at 45 degrees, whatever the
# slope?

# %% look="valley"
from aics.lab7_graph_training.doubles import PlainStore  # a store of variables that gives what it is asked for

STEEPNESS = np.array([1, 25], np.float32)  # height: (x^2 + 25 y^2) / 2


def way_down(kind, steps=40, **options):
    """The places that an optimizer reaches from (-9, 1) on.  ->  (steps + 1, 2)"""
    store = PlainStore(training_graph())
    place = store.variable(np.array([-9, 1], np.float32), "place")
    slope = store.graph.apply("Mul", store.graph.apply("Const", value=STEEPNESS), place)
    step = kind(store, **options).apply_gradients([(slope, place)])
    session, path = Session(store.graph), [place.node.value]
    for _ in range(steps):
        session.run(step)
        path.append(place.node.value)
    return np.array(path)


with needs_answers():
    ways = {
        "GradientDescent": way_down(GradientDescent, learning_rate=0.07),
        "Momentum": way_down(Momentum, learning_rate=0.03, momentum=0.8),
        "Nesterov": way_down(Momentum, learning_rate=0.03, momentum=0.8, nesterov=True),
        "Adadelta": way_down(Adadelta, learning_rate=1.0, rho=0.9, epsilon=0.01),
        "Adam": way_down(Adam, learning_rate=0.6, beta1=0.8, beta2=0.95),
    }
    display(show.valley(ways, STEEPNESS))

# %% [markdown]
# Play with the rates. At 2/25 = 0.08 gradient descent does not come down any more: 0.07 is nearly as fast as it can go, and
# the floor of the valley is 25 times as flat as that.
#
# And on something real? Here is softmax regression on 10,000 digits, 300 steps with 100 of them each. Every line of the graph
# is yours: the store, the layer, the gradients, the step.


# %% look="optimizer_race"
def digit_rows(split):
    """Images as rows, (N, 784) from 0 to 1, and one-hot labels, (N, 10)."""
    pictures, labels = data.mnist(split)
    return pictures.reshape(len(pictures), -1).astype(np.float32) / 255, np.eye(10, dtype=np.float32)[labels]


def trained_by(kind, steps=300, batch=100, **options):
    """Train softmax regression.  ->  one loss a step, and the fraction of test digits that are read"""
    graph = training_graph()
    store = VariableStore(graph)
    images, labels = graph.placeholder("images", (None, 784)), graph.placeholder("labels", (None, 10))
    logits, loss = softmax_regression(store, images, labels)
    step = kind(store, **options).minimize(loss)
    session, losses = Session(graph), []
    for rows in np.split(np.random.default_rng(0).integers(0, 10000, steps * batch), steps):
        fed = {images: train_rows[rows], labels: train_labels[rows]}
        losses.append(float(session.run([loss, step], fed)[0]))
    read = session.run(logits, {images: test_rows}).argmax(1)
    return losses, float(np.mean(read == test_labels.argmax(1)))


with needs_answers():
    (train_rows, train_labels), (test_rows, test_labels) = digit_rows("train"), digit_rows("test")
    runs = {
        "GradientDescent": trained_by(GradientDescent, learning_rate=0.5),
        "with decay": trained_by(GradientDescent, learning_rate=0.5, decay=0.02),
        "Nesterov": trained_by(Momentum, learning_rate=0.1, nesterov=True),
        "Adadelta": trained_by(Adadelta),
        "Adam": trained_by(Adam, learning_rate=0.005),
    }
    losses, accuracies = ({name: run[number] for name, run in runs.items()} for number in range(2))
    display(show.optimizer_losses(losses, accuracies))

# %% [markdown]
# All end near 90 %: softmax regression has one lowest point, and everybody finds it. What differs is the way. The rates
# were chosen by hand, all but one: *Adadelta went with what its paper gives, 1.* That it starts slowly is its
# $\varepsilon$. Change a rate tenfold, up and down, and see who minds.

# %% [markdown]
# ## 9. Batch normalization

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
#
# *About 30 minutes, easy. Not graded: for the pleasure of it.*
#
# Lecture notes are written at night, and their code is rarely run. Here are four pieces of it. Each is short, looks like
# what you have seen a hundred times, and **is wrong**; such lines stand in real notes, in other words. Find the error,
# mend it in the cell, and run the cell: `solve` does not read what you wrote, it runs it, and says what your lines
# give and what they should. (Labs 8 to 11 have more.)
#
# **One.** The loss of a batch. "Take the logarithm of the softmax, multiply it by the one-hot labels, and average."

# %% look="notes_cross_entropy"
from aics.lab7_graph_training.puzzles import solve


def cross_entropy(graph, logits, labels):
    """The mean loss of a batch.  logits, labels : (N, classes)  ->  ()"""
    probabilities = graph.apply("Softmax", logits)
    products = graph.apply("Mul", labels, graph.apply("Log", probabilities))
    return graph.apply("Mean", graph.apply("Neg", products))


solve("cross_entropy", cross_entropy)

# %% [markdown]
# What would it have done to a training? It still learns: it is just slow, and somebody will tune the learning rate to
# ten times of what all others use, and never know why.
#
# **Two.** A layer for images of 28 x 28 pixels. Before you run it: will it fail when the graph is built, or when the first
# image arrives?


# %% look="notes_weight_shape"
def digit_logits(graph, x):
    """x : (N, 784)  ->  logits, (N, 10)"""
    weight = graph.variable("weight", np.zeros((874, 10), np.float32))
    bias = graph.variable("bias", np.zeros(10, np.float32))
    return graph.apply("BiasAdd", graph.apply("MatMul", x, weight), bias, name="logits")


solve("weight_shape", digit_logits)

# %% [markdown]
# **Three.** "The output layer, with its activation." What is the one number that these lines cannot return?


# %% look="notes_relu_logits"
def output_layer(graph, x, weight, bias):
    """x : (N, in), weight : (in, classes), bias : (classes,)  ->  logits, (N, classes)"""
    scores = graph.apply("BiasAdd", graph.apply("MatMul", x, weight), bias)
    return graph.apply("Relu", scores, name="logits")


solve("relu_logits", output_layer)

# %% [markdown]
# This one is dear. Softmax regression again, 200 steps from each of five random beginnings, with your optimizer: once with
# the ReLU, once with the cell above as you left it. Most of the time nothing is to be seen. *What has happened in the
# run that stands out, and why does no further training mend it?*


# %% look="relu_cost"
def read_digits(layer, seed, steps=200):
    """Train from random weights.  ->  fraction of test digits that are read; how many of the ten are ever answered"""
    graph, rng = training_graph(), np.random.default_rng(seed)
    store = PlainStore(graph)
    images, labels = graph.placeholder("images", (None, 784)), graph.placeholder("labels", (None, 10))
    weight = store.variable(rng.normal(0, 0.1, (784, 10)).astype(np.float32), "weight")
    bias = store.variable(np.full(10, 0.1, np.float32), "bias")
    logits = layer(graph, images, weight, bias)
    loss = graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels))
    step, session = GradientDescent(store, learning_rate=0.5).minimize(loss), Session(graph)
    for rows in rng.integers(0, 10000, (steps, 100)):
        session.run(step, {images: train_rows[rows], labels: train_labels[rows]})
    answers = session.run(logits, {images: test_rows}).argmax(1)
    return np.mean(answers == test_labels.argmax(1)), len(set(answers))


def with_relu(graph, x, weight, bias):
    """The layer as the notes have it."""
    return graph.apply("Relu", graph.apply("BiasAdd", graph.apply("MatMul", x, weight), bias))


with needs_answers():
    (train_rows, train_labels), (test_rows, test_labels) = digit_rows("train"), digit_rows("test")
    layers = {"with ReLU": with_relu, "your cell": output_layer}
    display(
        show.runs_by_beginning(
            {title: [read_digits(layer, seed) for seed in range(5)] for title, layer in layers.items()}
        )
    )

# %% [markdown]
# With the ReLU four runs read about 89 % and look healthy, and one reads 79 %. It answers nine digits only: the tenth has
# died, and where a ReLU is 0 for every image, no gradient ever comes to wake it. With a smaller beginning (0.02 in place
# of 0.1) it happens in *all five*. Had the authors run theirs once, they would probably have seen nothing.
#
# **Four.** No number is wrong here, and it works with three batches. "For each batch, compute the loss."


# %% look="notes_growing_graph"
def losses_of(session, loss_of, x, batches):
    """The loss of each batch.  loss_of(x) -> the tensor of the loss; x : placeholder  ->  list of numbers"""
    losses = []
    for batch in batches:
        losses.append(session.run(loss_of(x), {x: batch}))
    return losses


solve("growing_graph", losses_of)

# %% [markdown]
# ## 16. Bonus: a network that remembers

# %% [markdown]
# ## 17. In writing
#
# *About 30 minutes, moderate.*
#
# Nine fully connected layers of 100 units, fresh from their initializers, read 200 digits; nothing has been trained. How
# large are the gradients of their weights? Here it is in NumPy, with three kinds of layers.


# %% look="depth"
def depth_gradients(squash, slope, spread, normalize=False, layers=9, units=100):
    """Size (root mean square) of each layer's gradient.  squash, slope : the activation, and its derivative by output"""
    rng, (rows, labels) = np.random.default_rng(0), (array[:200] for array in digit_rows("train"))
    outputs, weights, scales, inner = [rows], [], [], []
    for size in [units] * (layers - 1) + [10]:
        weights.append(rng.normal(0, np.sqrt(spread / outputs[-1].shape[1]), (outputs[-1].shape[1], size)))
        z = outputs[-1] @ weights[-1]
        scales.append(z.std(0) + 1e-5 if normalize and size == units else np.ones(size))
        inner.append((z - z.mean(0)) / scales[-1] if normalize and size == units else z)
        outputs.append(squash(inner[-1]))
    exps = np.exp(inner[-1] - inner[-1].max(1, keepdims=True))
    back, sizes = (exps / exps.sum(1, keepdims=True) - labels) / len(rows), []
    for layer in reversed(range(layers)):
        if layer < layers - 1:
            back = back * slope(outputs[layer + 1])
            if normalize:
                z = inner[layer]
                back = (back - back.mean(0) - z * (back * z).mean(0)) / scales[layer]
        sizes.append(np.sqrt(np.mean((outputs[layer].T @ back) ** 2)))
        back = back @ weights[layer].T
    return sizes[::-1]


def sigmoid(z):
    """1 / (1 + e^-z)"""
    return 1 / (1 + np.exp(-z))


by_depth = {
    "sigmoid, Xavier": depth_gradients(sigmoid, lambda y: y * (1 - y), 1),
    "sigmoid, Xavier, batch normalization": depth_gradients(sigmoid, lambda y: y * (1 - y), 1, normalize=True),
    "ReLU, He": depth_gradients(lambda z: np.maximum(z, 0), lambda y: y > 0, 2),
}
show.gradients_by_depth(by_depth)

# %% [markdown]
# ### Think about it, in writing
#
# **Why does a stack of sigmoids stall?** In some 120 to 200 words: what does the gradient of the *first* layer's weights
# consist of, and what is the most that each sigmoid on the way leaves of it? When does it leave much less, and how do
# weights come to be there? Then three remedies, ReLU, He's initialization and batch normalization: what does each do about
# it, and what does it *not* do? Support your answer by at least two numbers that were measured in this notebook.

# %% [markdown] written="stalled_sigmoids"
# By the chain rule the first layer's gradient is a product: for each layer above it a factor of its weights and a factor
# of its activation's derivative. A sigmoid's derivative is $y (1 - y)$, at most 1/4, and that at 0 only. Eight sigmoids leave
# at most $4^{-8} = 1.5 \cdot 10^{-5}$ of it, unless the weights make up for it.
# Measured above: $2.4 \cdot 10^{-2}$ in the last layer, $4.8 \cdot 10^{-8}$ in the first, a quarter from layer to layer; with batch
# normalization the first layer has $3.6 \cdot 10^{-3}$, with ReLU and He $3.0 \cdot 10^{-3}$.
#
# It gets worse where a unit saturates. Where $|z|$ is large, $y$ is near 0 or 1, and the derivative near 0: at $z = 6$ it is 0.0025.
# Large first weights, or large steps, carry units there, and since no gradient arrives they do not come back.
#
# *ReLU* has the derivative 1 wherever it is positive, however deep the stack and large the input; where it is negative it
# is 0, and a unit that is negative for all inputs is dead. *He* draws weights with variance 2/fan-in, so that a signal
# that loses half at each ReLU keeps its size, upwards and backwards. That holds at the beginning only, and it does
# not change a sigmoid's 1/4. *Batch normalization* brings $z$ back to mean 0 and deviation 1 in every step of the training,
# to where the sigmoid is steep; and as it divides by the small spread that sigmoids leave, the gradient is divided by it
# as well. The 1/4 itself stays.
#
# === BEGIN MARK SCHEME ===
#
# 5 points; award each on its own, wording is free.
#
# - 1: the gradient is a product over the layers above, and each sigmoid contributes at most 1/4 (at 0).
# - 1: sigmoids saturate: far from 0 the derivative is nearly 0, by large weights or steps, and units stay there.
# - 1: ReLU passes the gradient whole where it is positive (and not where it is dead); He keeps the size of the signal at the beginning, for ReLU.
# - 1: batch normalization keeps the inputs where the sigmoid is steep, during all of the training, and scales the gradient up; or: it does not change the 1/4.
# - 1: at least two numbers measured in this notebook that bear it out, with what they are of.
#
# === END MARK SCHEME ===

# %% [markdown]
# ## 18. Take it with you

# %% look="overview"
check()

# %% look="export"
from aics.notebook.export import export

with needs_answers():
    files = export("lab7_graph_training", globals())
