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
#
# *About 25 minutes, easy.*
#
# A fully connected layer is two operators and, if you like, a third. Nobody needs a function for three calls of
# `graph.apply`. And yet the first thing that every library on top of TensorFlow had was a function for exactly this, and
# its most important argument is the one that computes nothing: the *name*. Why?
#
# Because a layer brings two variables with it, and they outlive the call. A checkpoint finds them by their names, a
# second tower that is to share them asks for them by their names, and you will look for them by name at two in the
# morning when a loss is `nan`. So the layer opens a **scope** of its own, and takes its variables from the store there:

# %% look="layer_scope"
show.layer_scope()

# %% [markdown]
# For a batch of $N$ rows, a weight of shape (in, units) and a bias of shape (units,):
#
# $$ y = a(x W + b) $$
#
# The activation $a$ is asked for by name: `"sigmoid"`, `"relu"` or `"tanh"`; with `None` the layer is linear. A name
# that is none of these must not slip through as "linear" or as some other one: a network that was to have sigmoids
# and has none still learns something, and nobody notices. So `full_layer` raises a `GraphError` that names what was
# asked for and the three that there are, *before* it makes anything.
#
# What do the variables begin with? The bias with zeros. The weight with whatever the argument `initializer` says; where
# none is handed over, take `small_numbers` below. Why not zeros as well? Think of two layers: if all units of the hidden
# one begin equal, then each gets the same gradient, and they stay equal for ever. Three hundred units, and one idea.


# %% given="small_numbers"
def small_numbers(shape):
    """First values for a weight: normal numbers of deviation 0.05, the same ones for the same shape."""
    return np.random.default_rng(7).normal(0, 0.05, shape).astype(np.float32)


def zeros(shape):
    """First values for a bias."""
    return np.zeros(shape, np.float32)


# %% [markdown]
# ### The smallest network that reads digits
#
# One linear layer with ten outputs, and nothing else: **softmax regression**. Row $n$ of the logits $z = xW + b$ becomes
# ten probabilities, and the loss says how much of a surprise the right class was, as the *mean* over the batch:
#
# $$ p_{nk} = \frac{e^{z_{nk}}}{\sum_j e^{z_{nj}}} \qquad L = -\frac{1}{N} \sum_n \sum_k t_{nk} \log p_{nk} $$
#
# The operator `SoftmaxCrossEntropy` takes the **logits** and does both steps at once, for a reason that you met in lab 2:
# in $\log(e^{z})$ the two undo one another, and a logit of 100 does no harm. It gives one number for each row.
#
# Why not simply the square of the error, $(1 - p)^2$? Before you run the cell: how hard does each loss push when the
# network is *quite sure of a wrong answer*, at the left end?

# %% look="two_losses"
show.two_losses()

# %% [markdown]
# Squared error hardly pushes at all just where it should push most. Cross-entropy's slope is $p - t$: nothing saturates.
#
# Write both. `store` is a `VariableStore`, `store.graph` its graph; `x.shape[1]` is known before anything runs.
# `softmax_regression` leaves its layer the name that `full_layer` gives by itself.


# %% code="full_layer"
def full_layer(store, x, units, activation=None, name="fc", initializer=None):
    """Add a fully connected layer in store.variable_scope(name), its variables `weight` and `bias` from the store.

    x : (N, in) tensor, units : int, activation : None, "sigmoid", "relu" or "tanh"  ->  y : (N, units) tensor
    initializer : shape -> the weight's first values; small_numbers if it is None

    Raises GraphError for another activation.
    """
    ### BEGIN SOLUTION
    operators = {"sigmoid": "Sigmoid", "relu": "Relu", "tanh": "Tanh"}
    if activation is not None and activation not in operators:
        raise GraphError(f"{name}: no activation is called {activation!r}; there are {', '.join(operators)}.")
    graph = store.graph
    with store.variable_scope(name):
        weight = store.get_variable("weight", (x.shape[1], units), initializer or small_numbers)
        bias = store.get_variable("bias", (units,), zeros)
        y = graph.apply("BiasAdd", graph.apply("MatMul", x, weight), bias)
        return graph.apply(operators[activation], y) if activation else y
    ### END SOLUTION
    raise NotImplementedError("lab 7, full_layer: return the layer's output, a tensor")


def softmax_regression(store, x, labels):
    """One linear layer, and the mean over the batch of the cross-entropy.

    x : (N, in) tensor, labels : (N, classes) tensor, one-hot  ->  (logits, loss) : (N, classes) and () tensors
    """
    ### BEGIN SOLUTION
    graph = store.graph
    logits = full_layer(store, x, labels.shape[1])
    return logits, graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels))
    ### END SOLUTION
    raise NotImplementedError("lab 7, full_layer: return the pair (logits, loss)")


# %% check="full_layer"
check("full_layer")

# %% [markdown]
# Let it learn. Your walk plans the run, your gradients find the way back, your optimizer takes 300 steps of 100 digits.
# The weight has a column for each digit, and each of its 784 numbers lies over a pixel. *What will a column look like
# as a picture: like the digit?*


# %% given="digits"
def digits(split, count=None):
    """Pictures as rows (N, 784), 0 to 1, labels one-hot (N, 10), and the digits themselves (N,)."""
    pictures, numbers = data.mnist(split)
    mixed = np.random.default_rng(1).permutation(len(pictures))[:count]
    rows = pictures[mixed].reshape(-1, 784).astype(np.float32) / 255
    return rows, np.eye(10, dtype=np.float32)[numbers[mixed]], numbers[mixed]


def batches(arrays, size, steps):
    """The same rows of each of some arrays, `size` of them for each of `steps` steps."""
    rng = np.random.default_rng(0)
    for _ in range(steps):
        places = rng.integers(0, len(arrays[0]), size)
        yield [array[places] for array in arrays]


# %% look="softmax_regression"
def learn_by_regression(steps=300):
    """Softmax regression on the digits, the loss while it learns, and its ten columns."""
    store = VariableStore(training_graph())
    x = store.graph.placeholder("x", (None, 784))
    labels = store.graph.placeholder("labels", (None, 10))
    logits, loss = softmax_regression(store, x, labels)
    step = GradientDescent(store, 0.5).minimize(loss)
    session, note = Session(store.graph, walk), show.loss_curve(steps, every=25)
    for rows, truth in batches(digits("train")[:2], 100, steps):
        note(session.run([loss, step], {x: rows, labels: truth})[0])
    rows, _, numbers = digits("test")
    said = session.run(logits, {x: rows}).argmax(axis=1)
    print(f"{np.mean(said == numbers):.1%} of {len(numbers)} test digits are read right")
    display(show.weights_as_pictures(store.variables["fc/weight"].node.value))


with needs_answers():
    learn_by_regression()

# %% [markdown]
# Ten columns, and each is an opinion on where ink speaks *for* its digit (green) and where *against* (purple). Look at the
# 0: the strongest opinion is about the hole.
#
# ### The course's own network
#
# The course has this as its lab 2.1: a class `MNIST_MLP` of three layers, every formula of it written by hand. Here is a
# class with the same names and defaults, as thin as paper: what is behind each method are your functions. Note what has
# become of `backward` and `update`: in a graph, forwards, backwards and the step are *one run*, and `update` is all of
# it. `load_mnist` reads a file of the original data, `load_data` takes the digits that lie beside the labs.


# %% given="mnist_mlp"
import tempfile
from pathlib import Path

from aics.data import idx


class MNIST_MLP:
    """The course's three fully connected layers, over a graph that works out its gradients by itself."""

    def __init__(
        self,
        batch_size=100,
        input_size=784,
        hidden1=32,
        hidden2=16,
        out_classes=10,
        lr=0.01,
        max_epoch=1,
        print_iter=100,
    ):
        self.batch_size, self.input_size, self.out_classes = batch_size, input_size, out_classes
        self.hidden1, self.hidden2 = hidden1, hidden2
        self.lr, self.max_epoch, self.print_iter = lr, max_epoch, print_iter
        self.rng = np.random.default_rng(0)

    def load_mnist(self, file_dir, is_images=True):
        """Read a file of the original data: pictures as rows (N, 784), or labels as a column (N, 1), uint8."""
        values = idx.read(Path(file_dir))
        return values.reshape(len(values), self.input_size if is_images else 1)

    def load_data(self):
        """Set train_data and test_data, (N, 785): a picture a row, 0 to 255, and its label behind it."""
        self.train_data, self.test_data = (
            np.column_stack([pictures.reshape(len(pictures), -1), labels]).astype(np.float32)
            for pictures, labels in (data.mnist(split) for split in ("train", "test"))
        )

    def shuffle_data(self):
        """Put the training pictures into another order."""
        self.rng.shuffle(self.train_data)

    def build_model(self):
        """Describe the network, its loss, and its gradients; variables are called w1, b1 ... as in the course's files."""
        self.store = VariableStore(training_graph())
        graph = self.store.graph
        self.input = graph.placeholder("input", (None, self.input_size))
        self.labels = graph.placeholder("labels", (None, self.out_classes))
        y = graph.apply("Scale", self.input, by=1 / 255)
        layers = ((self.hidden1, "relu"), (self.hidden2, "relu"), (self.out_classes, None))
        for number, (units, activation) in enumerate(layers, 1):
            y = full_layer(self.store, y, units, activation, name=f"fc{number}")
        self.prob = graph.apply("Softmax", y)
        self.loss = graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", y, self.labels))
        names = [
            (f"{letter}{n}", f"fc{n}/{kind}") for n in (1, 2, 3) for letter, kind in (("w", "weight"), ("b", "bias"))
        ]
        self.params = {short: self.store.variables[whole] for short, whole in names}
        self.gradients = gradients(graph, self.loss, list(self.params.values()))
        self.session, self.steps = Session(graph, walk), {}

    def init_model(self):
        """Give the weights their first values, and the biases zeros: the spread keeps each layer's output as large."""
        for number, (short, tensor) in enumerate(self.params.items()):
            spread = np.sqrt(2 / tensor.shape[0]) if short.startswith("w") else 0
            values = np.random.default_rng(number).normal(0, spread, tensor.shape)
            tensor.node.load(values.astype(np.float32))

    def load_model(self, param_dir):
        """Take the numbers from a file that save_model wrote."""
        try:
            saved = np.load(param_dir)
            missing = [name for name in self.params if name not in (saved.dtype.names or ())]
        except ValueError as error:
            raise GraphError(f"{param_dir} is no file of save_model: {error} Train anew, and save.") from error
        if missing:
            raise GraphError(f"{param_dir} has no {', '.join(missing)}. Train anew, and save.")
        for name, tensor in self.params.items():
            tensor.node.load(saved[name])

    def save_model(self, param_dir):
        """Write the six arrays w1, b1, w2, b2, w3, b3 as one record, which NumPy reads without running any code."""
        fields = [(name, np.float32, tensor.shape) for name, tensor in self.params.items()]
        record = np.zeros((), fields)
        for name, tensor in self.params.items():
            record[name] = tensor.node.value
        np.save(param_dir, record)

    def forward(self, input):
        """Pictures (N, 784), 0 to 255  ->  probabilities (N, 10)."""
        self.last = {self.input: input}
        return self.session.run(self.prob, self.last)

    def get_loss(self, label):
        """Digits (N,) of the pictures that went forward last  ->  the loss."""
        self.last[self.labels] = np.eye(self.out_classes, dtype=np.float32)[np.asarray(label, int)]
        return float(self.session.run(self.loss, self.last))

    def backward(self):
        """Gradients of the last loss, by name; for you to look at: update needs no one to call this."""
        return dict(zip(self.params, self.session.run(self.gradients, self.last), strict=True))

    def update(self, lr):
        """Take a step on the pictures of the last loss: forwards, backwards and the assignments, in one run."""
        if lr not in self.steps:
            self.steps[lr] = GradientDescent(self.store, lr).minimize(self.loss)
        loss, _ = self.session.run([self.loss, self.steps[lr]], self.last)
        return float(loss)

    def train(self):
        """Run through the training pictures max_epoch times."""
        for epoch in range(self.max_epoch):
            self.shuffle_data()
            for number, start in enumerate(range(0, len(self.train_data), self.batch_size)):
                rows = self.train_data[start : start + self.batch_size]
                one_hot = np.eye(self.out_classes, dtype=np.float32)[rows[:, -1].astype(int)]
                self.last = {self.input: rows[:, :-1], self.labels: one_hot}
                loss = self.update(self.lr)
                if number % self.print_iter == 0:
                    print(f"Epoch {epoch}, iter {number}, loss {loss:.4f}")

    def evaluate(self):
        """The share of test pictures that are read right."""
        starts = range(0, len(self.test_data), self.batch_size)
        parts = [self.test_data[start : start + self.batch_size] for start in starts]
        right = [self.forward(rows[:, :-1]).argmax(axis=1) == rows[:, -1] for rows in parts]
        accuracy = float(np.mean(np.concatenate(right)))
        print(f"Accuracy in test set: {accuracy:.4f}")
        return accuracy


def build_mnist_mlp(param_dir="weight.npy"):
    """The network with the numbers of a file; where there is no such file, it learns first, and writes it."""
    mlp = MNIST_MLP(lr=0.1, max_epoch=5)
    mlp.load_data()
    mlp.build_model()
    mlp.init_model()
    if not Path(param_dir).is_file():
        mlp.train()
        mlp.save_model(param_dir)
    mlp.load_model(param_dir)
    return mlp


# %% look="mnist_mlp"
def train_the_mlp():
    """Five epochs of the course's network, and what it reads."""
    with tempfile.TemporaryDirectory() as folder:
        build_mnist_mlp(Path(folder) / "weight.npy").evaluate()


with needs_answers():
    train_the_mlp()

# %% [markdown]
# 25,818 numbers learned, and not one formula of a derivative in the class. The last section writes it to
# `stu_upload/mnist_mlp_cpu.py`, with all of your functions that it needs.

# %% [markdown]
# ## 8. Optimizers

# %% [markdown]
# ## 9. Batch normalization

# %% [markdown]
# ## 10. Dropout

# %% [markdown]
# ## 11. A network that reads digits
#
# *About 20 minutes, moderate.*
#
# How many numbers does it take to read handwriting? Write down a guess. Softmax regression has 7,850, and gets nine of
# ten digits right. Its trouble is not that it has too few: it does not know that pixels have *neighbours*. Shuffle all
# pixels of all pictures in the same way, and it learns just as well.
#
# A convolution knows. Here is the network with which a whole generation began, in the course too:

# %% look="digit_network"
show.digit_network()

# %% [markdown]
# | scope | what | variables | gives |
# |---|---|---|---|
# | | the pictures | | (N, 1, 28, 28) |
# | `conv1` | 5 x 5, 32 filters, padding 2; `Relu` | `weight` (1, 5, 5, 32), `bias` (32,) | (N, 32, 28, 28) |
# | | `MaxPool`, 2 x 2, stride 2 | | (N, 32, 14, 14) |
# | `conv2` | 5 x 5, 64 filters, padding 2; `Relu` | `weight` (32, 5, 5, 64), `bias` (64,) | (N, 64, 14, 14) |
# | | `MaxPool`, 2 x 2, stride 2 | | (N, 64, 7, 7) |
# | | `Reshape` | | (N, 3136) |
# | `fc10` | fully connected, linear | `weight` (3136, 10), `bias` (10,) | (N, 10): the logits |
#
# The padding of 2 is what TensorFlow calls `SAME`: a 5 x 5 window then gives as many rows and columns as it gets, and only
# the pooling halves them. The bias is a `BiasAdd`, which takes (N, C, H, W) as well.
#
# `Reshape` puts the numbers of a picture into a row **in the order in which they lie**: channel by channel, in each
# channel row by row. (In lab 2 `FlattenLayer` went through N, H, W, C first, since the weights came from a file of
# MatConvNet. These weights come from nobody, so nothing has to be turned.) With `-1` for the size of the batch it works
# for any.
#
# What comes out of `fc10` are logits, and logits may be negative: no `Relu` behind them. The loss is that of softmax
# regression. The weights begin with `small_numbers`, the biases with `zeros`. Your `full_layer` may do the last row of the
# table.


# %% code="mnist_cnn"
def mnist_cnn(store, images, labels):
    """The network of the table, its six variables by store.get_variable.

    images : (N, 1, 28, 28) tensor, labels : (N, 10) tensor, one-hot  ->  (logits, loss) : (N, 10) and () tensors
    """
    ### BEGIN SOLUTION
    graph, y = store.graph, images
    for name, filters in (("conv1", 32), ("conv2", 64)):
        with store.variable_scope(name):
            weight = store.get_variable("weight", (y.shape[1], 5, 5, filters), small_numbers)
            bias = store.get_variable("bias", (filters,), zeros)
            y = graph.apply("Relu", graph.apply("BiasAdd", graph.apply("Conv2D", y, weight, pad=2), bias))
            y = graph.apply("MaxPool", y, kernel_size=2, stride=2)
    with store.variable_scope("fc10"):
        y = graph.apply("Reshape", y, shape=(-1, int(np.prod(y.shape[1:]))))
        weight = store.get_variable("weight", (y.shape[1], 10), small_numbers)
        bias = store.get_variable("bias", (10,), zeros)
        logits = graph.apply("BiasAdd", graph.apply("MatMul", y, weight), bias)
    return logits, graph.apply("Mean", graph.apply("SoftmaxCrossEntropy", logits, labels))
    ### END SOLUTION
    raise NotImplementedError("lab 7, mnist_cnn: return the pair (logits, loss)")


# %% check="mnist_cnn"
check("mnist_cnn")

# %% [markdown]
# And was your guess right? The next cell counts, and then lets the network learn: sixty steps of 32 digits each, fewer
# than 2,000 digits in all. Adam decides how far each number goes. *Of a hundred digits that it has never seen, how many
# will it read right after these few seconds? And how will the 32 filters look: like strokes?*


# %% given="train_cnn"
def cnn_graph():
    """An empty graph with mnist_cnn in it: the store, what is fed, the logits, the loss."""
    store = VariableStore(training_graph())
    images = store.graph.placeholder("images", (None, 1, 28, 28))
    labels = store.graph.placeholder("labels", (None, 10))
    return store, images, labels, *mnist_cnn(store, images, labels)


# %% look="mnist_cnn"
def train_cnn(steps=60, size=32):
    """Train the network on the embedded digits; the loss, the accuracy, its first filters, and its mistakes."""
    store, images, labels, logits, loss = cnn_graph()
    print(f"{sum(int(np.prod(each.shape)) for each in store.trainable):,} numbers to learn")
    step = Adam(store, 0.002).minimize(loss)
    session, note = Session(store.graph, walk), show.loss_curve(steps)
    for rows, truth in batches(digits("train")[:2], size, steps):
        note(session.run([loss, step], {images: rows.reshape(-1, 1, 28, 28), labels: truth})[0])
    rows, _, numbers = digits("test", 300)
    said = session.run(logits, {images: rows.reshape(-1, 1, 28, 28)}).argmax(axis=1)
    print(f"{np.mean(said == numbers):.1%} of {len(numbers)} test digits are read right")
    display(show.filters(store.variables["conv1/weight"].node.value))
    display(show.read_wrong(rows.reshape(-1, 28, 28), numbers, said))


with needs_answers():
    train_cnn()

# %% [markdown]
# Look at the digits that it reads wrong, before you call it stupid. And look at the filters once more: most of them are
# still mostly the noise with which they began. Sixty steps changed them just enough.
#
# Where do the 83,466 numbers sit? Not in the convolutions' first layer: 832 of them do. The second has 51,264, the last
# one 31,370. A fully connected layer in the place of `conv1`, from 784 pixels to 32 x 28 x 28 numbers, would have 19.7
# million. That is what it is worth to know that pixels have neighbours.

# %% [markdown]
# ## 12. What outlives the power cut

# %% [markdown]
# ## 13. A window to watch it by

# %% [markdown]
# ## 14. One network, five dialects
#
# *About 10 minutes, easy; nothing to write.*
#
# TensorFlow 1 had one graph, and a dozen libraries on top that all made the same nodes. Whoever read other people's code
# had to know five dialects at least. You can build all five by now, for each is a few lines over your functions. The
# network is always the same: 784 pixels, 32 units with ReLU, 10 logits.
#
# **The raw graph.** Nothing is hidden, and nothing is short.


# %% given="dialect_raw"
def raw_graph(store, x):
    """Each variable and each operator by hand."""
    graph = store.graph
    with store.variable_scope("layer1"):
        weight = store.get_variable("weight", (784, 32), small_numbers)
        bias = store.get_variable("bias", (32,), zeros)
        y = graph.apply("Relu", graph.apply("BiasAdd", graph.apply("MatMul", x, weight), bias))
    with store.variable_scope("layer2"):
        weight = store.get_variable("weight", (32, 10), small_numbers)
        bias = store.get_variable("bias", (10,), zeros)
        return graph.apply("BiasAdd", graph.apply("MatMul", y, weight), bias)


# %% [markdown]
# **Layers.** One function a layer: `full_layer`, as `tf.layers` had it.


# %% given="dialect_layers"
def by_layers(store, x):
    """A call a layer."""
    y = full_layer(store, x, 32, "relu", name="layer1")
    return full_layer(store, y, 10, name="layer2")


# %% [markdown]
# **Slim's argument scopes.** In a network of fifty layers, forty-eight have the same activation and the same first values.
# Say it once; who differs says so. It is short, and whoever reads a layer no longer sees what it does.

# %% given="dialect_slim"
from aics.lab7_graph_training.arg_scopes import arg_scope, with_scopes


def by_arg_scopes(store, x):
    """What most layers have in common stands above them."""
    layer = with_scopes(full_layer)
    with arg_scope([layer], activation="relu", initializer=small_numbers):
        y = layer(store, x, 32, name="layer1")
        return layer(store, y, 10, activation=None, name="layer2")


# %% [markdown]
# **A chain, as TFLearn has it.** The network so far is a value that is handed on from line to line; the store hides in it,
# and the names are counted. Convenient, until there are two branches.


# %% given="dialect_chain"
class Chain:
    """A network so far."""

    def __init__(self, store, x, length=0):
        self.store, self.x, self.length = store, x, length

    def fully_connected(self, units, activation=None):
        """The network with one more layer."""
        number = self.length + 1
        y = full_layer(self.store, self.x, units, activation, name=f"layer{number}")
        return Chain(self.store, y, number)


def by_a_chain(store, x):
    """Each line begins where the one before ended."""
    net = Chain(store, x)
    net = net.fully_connected(32, activation="relu")
    net = net.fully_connected(10)
    return net.x


# %% [markdown]
# **Keras.** The network is a *list*, and a model that owns it can do all the rest: feed, step, measure, save. It took the
# loop out of everybody's hands, and is the one that survived. `Sequential` lies in this lab's room
# (`aics.lab7_graph_training.sequential`): one file that owns no mathematics, and is handed yours.

# %% given="dialect_keras"
from aics.lab7_graph_training.sequential import Sequential


def dense(units, activation=None):
    """A fully connected layer that waits to be told its input."""
    return lambda store, x, name, is_training: full_layer(store, x, units, activation, name=name)


# %% [markdown]
# If the five are dialects of one language, then the same numbers in their variables must give the same logits, to the
# last bit.


# %% look="dialects"
def compare_dialects():
    """Build the network five times, load the same numbers by name, and compare what comes out."""
    rows, _, _ = digits("test", 100)
    first, table = None, {}
    ways = {"raw graph": raw_graph, "layers": by_layers, "argument scopes": by_arg_scopes, "chain": by_a_chain}
    for title in [*ways, "Keras"]:
        store = VariableStore(training_graph())
        if title in ways:
            x = store.graph.placeholder("x", (None, 784))
            logits = ways[title](store, x)
        else:
            model = Sequential(store, (784,), [dense(32, "relu"), dense(10)], walk)
            x, logits = model.x, model.logits
        for name, tensor in sorted(store.variables.items()):
            numbers = np.random.default_rng(len(name) + tensor.shape[0]).normal(0, 0.1, tensor.shape)
            tensor.node.load(numbers.astype(np.float32))
        values = Session(store.graph, walk).run(logits, {x: rows})
        first = values if first is None else first
        count = sum(each.node.value.size for each in store.variables.values())
        table[title] = len(store.variables), count, float(np.abs(values - first).max())
    display(show.dialects(table))


with needs_answers():
    compare_dialects()

# %% [markdown]
# Now the dialect that survived, at work: a tenth of the digits is only looked at, and after each epoch your `Saver` writes
# a snapshot.


# %% look="keras"
def keras_like(epochs=3):
    """Compile, fit with a validation split and snapshots, evaluate."""
    store = VariableStore(training_graph())
    model = Sequential(store, (784,), [dense(64, "relu"), dense(10)], walk)
    model.compile(Adam(store, 0.002))
    rows, _, numbers = digits("train", 5000)
    with tempfile.TemporaryDirectory() as folder:
        model.fit(rows, numbers, epochs=epochs, validation_split=0.1, saver=Saver(folder))
        print("snapshots:", ", ".join(sorted(path.name for path in Path(folder).iterdir())))
    rows, _, numbers = digits("test")
    score = model.evaluate(rows, numbers)
    print(f"on {len(numbers)} test digits: loss {score.loss:.3f}, accuracy {score.accuracy:.1%}")


with needs_answers():
    keras_like()

# %% [markdown]
# What if it goes wrong? A learning rate of 1e30 is no accident that happens often, but the `nan` that it ends in is. In
# most libraries the loss is `nan` from then on, epoch after epoch, and says nothing else. This model's session looks at
# each value, and the first node that gives no number is named, with the step. What do the variables hold afterwards?


# %% look="nan_loss"
def diverge():
    """Training with a learning rate that cannot go well."""
    store = VariableStore(training_graph())
    model = Sequential(store, (784,), [dense(64, "relu"), dense(10)], walk)
    model.compile(GradientDescent(store, 1e30))
    rows, _, numbers = digits("train", 1000)
    model.fit(rows, numbers)


with needs_answers():
    diverge()

# %% [markdown]
# ## 15. The notes are wrong

# %% [markdown]
# ## 16. Bonus: a network that remembers

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
