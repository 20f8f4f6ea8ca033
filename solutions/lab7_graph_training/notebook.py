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
#
# *About 50 minutes, moderate.*
#
# In 1993 a network learned to tell forged signatures from real ones (Bromley and others, *Signature verification using
# a "Siamese" time delay neural network*). It looks at two signatures and says how far apart they are, and both are read
# by *the same* weights. You would write a function `branch(picture)` that builds the layers of one branch, and call it
# twice. But each call makes its layer's weights anew: two strangers that will drift apart at the first step of training.
# Handing forty arrays through all functions would help, and nobody wants to write that.
#
# How can the second call find what the first one made? By its **name**. TensorFlow 1 kept a table, whole name ->
# variable, and two rules: who makes a variable says so, and who wants one that is there says so, too.


# %% look="siamese"
def branch(graph, picture):
    """One branch: a layer of 16 units whose weights the branch makes itself."""
    weight = graph.variable("weight", np.zeros((784, 16), np.float32))
    return graph.apply("MatMul", picture, weight, name="embedding")


graph = training_graph()
with graph.name_scope("siamese"):
    ours = [branch(graph, graph.placeholder(name, (None, 784))) for name in ("left", "right")]
display(show.scopes(graph))

# %% [markdown]
# A `weight` and a `weight_1`: two matrices, and the graph has made their names differ so politely that nobody notices.
#
# Your store keeps variables apart, and brings them together where that is wanted:
#
# ```python
# with store.variable_scope("branch"):
#     weight = store.get_variable("weight", (784, 16), initializer)      # makes branch/weight
# with store.variable_scope("branch", reuse=True):
#     again = store.get_variable("weight", (784, 16))                    # finds branch/weight
# ```
#
# **`variable_scope(name, reuse=False)`**
# - Scopes lie in one another: a variable `w` within `outer` and `inner` is `outer/inner/w`. A scope also opens a
#   `graph.name_scope` of the same name, so that nodes made inside are called `outer/inner/...` as well.
# - `reuse=True` holds up to the end of its with block, for all scopes inside it too, and for nothing else. A scope is
#   left at the end of its block even when an error ends it.
#
# **`get_variable(name, shape=None, initializer=None, trainable=True, dtype="float32")`**
# - The whole name comes from the variable scopes alone. A plain `graph.name_scope` around them does not change it, or a
#   function that adds one for the sake of a tidy picture would lose its weights.
# - Without reuse it makes the variable: its value is `initializer(shape)` in that dtype, zeros without an initializer,
#   and `store.variables` has it by its whole name from now on. A name that is there already is an error, for two layers
#   that share weights by accident train without complaint, and badly. So is a new variable without a shape.
# - With reuse it returns the one that is there, and touches nothing. A name that is not there is an error (most often a
#   misspelled one), so is another shape or dtype than the variable has. `shape=None` asks for no particular one.
#
# **`variable(value, name="variable", trainable=True)`** makes a variable that nobody else will be given: not in
# `store.variables`, its name goes by the graph's name scopes, and if it is taken the graph makes it `name_1`.
#
# Both put a variable that is trainable into the list `store.trainable`, once. That list is all that an optimizer will
# ever touch.
#
# **`constant(graph, value, dtype=None, name="const")`** adds a node `Const`, with the attribute `value`. Python has one
# kind of float and one of int, NumPy a dozen. TensorFlow's rule is: Python's floats become float32 and its ints int32,
# in lists as well (a list in which there is a float is float32); bools stay bool; an array keeps its dtype. A `dtype`
# that is given converts, but a float with an integer's dtype is an error: what should become of the .5? `variable` takes
# its value by the same rules, and both keep a **copy**: `node.load` locks the array that it is given.
#
# **Each error is a `GraphError` that says who and what next**: the variable's whole name; for a name that is there or
# missing the word `reuse`; for a missing shape the word `shape`; both shapes, or both dtypes, where they differ; a
# constant's whole name (`graph.scope + name`) and the dtype that was asked for. And what is refused leaves nothing
# behind.


# %% given="variable_store"
class VariableStore:
    """A graph's variables: which there are, which are shared, which are trained."""

    def __init__(self, graph):
        self.graph = graph
        self.variables = {}  # whole name -> tensor, of get_variable
        self.trainable = []  # what an optimizer may change
        self.updates = []  # what has to run beside a training step; sections 8 and 9 need it
        self.scopes = []  # (name, reuse) of each variable scope that is open, the outermost first


# %% code="variables"
def array_of(value, dtype=None, whole="variable"):
    """A copy of `value` in the dtype that a constant or a variable gives it; `whole` is its name, for errors."""
    ### BEGIN SOLUTION
    array = np.array(value)
    if dtype is None and not isinstance(value, np.ndarray | np.generic):
        dtype = {"f": "float32", "i": "int32"}.get(array.dtype.kind)
    if dtype is None:
        return array
    if array.dtype.kind == "f" and np.dtype(dtype).kind in "iu":
        raise GraphError(f"{whole}: {value} is no {dtype}; round it first, or ask for float32.")
    return array.astype(dtype)
    ### END SOLUTION
    raise NotImplementedError("lab 7, variables: return an array, a copy")


def constant(graph, value, dtype=None, name="const"):
    """Add a node whose value never changes; returns its tensor."""
    ### BEGIN SOLUTION
    return graph.apply("Const", value=array_of(value, dtype, graph.scope + name), name=name)
    ### END SOLUTION
    raise NotImplementedError("lab 7, variables: return the tensor of the constant")


@add_to_class(VariableStore)
@contextmanager
def variable_scope(self, name, reuse=False):
    """Put `name/` before the names of variables and nodes that are made in the with block."""
    ### BEGIN SOLUTION
    self.scopes.append((name, reuse))
    try:
        with self.graph.name_scope(name):
            yield
    finally:
        self.scopes.pop()
    return  # what stands below would run when the block ends
    ### END SOLUTION
    raise NotImplementedError("lab 7, variables: open the scope, yield, leave it")


@add_to_class(VariableStore)
def variable(self, value, name="variable", trainable=True):
    """Make a variable of its own; returns its tensor."""
    ### BEGIN SOLUTION
    tensor = self.graph.variable(name, array_of(value))
    if trainable:
        self.trainable.append(tensor)
    return tensor
    ### END SOLUTION
    raise NotImplementedError("lab 7, variables: return the tensor of a new variable")


@add_to_class(VariableStore)
def get_variable(self, name, shape=None, initializer=None, trainable=True, dtype="float32"):
    """Make the variable of this name in the open scopes, or find it where they say reuse; returns its tensor.

    initializer(shape) -> array, the first value
    """
    ### BEGIN SOLUTION
    whole = "".join(f"{scope}/" for scope, _ in self.scopes) + name
    reuse = any(reuse for _, reuse in self.scopes)
    found = self.variables.get(whole)
    if found is None and reuse:
        raise GraphError(f"{whole} is not there yet: make it first, in a scope without reuse=True.")
    if found is None and shape is None:
        raise GraphError(f"{whole} is new: give it a shape.")
    if found is None:
        value = np.asarray((initializer or np.zeros)(tuple(shape))).astype(dtype)
        with self.graph.name_scope(""):
            self.variables[whole] = self.variable(value, whole, trainable)
        return self.variables[whole]
    if not reuse:
        raise GraphError(f"{whole} is there already: reuse=True in its scope shares it; or choose another name.")
    if shape is not None and tuple(shape) != found.shape:
        raise GraphError(f"{whole} has shape {list(found.shape)} and was asked for with {list(shape)}.")
    if dtype != found.dtype:
        raise GraphError(f"{whole} is {found.dtype} and was asked for as {dtype}: say dtype={found.dtype!r}.")
    return found
    ### END SOLUTION
    raise NotImplementedError("lab 7, variables: return the tensor that is found or made")


# %% check="variables"
check("variables")

# %% [markdown]
# The twins again, with your store. What is trained has a thick edge; `seen` counts pictures, and no gradient shall ever
# move it.


# %% look="siamese_shared"
def shared_branch(store, picture, reuse):
    """One branch: the second time it is built, it finds the first one's weights."""
    with store.variable_scope("branch", reuse=reuse):
        weight = store.get_variable("weight", (784, 16))
        bias = store.get_variable("bias", (16,))
        hidden = store.graph.apply("MatMul", picture, weight, name="matmul")
        return store.graph.apply("BiasAdd", hidden, bias, name="embedding")


def siamese():
    """Both branches and their distance; returns the graph and its store."""
    graph = training_graph()
    store = VariableStore(graph)
    pictures = [graph.placeholder(name, (None, 784)) for name in ("left", "right")]
    ours = [shared_branch(store, picture, reuse) for picture, reuse in zip(pictures, (False, True), strict=True)]
    with graph.name_scope("distance"):
        graph.apply("Square", graph.apply("Sub", *ours, name="difference"), name="square")
    store.variable(np.zeros((), np.int64), name="seen", trainable=False)
    return graph, store


with needs_answers():
    graph, store = siamese()
    display(show.scopes(graph, store.trainable))

# %% [markdown]
# One `weight`, one `bias`, two products. And what happens to those who ask for something else? Read each message as its
# victim would, at three in the morning: does it say who, and what to do?


# %% look="refusals"
def forgets_reuse(graph, store):
    with store.variable_scope("branch"):
        store.get_variable("weight", (784, 16))


def misspells(graph, store):
    with store.variable_scope("branch", reuse=True):
        store.get_variable("wieght", (784, 16))


def asks_for_more(graph, store):
    with store.variable_scope("branch", reuse=True):
        store.get_variable("weight", (784, 32))


def counts_in_fractions(graph, store):
    constant(graph, 0.5, dtype="int32", name="half")


def adds_a_fraction(graph, store):
    graph.apply("Add", graph.tensor("seen"), constant(graph, 1.0), name="seen_later")


with needs_answers():
    for mistake in (forgets_reuse, misspells, asks_for_more, counts_in_fractions, adds_a_fraction):
        try:
            mistake(*siamese())
        except GraphError as error:
            print(f"{mistake.__name__}: {error}")

# %% [markdown]
# The last one is the engine's own. NumPy would have answered `int64 + float32` with a float64 and gone on; a graph that
# is compiled for a machine with one kind of adder for each type cannot, and says so before anything runs. `Cast` is how
# to ask for it.
#
# PyTorch went another way: a layer is an object that holds its weights, and who wants them shared hands the object
# around. Names came back all the same, as soon as anybody wanted to save a model: `state_dict()` is a table, whole name
# -> tensor, and the names are made of the path to each object. You will need such a table in section 12.

# %% [markdown]
# ## 4. Where to begin
#
# *About 25 minutes, easy.*
#
# Ten layers of 256 units, tanh behind each, and digits at the front. Their weights are drawn from a normal distribution.
# Its standard deviation is the only thing that you may choose: 0.01, as many an early example did, or 1, which sounds
# natural. What will layer 10 see?

# %% look="two_starts"
pictures, digits = data.mnist("test")
batch = (pictures[:256].reshape(256, -1) / 255 - 0.13) / 0.31  # mean 0, standard deviation 1, nearly


def depths(draw, activation=np.tanh, layers=10, units=256):
    """What comes out of each layer of a stack; draw(shape) -> the weights of a layer."""
    seen = [batch.astype(np.float32)]
    for _ in range(layers):
        seen.append(activation(seen[-1] @ draw((seen[-1].shape[1], units))))
    return seen[1:]


rng = np.random.default_rng(7)
starts = {
    "normal, 0.01": depths(lambda shape: rng.normal(0, 0.01, shape)),
    "normal, 1": depths(lambda shape: rng.normal(0, 1, shape)),
}
display(show.depths(starts))

# %% [markdown]
# With 0.01 the signal dies: each layer gives a sixth of what the one before it gave, and the last 15 million times less
# than the first. With 1 every unit shouts -1 or 1; its tanh is flat there, and no gradient comes back. Neither network
# would learn anything, and both have right code, right gradients, a good optimizer.
#
# The sum in a unit has $n_\text{in}$ terms. If inputs and weights are independent, with mean 0, its variance is
#
# $$\operatorname{Var}(y) = n_\text{in} \operatorname{Var}(w) \operatorname{Var}(x),$$
#
# and it stays what it was if $\operatorname{Var}(w) = 1 / n_\text{in}$. On the way back, the gradient's sum has
# $n_\text{out}$ terms, and wants $1 / n_\text{out}$. Glorot and Bengio (2010) took the mean of the two:
# **Xavier**, $\operatorname{Var}(w) = 2 / (n_\text{in} + n_\text{out})$. A uniform distribution on $[-a, a]$ has the
# variance $a^2 / 3$, hence
#
# $$w \sim U\left[-\sqrt{\tfrac{6}{n_\text{in} + n_\text{out}}},\ \sqrt{\tfrac{6}{n_\text{in} + n_\text{out}}}\right].$$
#
# A ReLU drops half of its input, and half of the power with it. He and others (2015) gave it back: a plain normal
# distribution with standard deviation $\sqrt{2 / n_\text{in}}$.
#
# **Fans.** How many terms has a sum? For a dense layer's weight (in, out) $n_\text{in}$ = in, $n_\text{out}$ = out. A
# convolution's weight is (Cin, K, K, Cout) in this course: each output is a sum over a whole window, $n_\text{in} =
# C_\text{in} K^2$, and each input takes part in $n_\text{out} = C_\text{out} K^2$ outputs.
#
# **Truncated normal.** TensorFlow's favourite: a normal distribution in which whatever lies more than 2 standard
# deviations from the mean is **drawn again**, until it does not. (Not clipped: that would put 4.6 % of all weights onto
# two numbers.) What is left has a standard deviation of 0.88 `stddev`. TensorFlow's function leaves it so, and so do you.
#
# All draws come from the generator `rng` that is handed in (`rng.normal`, `rng.uniform`), so that who has the seed has
# the network. All arrays are float32.


# %% code="initializers"
def fans(shape):
    """How many terms a sum has, forward and back; shape (in, out) or (Cin, K, K, Cout)  ->  (fan_in, fan_out)."""
    ### BEGIN SOLUTION
    window = shape[1] * shape[2] if len(shape) == 4 else 1
    return shape[0] * window, shape[-1] * window
    ### END SOLUTION
    raise NotImplementedError("lab 7, initializers: return (fan_in, fan_out)")


def truncated_normal(shape, rng, mean=0.0, stddev=1.0):
    """Normal, but what lies more than 2 stddev from the mean is drawn again  ->  float32 array."""
    ### BEGIN SOLUTION
    values = rng.normal(size=shape)
    while (outside := np.abs(values) > 2).any():
        values[outside] = rng.normal(size=outside.sum())
    return (mean + stddev * values).astype(np.float32)
    ### END SOLUTION
    raise NotImplementedError("lab 7, initializers: return a float32 array of this shape")


def xavier(shape, rng):
    """Uniform between -sqrt(6 / (fan_in + fan_out)) and its opposite  ->  float32 array."""
    ### BEGIN SOLUTION
    end = np.sqrt(6 / sum(fans(shape)))
    return rng.uniform(-end, end, shape).astype(np.float32)
    ### END SOLUTION
    raise NotImplementedError("lab 7, initializers: return a float32 array of this shape")


def he(shape, rng):
    """Normal, with standard deviation sqrt(2 / fan_in)  ->  float32 array."""
    ### BEGIN SOLUTION
    return rng.normal(0, np.sqrt(2 / fans(shape)[0]), shape).astype(np.float32)
    ### END SOLUTION
    raise NotImplementedError("lab 7, initializers: return a float32 array of this shape")


def filled(shape, value):
    """The same number everywhere  ->  float32 array."""
    ### BEGIN SOLUTION
    return np.full(shape, value, np.float32)
    ### END SOLUTION
    raise NotImplementedError("lab 7, initializers: return a float32 array of this shape")


# %% check="initializers"
check("initializers")

# %% [markdown]
# The same stacks with yours. The last two have ReLUs. Which of them would you rather train, and what does Xavier's
# missing factor of 2 do to the other?


# %% look="four_starts"
def relu(x):
    return np.maximum(x, 0)


with needs_answers():
    rng = np.random.default_rng(7)
    starts = {
        "truncated, 0.05, tanh": depths(lambda shape: truncated_normal(shape, rng, stddev=0.05)),
        "xavier, tanh": depths(lambda shape: xavier(shape, rng)),
        "xavier, ReLU": depths(lambda shape: xavier(shape, rng), relu),
        "he, ReLU": depths(lambda shape: he(shape, rng), relu),
    }
    display(show.depths(starts))

# %% [markdown]
# Batch normalization, in section 9, is another answer to the same question: it does not draw better numbers, it corrects
# each layer's output again and again while the network learns.
#
# And `filled`? For biases and for what batch normalization starts from. A weight that is filled with one number gives
# all units of a layer the same gradient: 256 units that stay one unit for ever.

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

# %% [markdown]
# ## 10. Dropout
#
# *About 20 minutes, easy.*
#
# Geoffrey Hinton told where the idea came from: at his bank the tellers kept changing, he asked why, and nobody knew.
# He figured that it must be because a fraud takes cooperation between employees. Units of a network conspire, too: one
# that corrects the mistakes of another is of use on the training set and nowhere else. So take away each with some
# probability, at random, anew in each step, and none can rely on a friend.
#
# `rate` is the share that is dropped. In training, with a mask of zeros and ones that is drawn in **each run**, an own
# one for each number of the batch,
#
# $$y = \frac{\text{mask} \cdot x}{1 - \text{rate}}, \qquad P(\text{mask} = 0) = \text{rate},$$
#
# so that on average $y$ is $x$: the next layer sees sums of the size that it will see later. In use, $y = x$, exactly.
# That is *inverted* dropout. (The paper of 2014 did it the other way round: nothing in training, and weights times
# $1 - \text{rate}$ in use. Then who uses the network must know how it was trained.)
#
# Which of the two it is to be is not known when the graph is built: `is_training` is a bool tensor, fed in each run.
# Draw the mask by an operator, then; NumPy's generator would draw it once, while the graph is built, and it would be
# the same in each run for ever.
#
# What helps: `RandomUniform(x)` draws numbers from [0, 1) in x's shape, in each run anew, with the attribute `seed`;
# `Shift` and `Scale` add or multiply by their attribute `by`; `Floor` rounds down; `Mul` multiplies two tensors;
# `Greater` compares two (one may be a scalar) and gives bools, which `Cast` turns into numbers; and
# `Select(condition, a, b)` is a where the condition is True, and else b. Give `seed` on: two dropouts with the same seed
# drop the same places.


# %% code="dropout"
def dropout(graph, x, rate, is_training, seed=0):
    """Drop the share `rate` of x in training, and scale up the rest; in use, x.

    x : any shape, float32; rate in [0, 1); is_training : (), bool  ->  tensor of x's shape
    """
    ### BEGIN SOLUTION
    with graph.name_scope("dropout"):
        draws = graph.apply("RandomUniform", x, seed=seed)
        mask = graph.apply("Floor", graph.apply("Shift", draws, by=1 - rate), name="mask")
        dropped = graph.apply("Scale", graph.apply("Mul", x, mask), by=1 / (1 - rate), name="dropped")
        return graph.apply("Select", is_training, dropped, x)
    ### END SOLUTION
    raise NotImplementedError("lab 7, dropout: return a tensor of x's shape")


# %% check="dropout"
check("dropout")

# %% [markdown]
# A digit, three runs in training, the mean of 300 runs, and one run in use. The mean is why the scale is there: the next
# layer learns on the noisy ones and works on the clean one.


# %% look="dropout_masks"
def masked_digit(rate=0.5, runs=300):
    """A digit through dropout: [first runs, mean of all runs, in use]."""
    graph = training_graph()
    x = graph.placeholder("x", (None, 28, 28))
    is_training = graph.placeholder("is_training", (), dtype="bool")
    y = dropout(graph, x, rate, is_training, seed=3)
    session = Session(graph)
    digit = (data.mnist("test")[0][:1].reshape(1, 28, 28) / 255).astype(np.float32)
    trained = [session.run(y, {x: digit, is_training: True})[0] for _ in range(runs)]
    return trained[:3], np.mean(trained, 0), session.run(y, {x: digit, is_training: False})[0]


with needs_answers():
    display(show.dropped(*masked_digit()))

# %% [markdown]
# Try `masked_digit(rate=0.9)`. Still a digit, on average; but after 300 runs the mean is much noisier. Why does the noise
# of a unit grow with the rate, and how fast? (Its variance is $x^2\, \text{rate} / (1 - \text{rate})$: from 0.5 to 0.9
# it grows ninefold.)

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
