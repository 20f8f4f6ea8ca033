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
# **Three parts.** Sections 1 to 6 build a graph that works out its own gradients: about seven hours. Sections 7
# to 11 make networks of it that learn: about five hours. Sections 12 to 18 give it a memory and a window, and take you
# to the finish line: about seven hours. Where a part ends, a heading says so. To go on another day, run all cells
# above the place where you stopped (*Run > Run All Above Selected Cell*), which takes a minute at most.

# %% given="setup"
import tempfile
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
note = show.loss_curve(300, every=25)
for a, b in first_batches(train_images, train_labels):
    said, cost = session.run([probabilities, loss], {x: a, labels: b})
    note(cost)
    d_logits = (said - b) / len(a)
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
#
# *About 60 minutes, moderate.*
#
# You ask a session for the loss, and it answers with a number. In between somebody has to decide which nodes run, and
# in what order. It looks harmless: to compute a node, first compute its inputs. Written down like that, as a function
# that calls itself for each input, it works on every small graph. *Now look at the tower on the left below. How many
# times does that function run the node at the bottom?*

# %% look="diamonds_picture"
show.diamonds(levels=4)

# %% [markdown]
# Each level takes the one below **twice**, once directly and once by way of `Neg`. So a level costs twice what the one
# below costs, and two nodes more: $r_n = 2\,r_{n-1} + 2$ with $r_0 = 1$, hence
#
# $$r_n = 3 \cdot 2^n - 2$$
#
# runs, for a graph of $2n + 1$ nodes. At 40 levels and a microsecond a run, that is 38 days for what takes 81 runs. No
# network is such a tower, but every network has diamonds: a weight is needed forwards, backwards and by the
# optimizer; a batch norm needs its input five times; and in section 6 each forward value is taken once more by the way
# back.
#
# So first plan, then run. `walk` returns the plan, a list of nodes. **Any** list will do that keeps five rules:
#
# 1. **What is needed, and no more.** A node is needed if a fetch is its output, or if a needed node waits for it.
#    What a node waits for is what `waits_for(node, fed)` returns: the nodes of its inputs, and nodes that have to run
#    first although it takes nothing from them (such as an assignment that must not come too late). Variables and
#    placeholders are nodes like all others.
# 2. **Each once**, however many wait for it, and however often it is fetched.
# 3. **Each after all that it waits for.**
# 4. **Nothing for the sake of what is fed.** The value of a fed tensor is there already. `waits_for` knows that; of
#    a *fetch* that is fed you have to see it yourself.
# 5. **A circle is refused.** If nodes wait for one another, no order is right: raise a `GraphError` whose message holds
#    the name of **every** node in the circle. (`Graph.apply` cannot close one; `node.update_input`, with which tools
#    rewrite graphs, can. A circle that nobody needs, or that a feed cuts open, is none of your business.)
#
# Two more things make the difference between a sketch and a tool. Graphs are **deep**: the one of an LSTM over a long
# text has thousands of nodes in a row, and Python lets a function call itself a thousand times, no more. And this
# question is **timed**, on a graph of 2,300 nodes: how often do you look at each of them, and what does one look cost?


# %% code="walk"
def walk(fetches, fed=()):
    """Plan a run: the nodes that the fetches need, each once, each after all that it waits for.

    fetches : list of tensors, fed : set of tensors that have a value already  ->  list of nodes
    """
    ### BEGIN SOLUTION
    order, begun, done = [], set(), set()
    stack = [tensor.node for tensor in fetches if tensor not in fed]
    while stack:
        node = stack[-1]
        if node in done:
            stack.pop()
        elif node in begun:  # all that it waits for has come
            done.add(node)
            order.append(stack.pop())
        else:
            begun.add(node)
            for other in waits_for(node, fed):
                if other in begun and other not in done:
                    path = [each for each in stack if each in begun and each not in done]
                    circle = [*path[path.index(other) :], other]
                    raise GraphError(f"These nodes wait for one another: {' <- '.join(n.name for n in circle)}.")
                if other not in done:
                    stack.append(other)
    return order
    ### END SOLUTION
    raise NotImplementedError("lab 7, walk: return the nodes")


# %% check="walk"
check("walk")

# %% [markdown]
# Your order, on a graph: what it takes to fetch the marked tensor, in the order in which you let it run. What is pale
# stays out. Feed the tensor with the thick frame (second picture), and all that it alone needs is pale too.


# %% given="small_graph"
def small_graph():
    """A graph with a bit of everything; returns it with the tensor to fetch and a tensor that can be fed."""
    graph = training_graph()
    x, w, v = graph.placeholder("x", (4,)), graph.variable("w", np.ones(4)), graph.variable("v", np.ones(4))
    x = graph.apply("Cast", x, dtype="float64", name="cast")
    a = graph.apply("Mul", x, w, name="a")
    b = graph.apply("Square", a, name="b")
    c = graph.apply("Add", b, a, name="c")
    d = graph.apply("Mul", c, v, name="d")
    graph.apply("Exp", b, name="unused")
    return graph, graph.apply("Sub", d, c, name="e"), c


# %% look="order_picture"
with needs_answers():
    graph, fetched, fed = small_graph()
    display(show.order(graph, walk([fetched]), fetched))
    display(show.order(graph, walk([fetched], {fed}), fetched, fed))

# %% [markdown]
# And the tower of 40 levels, for which the plain function would take 38 days:


# %% look="tower_run"
def tower(levels):
    """A graph in which each level takes the one below twice; returns it with its top."""
    graph = training_graph()
    top = graph.variable("bottom", np.array(1.0))
    for _ in range(levels):
        top = graph.apply("Add", graph.apply("Scale", top, by=0.01), top)  # a hundredth more, as interest
    return graph, top


with needs_answers():
    graph, top = tower(40)
    order = walk([top])
    print(
        f"{len(graph.nodes)} nodes in the graph, {len(order)} in your plan; the plain function: {3 * 2**40 - 2:,} runs"
    )
    print("computed by your plan:", Session(graph, walk).run(top))

# %% [markdown]
# ## 3. Variables, and whose they are
#
# *About 100 minutes, moderate.*
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
# store = VariableStore(training_graph())
# with store.variable_scope("branch"):
#     weight = store.get_variable("weight", (784, 16), np.zeros)         # makes branch/weight
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
# The twins again, with your store. What is trained has a thick edge; `seen` counts pictures, and no gradient may ever
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
# *About 35 minutes, easy.*
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
#
# *About 80 minutes, moderate.*
#
# In lab 2 every layer had a `backward`: it took an array and computed an array. Here that is impossible. When you ask a
# graph for its gradients, nothing has been computed yet: no image was fed, and nobody knows how many there will be. How
# do you write down the derivative of something that has no value?
#
# As more of the plan. A **gradient rule** belongs to an operator. It gets one node $y = f(x_1, x_2, \dots)$ and a
# *tensor* `dy`, which will hold $\partial L/\partial y$ once the graph runs. It adds nodes that will compute
#
# $$\frac{\partial L}{\partial x_i} = \sum_j \frac{\partial L}{\partial y_j}\,\frac{\partial y_j}{\partial x_i}$$
#
# and returns a tensor for each input. It computes nothing, it only says how. The plan of the way back is then a graph
# like any other: a session runs it, and runs no more of it than is asked for.

# %% look="rule_picture"
show.rule_before_after()

# %% [markdown]
# Not every input has a gradient. How should the loss change with a label, or with the place of a maximum? For such
# inputs a rule returns `None`, and the way back ends there.
#
# These are the rules for what is easy. `GRADIENTS` keeps them by the operator's name; `@gradient_of("Neg")` puts the
# function below it there. Read `Mul` closely: `a * b` takes two tensors of one shape, or a scalar and a tensor. The
# scalar went into *every* entry of the product, so the slopes of all entries add up in it.


# %% given="gradient_rules"
GRADIENTS = {}  # operator's name -> rule(graph, node, dy), which returns a tensor or None for each input


def gradient_of(*operators):
    """Decorator that keeps a rule for these operators."""

    def keep(rule):
        GRADIENTS.update(dict.fromkeys(operators, rule))
        return rule

    return keep


def as_input(graph, gradient, x):
    """The gradient of a scalar that went into every entry is the sum of all of theirs."""
    return graph.apply("Sum", gradient) if x.shape == () and gradient.shape != () else gradient


@gradient_of("Add")
def add_gradient(graph, node, dy):
    return tuple(as_input(graph, dy, x) for x in node.inputs)


@gradient_of("Sub")
def sub_gradient(graph, node, dy):
    x, y = node.inputs
    return as_input(graph, dy, x), as_input(graph, graph.apply("Neg", dy), y)


@gradient_of("Mul")
def mul_gradient(graph, node, dy):
    x, y = node.inputs
    return as_input(graph, graph.apply("Mul", dy, y), x), as_input(graph, graph.apply("Mul", dy, x), y)


@gradient_of("Neg")
def neg_gradient(graph, node, dy):
    return (graph.apply("Neg", dy),)


@gradient_of("Scale")
def scale_gradient(graph, node, dy):
    return (graph.apply("Scale", dy, by=node.attributes["by"]),)


@gradient_of("Shift")
def shift_gradient(graph, node, dy):
    return (dy,)


@gradient_of("Exp")
def exp_gradient(graph, node, dy):
    return (graph.apply("Mul", dy, node.outputs[0]),)  # the slope of e^x is e^x, which the node has computed


@gradient_of("Log")
def log_gradient(graph, node, dy):
    return (graph.apply("Div", dy, node.inputs[0]),)


@gradient_of("Tanh")
def tanh_gradient(graph, node, dy):
    square = graph.apply("Square", node.outputs[0])
    return (graph.apply("Sub", dy, graph.apply("Mul", dy, square)),)  # the slope of tanh is 1 - tanh^2


@gradient_of("Sum")
def sum_gradient(graph, node, dy):
    return (graph.apply("Fill", dy, node.inputs[0]),)  # as many copies of dy as x has entries


@gradient_of("Transpose")
def transpose_gradient(graph, node, dy):
    back = tuple(int(axis) for axis in np.argsort(node.attributes["axes"]))
    return (graph.apply("Transpose", dy, axes=back),)


@gradient_of("Select")
def select_gradient(graph, node, dy):
    condition = node.inputs[0]
    nothing = graph.apply("Scale", dy, by=0.0)
    return None, graph.apply("Select", condition, dy, nothing), graph.apply("Select", condition, nothing, dy)


@gradient_of("WithGradient")
def with_gradient_gradient(graph, node, dy):
    return (None, *node.attributes["rule"](graph, dy))


@gradient_of("ArgMax", "Equal", "Greater", "Cast", "Floor", "Step", "Count", "RandomUniform")
def no_gradient(graph, node, dy):
    return (None,) * len(node.inputs)


# %% [markdown]
# ### Ten rules of yours
#
# Ten operators are left to you, the ones that networks are made of. Two thoughts carry most of them.
#
# **A node knows its neighbours, not its numbers.** `node.inputs` and `node.outputs` are tensors that your new nodes may
# use, `node.attributes` says how the operator was set up. The batch is `None` in their shapes, and a weight has one
# value now and another after the next step. So nothing may be read off now: what depends on the batch has to be a node
# that counts, fills or reshapes *like* another tensor when the graph runs.
#
# **Shapes are half the proof.** The gradient of $x$ has the shape of $x$. For $y = ab$ with $a$ of $M \times K$ and $b$
# of $K \times N$,
#
# $$\frac{\partial L}{\partial a} = \frac{\partial L}{\partial y}\, b^\top, \qquad
# \frac{\partial L}{\partial b} = a^\top\, \frac{\partial L}{\partial y}$$
#
# and there is hardly another way to put these three together. But `MatMul` can turn its inputs first: with
# `transpose_a` it is $y = a^\top b$ and $a$ is $K \times M$. Work out all four ways on paper. No node for turning is
# needed, since your own `MatMul` nodes have the two switches too.
#
# | operator | what it does | for its rule you may want |
# |---|---|---|
# | `MatMul` (`transpose_a`, `transpose_b`) | $ab$, after turning | `MatMul` |
# | `BiasAdd` | adds `bias` (C,) to `x` (N, C) or (N, C, H, W) | `ChannelSum` |
# | `Sigmoid` | $\sigma(x)$, whose slope is $\sigma(x)(1 - \sigma(x))$ | `Mul`, `Sub`, `Scale`, `Shift` |
# | `Relu` | $\max(x, 0)$ | `Step`: 1 where its input is positive, else 0 |
# | `Square` | $x^2$ | `Scale` |
# | `Mean` | the mean of all entries, () | `Count`: how many entries, as a scalar; `Div`, `Fill` |
# | `SoftmaxCrossEntropy` | a loss for each row, (N,) | `Softmax`; `PerRow`: (N,) spread over rows of (N, classes) |
# | `Reshape` (`shape`) | the same entries in another shape | `ReshapeLike` |
# | `Conv2D` (`stride`, `pad`) | lab 2's convolution, without bias | `Conv2DBackpropInput`, `Conv2DBackpropFilter` |
# | `MaxPool` (`kernel_size`, `stride`) | lab 2's pooling | `MaxPoolGrad` |
#
# For logits $z$ and one-hot labels $t$, the loss of row $n$ is $\ell_n = -\sum_k t_{nk} \log \mathrm{softmax}(z_n)_k$,
# and $\partial \ell_n/\partial z_{nk} = \mathrm{softmax}(z_n)_k - t_{nk}$. No division by the batch here: averaging is
# `Mean`'s business, and what it says arrives in `dy`, a number for each row. Labels have no gradient.
#
# The inputs of every operator, in order, and all attributes:

# %% look="operators_at_hand"
from aics.lab7_graph_training import operators

print(operators.__doc__[operators.__doc__.index("====") :])


# %% code="op_gradients"
@gradient_of("MatMul")
def matmul_gradient(graph, node, dy):
    """a (M, K), or (K, M) if transpose_a; b (K, N), or (N, K) if transpose_b; dy (M, N)  ->  (da, db)"""
    ### BEGIN SOLUTION
    a, b = node.inputs
    turned_a, turned_b = node.attributes["transpose_a"], node.attributes["transpose_b"]
    if turned_a:
        da = graph.apply("MatMul", b, dy, transpose_a=turned_b, transpose_b=True)
    else:
        da = graph.apply("MatMul", dy, b, transpose_b=not turned_b)
    if turned_b:
        db = graph.apply("MatMul", dy, a, transpose_a=True, transpose_b=turned_a)
    else:
        db = graph.apply("MatMul", a, dy, transpose_a=not turned_a)
    return da, db
    ### END SOLUTION
    raise NotImplementedError("lab 7, op_gradients: return (da, db)")


@gradient_of("BiasAdd")
def bias_add_gradient(graph, node, dy):
    """x (N, C) or (N, C, H, W), bias (C,), dy as x  ->  (dx, dbias)"""
    ### BEGIN SOLUTION
    return dy, graph.apply("ChannelSum", dy)
    ### END SOLUTION
    raise NotImplementedError("lab 7, op_gradients: return (dx, dbias)")


@gradient_of("Sigmoid")
def sigmoid_gradient(graph, node, dy):
    """x, dy of any one shape  ->  (dx,)"""
    ### BEGIN SOLUTION
    y = node.outputs[0]
    slope = graph.apply("Sub", y, graph.apply("Square", y))
    return (graph.apply("Mul", dy, slope),)
    ### END SOLUTION
    raise NotImplementedError("lab 7, op_gradients: return (dx,)")


@gradient_of("Relu")
def relu_gradient(graph, node, dy):
    """x, dy of any one shape  ->  (dx,)"""
    ### BEGIN SOLUTION
    return (graph.apply("Mul", dy, graph.apply("Step", node.inputs[0])),)
    ### END SOLUTION
    raise NotImplementedError("lab 7, op_gradients: return (dx,)")


@gradient_of("Square")
def square_gradient(graph, node, dy):
    """x, dy of any one shape  ->  (dx,)"""
    ### BEGIN SOLUTION
    return (graph.apply("Mul", dy, graph.apply("Scale", node.inputs[0], by=2.0)),)
    ### END SOLUTION
    raise NotImplementedError("lab 7, op_gradients: return (dx,)")


@gradient_of("Mean")
def mean_gradient(graph, node, dy):
    """x of any shape, dy ()  ->  (dx,)"""
    ### BEGIN SOLUTION
    x = node.inputs[0]
    share = graph.apply("Div", dy, graph.apply("Count", x))
    return (graph.apply("Fill", share, x),)
    ### END SOLUTION
    raise NotImplementedError("lab 7, op_gradients: return (dx,)")


@gradient_of("SoftmaxCrossEntropy")
def softmax_cross_entropy_gradient(graph, node, dy):
    """logits (N, classes), labels (N, classes), dy (N,)  ->  (dlogits, None)"""
    ### BEGIN SOLUTION
    logits, labels = node.inputs
    difference = graph.apply("Sub", graph.apply("Softmax", logits), labels)
    return graph.apply("Mul", graph.apply("PerRow", dy, logits), difference), None
    ### END SOLUTION
    raise NotImplementedError("lab 7, op_gradients: return (dlogits, None)")


@gradient_of("Reshape")
def reshape_gradient(graph, node, dy):
    """x of any shape, dy in the shape that it was given  ->  (dx,)"""
    ### BEGIN SOLUTION
    return (graph.apply("ReshapeLike", dy, node.inputs[0]),)
    ### END SOLUTION
    raise NotImplementedError("lab 7, op_gradients: return (dx,)")


@gradient_of("Conv2D")
def conv2d_gradient(graph, node, dy):
    """x (N, Cin, H, W), weight (Cin, K, K, Cout), dy (N, Cout, Ho, Wo)  ->  (dx, dweight)"""
    ### BEGIN SOLUTION
    x, weight = node.inputs
    dx = graph.apply("Conv2DBackpropInput", x, weight, dy, **node.attributes)
    return dx, graph.apply("Conv2DBackpropFilter", x, weight, dy, **node.attributes)
    ### END SOLUTION
    raise NotImplementedError("lab 7, op_gradients: return (dx, dweight)")


@gradient_of("MaxPool")
def max_pool_gradient(graph, node, dy):
    """x (N, C, H, W), dy (N, C, Ho, Wo)  ->  (dx,)"""
    ### BEGIN SOLUTION
    return (graph.apply("MaxPoolGrad", node.inputs[0], dy, **node.attributes),)
    ### END SOLUTION
    raise NotImplementedError("lab 7, op_gradients: return (dx,)")


# %% check="op_gradients"
check("op_gradients")

# %% [markdown]
# You need not believe in formulas. Whatever a rule says, the definition of a derivative can be tried: move one input a
# little up and down, and see how far the outputs move. That costs two runs for *each* entry, a rule's nodes cost one
# run for all of them. Below, each rule of yours stands beside such differences. (They are computed in float32, so a
# right rule is off by a few ten-thousandths at most.) What you have not written yet is left blank.

# %% look="rule_checks"
with needs_answers():
    display(show.rule_checks(GRADIENTS))

# %% [markdown]
# And this is what a rule leaves in the graph. Choose another operator, and look at how many nodes it costs.

# %% look="rule_nodes"
with needs_answers():
    display(show.rule_nodes(GRADIENTS, "Sigmoid"))
    display(show.rule_nodes(GRADIENTS, "SoftmaxCrossEntropy"))

# %% [markdown]
# ## 6. Backwards through the graph
#
# *About 110 minutes, hard.*
#
# In lab 2 every layer had a `backward`, and somebody called them in the right order: you. Now nobody does. Somebody
# hands you a graph that you have never seen, with branches that part and meet again, and asks for the gradient of its
# loss with respect to some of its tensors. And the answer is not to be numbers. It is to be **more graph**: nodes that
# compute the gradients whenever they are run. *What is gained by that? Think of what can be done to a graph and not to
# numbers: look at it, prune it, place it on another machine, run it a million times. Differentiate it once more.*
#
# One rule is all there is to it. A tensor $t$ acts on the loss $L$ through everything that takes it, so its gradient is
# a **sum** over its consumers:
#
# $$\frac{\partial L}{\partial t} \;=\; \sum_{c \text{ takes } t} \left(\frac{\partial c}{\partial t}\right)^{\!\top}
# \frac{\partial L}{\partial c}$$
#
# Each term is what the consumer's own rule says (section 5: `rule(graph, node, dy)`, one tensor or None for each input);
# you only have to hand it the consumer's whole gradient `dy`, sum the terms up, and never go on with half a sum.

# %% look="sum_picture"
show.gradient_sum()

# %% [markdown]
# *In which order may the four nodes of the picture be visited? Which order is wrong, and what would come out?* The
# gradient of `a` is known only after **both** `b` and `c` have said their part. So a node's turn comes once all of its
# consumers have had theirs: those between it and the loss, for others do not matter. That is section 2's order, read
# backwards. You can have it from your `walk`, or by counting: how many consumers of each node still owe their part?
#
# What `gradients(graph, loss, wanted, rules)` promises:
#
# - It returns a list: for each wanted tensor the tensor of its gradient, or **None** if no gradient comes from the loss
#   to it. (Zeros instead would be true, and would hide many a mistake in a network.)
# - It starts from $\partial L/\partial L = 1$: a node `Const` with a `value` of the **loss's dtype**, shape `()`. If the
#   loss itself is wanted, that is its gradient.
# - All that is added, by you and by the rules that you call, stands in the name scope `gradients`
#   (`with graph.name_scope("gradients"):`). Sums are nodes `Add`, of two tensors each: for a tensor with $k$ terms
#   $k - 1$ of them and no more, however many tensors are wanted.
# - **Only what lies between.** The rule of a node is called once if a gradient comes to it *and* a wanted tensor lies
#   somewhere behind one of its inputs; otherwise not at all. (Half of all operators of a big graph prepare data. They
#   need no rules.)
# - A consumer that takes the same tensor twice (`Mul(x, x)`) has two terms for it. A rule's None is no term.
# - Graphs may be thousands of nodes deep. And the order in which nodes were made tells nothing: `update_input` may have
#   given an old node a young input.
# - Refused with a `GraphError` are: a loss whose shape is not `()`, by its name; a wanted tensor that is no float
#   (its `dtype` does not begin with `float`), by its name; and an operator without a rule where one is needed, by the
#   names of operator and node.


# %% code="gradients"
def gradients(graph, loss, wanted, rules=None):
    """Add nodes to the graph that compute the gradient of the loss with respect to some tensors.

    loss : a tensor of shape (), wanted : list of tensors, rules : operator's name -> rule; those of section 5 if None
    ->  list, for each wanted tensor the tensor of its gradient, or None
    """
    rules = GRADIENTS if rules is None else rules
    ### BEGIN SOLUTION
    if loss.shape != ():
        raise GraphError(f"{loss.name} has shape {list(loss.shape)}; only a single number has a gradient.")
    for tensor in wanted:
        if not tensor.dtype.startswith("float"):
            raise GraphError(f"{tensor.name} is {tensor.dtype}; only floats have gradients.")
    order, on_the_way = consumers_first(loss.node), set()
    for node in reversed(order):
        if any(tensor in wanted or tensor.node in on_the_way for tensor in node.inputs):
            on_the_way.add(node)
    with graph.name_scope("gradients"):
        sums = {loss: graph.apply("Const", value=np.ones((), loss.dtype), name="one")}
        for node in order:
            dy = sums.get(node.outputs[0])
            if node not in on_the_way or dy is None:
                continue
            if node.op.name not in rules:
                raise GraphError(f"{node.name}: there is no rule for the gradient of {node.op.name}.")
            for tensor, term in zip(node.inputs, rules[node.op.name](graph, node, dy), strict=True):
                if term is not None:
                    sums[tensor] = graph.apply("Add", sums[tensor], term) if tensor in sums else term
    return [sums.get(tensor) for tensor in wanted]


def consumers_first(last):
    """All nodes that the last one needs, itself first, each after all of its consumers."""
    seen, owing = {last: None}, {}
    for node in (found := [last]):  # it grows meanwhile
        for tensor in node.inputs:
            owing[tensor.node] = owing.get(tensor.node, 0) + 1
            if tensor.node not in seen:
                seen[tensor.node] = None
                found.append(tensor.node)
    order, ready = [], [last]
    while ready:
        node = ready.pop()
        order.append(node)
        for tensor in node.inputs:
            owing[tensor.node] -= 1
            if not owing[tensor.node]:
                ready.append(tensor.node)
    return order
    ### END SOLUTION
    raise NotImplementedError("lab 7, gradients: return a list of tensors and Nones")


# %% check="gradients"
check("gradients")

# %% [markdown]
# A small loss, $L = \sum (w x - t)^2 + \sum w^2$, and what you make of it: the forward half in blue, your half in orange.
# It runs from right to left. Follow $w$: it is taken twice, and its gradient is the one `Add`. Every arrow from blue to
# orange is a value that has to be kept until the way back needs it: that is where a training's memory goes.


# %% given="few_rules"
FEW = {  # rules for this picture, written without much thought for dtypes and shapes
    "Add": lambda graph, node, dy: (dy, dy),
    "Sub": lambda graph, node, dy: (dy, graph.apply("Neg", dy)),
    "Mul": lambda graph, node, dy: tuple(graph.apply("Mul", dy, other) for other in node.inputs[::-1]),
    "Square": lambda graph, node, dy: (graph.apply("Mul", dy, graph.apply("Scale", node.inputs[0], by=2)),),
    "Sum": lambda graph, node, dy: (graph.apply("Fill", dy, node.inputs[0]),),
}


def small_loss():
    """A graph with a loss, sum (w x - t)^2 + sum w^2, in float64; returns it with x, t, w and the loss."""
    graph = training_graph()
    x, t = (graph.placeholder(name, (3,), "float64") for name in ("x", "t"))
    w = graph.variable("w", np.array([0.5, -1.0, 2.0]))
    error = graph.apply("Sub", graph.apply("Mul", w, x, name="wx"), t, name="error")
    fit = graph.apply("Sum", graph.apply("Square", error, name="squares"), name="fit")
    size = graph.apply("Sum", graph.apply("Square", w, name="w2"), name="size")
    return graph, x, t, w, graph.apply("Add", fit, size, name="loss")


# %% look="backward_picture"
with needs_answers():
    graph, x, t, w, loss = small_loss()
    forward = set(graph.nodes)
    gradients(graph, loss, [w], FEW)
    display(show.both_halves(graph, forward))

# %% [markdown]
# Trust is good. The gradient says how much the loss changes if one number of $w$ changes a little, so change it a little
# and see:


# %% look="nudged"
def nudge(step=1e-5):
    """The gradient of the small loss by your graph, and by changing each number of w a little, up and down."""
    graph, x, t, w, loss = small_loss()
    (dw,) = gradients(graph, loss, [w], FEW)
    session, feeds = Session(graph), {x: np.array([1.0, 2.0, -1.5]), t: np.array([2.0, 0.0, 3.0])}
    yours, start = session.run(dw, feeds), w.node.value
    for place in range(3):
        losses = []
        for sign in (1, -1):
            w.node.load(start + sign * step * np.eye(3)[place])
            losses.append(session.run(loss, feeds))
        slope = (losses[0] - losses[1]) / (2 * step)
        print(f"w[{place}]: your gradient {yours[place]:+.8f}   by changing it {slope:+.8f}")


with needs_answers():
    nudge()

# %% [markdown]
# And since gradients are graph, they have gradients too. The second derivative of $L$ with respect to $w_i$ is
# $2 x_i^2 + 2$; ask for the gradient of the gradient's sum (`gradients` twice), and let it tell you.

# %% look="twice"
with needs_answers():
    graph, x, t, w, loss = small_loss()
    more = FEW | {
        "Fill": lambda graph, node, dy: (graph.apply("Sum", dy), None),
        "Scale": lambda graph, node, dy: (graph.apply("Scale", dy, by=node.attributes["by"]),),
    }
    (dw,) = gradients(graph, loss, [w], more)
    (second,) = gradients(graph, graph.apply("Sum", dw), [w], more)
    inputs = np.array([1.0, 2.0, -1.5])
    print("by your graph:", Session(graph).run(second, {x: inputs, t: np.zeros(3)}), "  by hand:", 2 * inputs**2 + 2)

# %% [markdown]
# ---
#
# # End of the first part
#
# The graph works out its own gradients now, of anything that is built from operators with rules.
#
# **Before you close the notebook.** Save it (Ctrl+S, or Cmd+S). Your answers stay in their cells.
#
# # Second part: networks that learn
#
# **Starting here?** Select this cell and choose *Run > Run All Above Selected Cell*. What comes now is what a graph with
# gradients is good for: layers with names, steps, and two inventions without which deep networks hardly learn.

# %% [markdown]
# ## 7. A layer in a scope
#
# *About 35 minutes, easy.*
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
# ## 8. Optimizers
#
# *About 120 minutes, moderate.*
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
        """The fraction of test pictures that are read right."""
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
        mlp = build_mnist_mlp(Path(folder) / "weight.npy")
    mlp.evaluate()
    rows, numbers = mlp.test_data[:300, :-1], mlp.test_data[:300, -1].astype(int)
    display(show.read_wrong(rows.reshape(-1, 28, 28), numbers, mlp.forward(rows).argmax(axis=1)))


with needs_answers():
    train_the_mlp()

# %% [markdown]
# 25,818 numbers learned, and not one formula of a derivative in the class. The last section writes it to
# `stu_upload/mnist_mlp_cpu.py`, with all of your functions that it needs.

# %% [markdown]
# ## 9. Batch normalization
#
# *About 100 minutes, hard.*
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
        """The fraction of 2,000 test digits that are read rightly, with the moving averages."""
        fed = {self.feeds["x"]: self.tests, self.feeds["is_training"]: False}
        return float(np.mean(self.session.run(self.logits, fed).argmax(1) == self.right))


with needs_answers():
    stacks = {"without": StackRun(False), "with batch_norm": StackRun(True)}
    show.watch_gradients(stacks, steps=STEPS)

# %% [markdown]
# Each sigmoid takes its toll, and the first layer, which sees the digits, is left with next to nothing. A larger
# learning rate is no way out: what would suit the first layer throws the last one about, whose gradient is hundreds of
# times as long. Try `RATE = 2`. And `DEPTH = 3`? Then the plain network learns after all, only much more slowly.

# %% [markdown]
# ## 10. Dropout
#
# *About 25 minutes, easy.*
#
# Geoffrey Hinton told where the idea came from: at his bank the tellers kept changing, he asked why, and nobody knew.
# He figured that it must be because a fraud takes cooperation between employees. Units of a network conspire, too: one
# that corrects the mistakes of another is of use on the training set and nowhere else. So take away each with some
# probability, at random, anew in each step, and none can rely on a friend.
#
# `rate` is the fraction that is dropped. In training, with a mask of zeros and ones that is drawn in **each run**, an own
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
    """Drop the fraction `rate` of x in training, and scale up the rest; in use, x.

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
#
# *About 45 minutes, moderate.*
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
# ---
#
# # End of the second part
#
# A network reads digits, and every part of it that changes a number is yours.
#
# **Before you close the notebook.** Save it. What the network has learnt lives in this kernel and goes with it, which
# is what the third part begins with.
#
# # Third part: a memory and a window
#
# **Starting here?** Select this cell and choose *Run > Run All Above Selected Cell*.

# %% [markdown]
# ## 12. What outlives the power cut
#
# *About 145 minutes, moderate.*
#
# Training takes hours, and somewhere in those hours somebody trips over a cable. What the network has learned is in the
# variables, the variables are in memory, and memory is gone. So every run writes **checkpoints**. *How would you write
# one? The first answer of most is `pickle`. Look up what the first warning in its documentation is, and then imagine
# loading weights that a stranger has put on the internet.*
#
# The format of today is called **safetensors**, and it is safe because it is dull: no code, only numbers and a table of
# where they are. It is so small that you write it yourself, and the package that everybody uses will read it:
#
# | bytes | what |
# |---|---|
# | 8 | the length $n$ of the header: an integer without sign, little-endian (lowest byte first) |
# | $n$ | the header: JSON, UTF-8, beginning with `{`; spaces at its end |
# | all others | the numbers of one tensor behind the other, without a gap: little-endian, in C order (last axis fastest) |
#
# The header says of each tensor `{"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}`. Offsets are a
# begin and an end, and count **from the first byte behind the header**. The spaces make $n$ a multiple of 8, so that
# the numbers begin where a processor likes to read them. In a header that you *read* there may be an entry more,
# `"__metadata__"`, which is no tensor; and the tensors may be listed in any order.


# %% given="codes"
import json
from pathlib import Path

#: NumPy's names of dtypes, and the format's.
CODES = {
    **{"float64": "F64", "float32": "F32", "float16": "F16", "bool": "BOOL"},
    **{f"int{bits}": f"I{bits}" for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": f"U{bits}" for bits in (8, 16, 32, 64)},
}


def well_formed(entry):
    """Whether a header's entry has what is said of a tensor: a dtype, a shape, and two offsets, none below zero."""
    if not isinstance(entry, dict) or not isinstance(entry.get("dtype"), str):
        return False
    shape, offsets = entry.get("shape"), entry.get("data_offsets")
    if not isinstance(shape, list) or not isinstance(offsets, list) or len(offsets) != 2:
        return False
    return all(type(number) is int and number >= 0 for number in shape + offsets)


# %% look="bytes_by_hand"
def by_hand():
    """A file of one tensor, [1.0, 2.0], put together by hand."""
    header = b'{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'
    header += b" " * (-len(header) % 8)
    return len(header).to_bytes(8, "little") + header + np.array([1, 2], "<f4").tobytes()


show.bytes_of(by_hand())

# %% [markdown]
# **Writing.** `safetensors_bytes(arrays)` takes a dict from name to array, of any dtype in `CODES` and any shape, `()`
# and `(0, 3)` too. An array may lie in memory in another way than it reads: column by column (`np.asfortranarray`), with
# its bytes the other way round (dtype `>f4`), as every second number of a larger one. In the file there is one order
# only.
#
# **Reading.** `read_safetensors(data)` gives the dict back. Files come from everywhere, so it believes nothing. It
# raises a `GraphError`, in one sentence that says what is wrong,
#
# - if the bytes are fewer than a length, or than the length says (a header of 4 GB in a file of 2 KB: what if you had
#   asked for that much memory first?);
# - if the header is no JSON object;
# - if what it says of a tensor does not have the form above, by the tensor's name (one damaged byte makes another word
#   of `shape`; `well_formed` looks at such an entry for you);
# - if a dtype is unknown, by the names of tensor and dtype (there is `BF16`, say, which NumPy does not have);
# - if a tensor's shape and dtype do not fill its bytes exactly, by its name;
# - if the tensors do not cover all bytes behind the header exactly once: no gap, no overlap, nothing behind the last.
#   (Sort them by where they begin. Then the first begins at 0, each other where the one before it ends, and the last
#   ends where the file ends: one comparison each, and no offset can point anywhere else.)
#
# **Keeping.** `Saver.save(variables, step)` writes `model-<step>.safetensors` into its folder and returns the path.
# `variables` is a dict, name -> tensor of a graph's variable; its numbers are in `tensor.node.value`.
#
# - *All or nothing.* The power may fail while you write, and half a file under the right name is worse than none. So
#   write under another name, and give it the right one at the end: `Path.replace` puts a file in another's place in one
#   go, and whoever looks sees the old one or the new one, never a half. The same holds for `checkpoint` below.
# - Of the files `model-<step>.safetensors` in the folder the `max_to_keep` with the largest steps stay, those of earlier
#   runs among them; delete the others. Step 1000 comes after step 900, although `"1000" < "900"`. Leave every other
#   file alone, even `model-best.safetensors`.
# - A text file `checkpoint` holds the name of the newest (the largest step): its name only, so that the folder can be
#   moved.
#
# **Going on.** `Saver.restore(path, variables)` reads the file and loads every variable by its name:
# `tensor.node.load(array)`. Look at everything first, then load: if a variable is missing in the file, or has another
# shape or dtype there, raise one `GraphError` that holds the **file's name** and the **variable's**, and leave all
# variables as they are. A network of half old and half new weights does not crash. It is just bad, and nobody
# knows why. If the file is damaged, the error names it too. Tensors that nobody asked for may be in the file.


# %% given="saver_class"
class Saver:
    """Keeps the newest checkpoints of a run in a folder."""

    def __init__(self, folder, max_to_keep=5):
        self.folder = Path(folder)
        self.max_to_keep = max_to_keep
        self.folder.mkdir(parents=True, exist_ok=True)


# %% code="saver"
def safetensors_bytes(arrays):
    """Write arrays as safetensors does.

    arrays : dict, name -> array  ->  bytes
    """
    ### BEGIN SOLUTION
    header, parts, begin = {}, [], 0
    for name, array in arrays.items():
        array = np.asarray(array)
        part = array.astype(array.dtype.newbyteorder("<")).tobytes()
        entry = {"dtype": CODES[array.dtype.name], "shape": list(array.shape)}
        header[name] = entry | {"data_offsets": [begin, begin + len(part)]}
        parts.append(part)
        begin += len(part)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + b"".join(parts)
    ### END SOLUTION
    raise NotImplementedError("lab 7, saver: return the bytes")


def read_safetensors(data):
    """Read what safetensors wrote; GraphError where the bytes are damaged.

    data : bytes  ->  dict, name -> array
    """
    ### BEGIN SOLUTION
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or length > len(data) - 8:
        raise GraphError(f"cut off: the header should have {length} bytes, the whole file has {len(data)}.")
    try:
        header = json.loads(data[8 : 8 + length])
    except ValueError:
        raise GraphError("the header is no JSON.") from None
    if not isinstance(header, dict):
        raise GraphError(f"the header is a {type(header).__name__}, not an object of names.")
    body, arrays, covered = data[8 + length :], {}, 0
    dtypes = {code: np.dtype(name).newbyteorder("<") for name, code in CODES.items()}
    entries = {name: entry for name, entry in header.items() if name != "__metadata__"}
    for name, entry in entries.items():
        if not well_formed(entry):
            raise GraphError(f"{name}: {entry} is no dtype, shape and two offsets.")
    for name, entry in sorted(entries.items(), key=lambda pair: pair[1]["data_offsets"]):
        begin, end = entry["data_offsets"]
        if entry["dtype"] not in dtypes:
            raise GraphError(f"{name} has the dtype {entry['dtype']}, which NumPy does not have.")
        dtype = dtypes[entry["dtype"]]
        if end - begin != int(np.prod(entry["shape"], dtype=int)) * dtype.itemsize:
            raise GraphError(f"{name}: {end - begin} bytes do not fit {entry['dtype']} of shape {entry['shape']}.")
        if begin != covered or end > len(body):
            raise GraphError(f"{name} is said to be at {begin} to {end}: cut off, or a gap, or an overlap.")
        arrays[name] = np.frombuffer(body[begin:end], dtype).reshape(entry["shape"])
        covered = end
    if covered != len(body):
        raise GraphError(f"{len(body) - covered} bytes behind the last tensor belong to nobody.")
    return arrays
    ### END SOLUTION
    raise NotImplementedError("lab 7, saver: return a dict of arrays")


@add_to_class(Saver)
def save(self, variables, step):
    """Write a checkpoint, keep the newest few, note which is the newest.

    variables : dict, name -> tensor of a variable, step : int  ->  Path of the file
    """
    ### BEGIN SOLUTION
    path = self.folder / f"model-{step}.safetensors"
    put_in_place(path, safetensors_bytes({name: tensor.node.value for name, tensor in variables.items()}))
    steps = [file.stem.removeprefix("model-") for file in self.folder.glob("model-*.safetensors")]
    steps = sorted(int(each) for each in steps if each.isdigit())
    put_in_place(self.folder / "checkpoint", f"model-{steps[-1]}.safetensors\n".encode())
    for old in steps[: -self.max_to_keep]:
        (self.folder / f"model-{old}.safetensors").unlink()
    return path
    ### END SOLUTION
    raise NotImplementedError("lab 7, saver: return the path of the file")


@add_to_class(Saver)
def restore(self, path, variables):
    """Load variables by name from a checkpoint: all of them, or none and a GraphError.

    path : Path or str, variables : dict, name -> tensor of a variable
    """
    ### BEGIN SOLUTION
    path = Path(path)
    try:
        arrays = read_safetensors(path.read_bytes())
    except GraphError as damage:
        raise GraphError(f"{path.name} cannot be read: {damage}") from None
    for name, tensor in variables.items():
        if name not in arrays:
            raise GraphError(f"{path.name} has no {name}; it has: {', '.join(arrays)}.")
        array = arrays[name]
        if (array.shape, array.dtype) != (tensor.shape, np.dtype(tensor.dtype)):
            got = f"{array.dtype} {list(array.shape)}"
            raise GraphError(f"{path.name}: {name} is {got} there, and {tensor.dtype} {list(tensor.shape)} here.")
    for name, tensor in variables.items():
        tensor.node.load(arrays[name])
    return
    ### END SOLUTION
    raise NotImplementedError("lab 7, saver: load the variables")


### BEGIN SOLUTION
def put_in_place(path, data):
    """Write a file so that its name stands for the old bytes or the new ones, never for a part."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_bytes(data)
    unfinished.replace(path)


### END SOLUTION

# %% check="saver"
check("saver")

# %% [markdown]
# Your bytes, for a matrix, its bias and a counter. Find the 1.0 of the matrix: as a float32 it is `3f800000`, and it
# stands in the file the other way round.

# %% look="bytes_picture"
with needs_answers():
    layer = {"fc/weight": np.arange(6, dtype=np.float32).reshape(2, 3), "fc/bias": np.array([1.5, -2], np.float32)}
    display(show.bytes_of(safetensors_bytes(layer | {"step": np.array(7)})))

# %% [markdown]
# Now trip over the cable. A line is fitted to points, 300 steps, with a checkpoint every 40. The first run goes through.
# The second one is killed at step 170 and has to begin from the newest file; it knows nothing else. Nothing must be
# visible of that in what is learned. *What does it do twice?*


# %% given="line_run"
def line_graph():
    """The variables of a fit of a line to points, in a graph; returns them with the points."""
    graph, rng = training_graph(), np.random.default_rng(7)
    x = rng.uniform(-1, 1, 200)
    y = 1.5 * x - 0.4 + rng.normal(0, 0.1, 200)
    variables = {name: graph.variable(name, np.zeros(())) for name in ("slope", "height")}
    variables["momentum"] = graph.variable("momentum", np.zeros(2))
    return variables, x, y


def fit(saver, steps, killed_at=None):
    """Fit a line, from the newest checkpoint on if there is one; returns step -> loss."""
    variables, x, y = line_graph()
    known, first, losses = saver.folder / "checkpoint", 0, {}
    if known.exists():
        newest = saver.folder / known.read_text().strip()
        saver.restore(newest, variables)
        first = int(newest.stem.removeprefix("model-"))
    for step in range(first, steps):
        if step == killed_at:
            return losses  # the cable
        slope, height, velocity = (tensor.node.value for tensor in variables.values())
        error = slope * x + height - y
        velocity = 0.9 * velocity + np.array([(error * x).mean(), error.mean()])
        new = {"slope": slope - 0.005 * velocity[0], "height": height - 0.005 * velocity[1], "momentum": velocity}
        for name, value in new.items():
            variables[name].node.load(np.array(value))
        losses[step + 1] = float((error**2).mean())
        if (step + 1) % 40 == 0:
            saver.save(variables, step + 1)
    return losses


# %% look="killed_run"
def trip_over_the_cable():
    """A run that goes through, and one that is killed and goes on."""
    with tempfile.TemporaryDirectory() as folder:
        whole = fit(Saver(f"{folder}/whole"), 300)
        before = fit(Saver(f"{folder}/killed", max_to_keep=3), 300, killed_at=170)
        after = fit(Saver(f"{folder}/killed", max_to_keep=3), 300)
        files = sorted(path.name for path in Path(f"{folder}/killed").iterdir())
        display(show.killed_run(whole, before, after))
        print(f"largest difference of all losses: {max(abs(whole[step] - after[step]) for step in after)}")
        print(*files)


with needs_answers():
    trip_over_the_cable()

# %% [markdown]
# Leave `momentum` out of what is saved, and the second run still works, but takes another way: its momentum begins at 0
# again. *What belongs to the state of a training besides the weights? Think of section 8's optimizers, of the running
# means of section 9, of the random numbers of section 10.*

# %% [markdown]
# ## 13. A window to watch it by
#
# *About 145 minutes, moderate.*
#
# A training in the dark is a bad hour: you start it, have your supper, and come back to a loss that has been `nan` since
# the second minute. TensorBoard is the window that TensorFlow had for this, and PyTorch, JAX and half the rest now look
# through it too. How can one program watch them all? It never talks to any of them. **The training appends to a file;
# TensorBoard reads the file while it grows.** So whoever can write that file can be watched, and needs nothing of
# TensorFlow's to do so.
#
# You are going to write that file, byte by byte. It is less work than it sounds, and it is the lab's most portable
# hour: the records are those in which TensorFlow packs its data sets (TFRecord), and their insides are protocol
# buffers, in which a good part of the world's servers talk to one another, and in which ONNX keeps its models.

# %% given="tensorboard_setup"
import socket
import struct
import time
from pathlib import Path

from aics.lab7_graph_training.bucket_limits import LIMITS
from aics.lab7_graph_training.crc32c import crc32c
from aics.lab7_graph_training.event_log import DamagedLog, new_run, read_records

# %% look="tensorboard_picture"
show.tensorboard("timeseries")

# %% [markdown]
# ### From the outside in
#
# This is one whole record of such a file, 43 bytes. It says: at step 300 the loss was 0.25.

# %% look="record_example"
show.record_bytes()

# %% [markdown]
# **A record** is data, with twelve bytes before it and four behind it:
#
# | bytes | what |
# |---|---|
# | 8 | $n$, the number of bytes of the data, little-endian: the lowest byte first |
# | 4 | the masked checksum of those 8 bytes, little-endian |
# | $n$ | the data: one event |
# | 4 | the masked checksum of the data, little-endian |
#
# The checksum $c$ is CRC-32C, 32 bits, and `crc32c(data)` is given. (Python's own `zlib.crc32` divides by another
# polynomial.) What is written is not $c$ but the **mask** of it: turned right by 15 bits, plus a constant, without what
# goes beyond 32 bits.
#
# $$m = \left(\left((c \gg 15) \mathbin{|} (c \ll 17)\right) + \mathtt{0xa282ead8}\right) \bmod 2^{32}$$
#
# Why a mask? Because of an odd property of checksums. Put the checksum of some bytes behind these bytes, and take the
# checksum of all that:

# %% look="why_masked"
for text in (b"loss", b"graph", b"anything at all"):
    inner = crc32c(text)
    print(f"{text!r:20} {inner:08x}   with its own checksum behind it: {crc32c(text + struct.pack('<I', inner)):08x}")

# %% [markdown]
# Always the same number. A file of records inside a record, a log of logs, would look the same to its checksum whatever
# stood in it. Masked, it does not.
#
# **An event** is a protocol buffer: a row of **fields**. A field is a key and a value, and the key holds two things, the
# field's number and the kind of its value: $\text{key} = 8 \cdot \text{number} + \text{kind}$.
#
# | kind | value | used for |
# |---|---|---|
# | 0 | a varint | integers |
# | 1 | 8 bytes, little-endian | double |
# | 2 | a length (varint), then as many bytes | text in UTF-8, a message inside this one, many numbers in a row |
# | 5 | 4 bytes, little-endian | float |
#
# There are no names in it, which is why it is small, and why a reader has to know beforehand that field 2 is the step.
#
# **A varint** is an integer that takes no more bytes than it needs. Cut its bits into groups of seven. Write the
# **lowest** group first, a byte for each; the eighth bit of a byte says whether another byte follows. The key itself is a
# varint, too.
#
# $$300 = \mathtt{10\,0101100}_2 \;\to\; \mathtt{1\,0101100},\ \mathtt{0\,0000010} \;=\; \mathtt{ac\ 02}$$
#
# And a negative number? It is written as the 64 bits that a computer keeps it in, $2^{64} + n$, which takes ten bytes.
# Python's numbers have no last bit, so `-1 >> 7` is `-1` for ever: a loop that waits for 0 never ends.

# %% [markdown]
# ### What stands in an event
#
# | message | field | name | value |
# |---|---|---|---|
# | Event | 1 | `wall_time` | double: seconds since 1970, as `time.time()` has them |
# | | 2 | `step` | varint |
# | | 3 | `file_version` | text; only in a file's first event, where it is `brain.Event:2` |
# | | 4 | `graph_def` | bytes: a GraphDef, of which more below |
# | | 5 | `summary` | message: a Summary |
# | Summary | 1 | `value` | message: a Value |
# | Value | 1 | `tag` | text: what is drawn into the same chart, such as `loss` |
# | | 2 | `simple_value` | float, **4** bytes |
# | | 5 | `histo` | message: a HistogramProto |
# | HistogramProto | 1, 2 | `min`, `max` | double |
# | | 3 | `num` | double: how many numbers there are |
# | | 4, 5 | `sum`, `sum_squares` | double: of all numbers, and of their squares |
# | | 6 | `bucket_limit` | doubles: where each bucket ends |
# | | 7 | `bucket` | doubles: how many numbers lie in each |
#
# Fields may come in any order. A step that is 0 may be left out; a `simple_value` that is 0 may not, since without it
# the value is no scalar at all. Doubles of fields 6 and 7 are *packed*: one field of kind 2 with all of them in a row.
#
# **The buckets** of a histogram are TensorFlow's, and given: `LIMITS` holds 1551 numbers in ascending order, each 10 %
# farther from 0 than its neighbour, so that a weight of 0.3 and a gradient of $10^{-9}$ both find a place. Bucket $i$ holds
# the numbers $x$ with $\mathtt{LIMITS}_{i-1} \le x < \mathtt{LIMITS}_i$: a limit itself belongs to the bucket above it.
# Nearly all of the buckets will be empty. You may leave out the empty ones before the first that holds something, and
# behind the last; not those in between, since **a bucket begins where the one before it in the list ends**.


# %% code="event_file"
def varint(number):
    """An integer in groups of seven bits.

    number : from -2**63 to 2**63 - 1  ->  1 to 10 bytes
    """
    ### BEGIN SOLUTION
    number &= 2**64 - 1
    groups = bytearray()
    while number > 127:
        groups.append(number & 127 | 128)
        number >>= 7
    groups.append(number)
    return bytes(groups)
    ### END SOLUTION
    raise NotImplementedError("lab 7, event_file: return the varint's bytes")


def field(number, data):
    """A field of kind 2: its key, the length of the data, the data.

    number : int, data : bytes  ->  bytes
    """
    ### BEGIN SOLUTION
    return varint(8 * number + 2) + varint(len(data)) + data
    ### END SOLUTION
    raise NotImplementedError("lab 7, event_file: return the field's bytes")


def masked_crc(data):
    """The masked checksum.

    data : bytes  ->  int, 0 to 2**32 - 1
    """
    ### BEGIN SOLUTION
    crc = crc32c(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) % 2**32
    ### END SOLUTION
    raise NotImplementedError("lab 7, event_file: return the masked checksum")


def record(data):
    """Data as they stand in the file: length, its checksum, data, their checksum.

    data : n bytes  ->  n + 16 bytes
    """
    ### BEGIN SOLUTION
    length = struct.pack("<Q", len(data))
    return length + struct.pack("<I", masked_crc(length)) + data + struct.pack("<I", masked_crc(data))
    ### END SOLUTION
    raise NotImplementedError("lab 7, event_file: return the record's bytes")


def version_event(wall_time):
    """The first event of a file, which says what the file is.

    wall_time : float, seconds  ->  bytes of an Event
    """
    ### BEGIN SOLUTION
    return varint(8 * 1 + 1) + struct.pack("<d", wall_time) + field(3, b"brain.Event:2")
    ### END SOLUTION
    raise NotImplementedError("lab 7, event_file: return the bytes of the first event")


def scalar_event(wall_time, step, tag, value):
    """One number at one step.

    wall_time : float, step : int, tag : str, value : float  ->  bytes of an Event
    """
    ### BEGIN SOLUTION
    return value_event(wall_time, step, tag, varint(8 * 2 + 5) + struct.pack("<f", value))
    ### END SOLUTION
    raise NotImplementedError("lab 7, event_file: return the bytes of the scalar's event")


def histogram_event(wall_time, step, tag, values):
    """How many numbers at one step lie where.

    wall_time : float, step : int, tag : str, values : array of any shape, finite  ->  bytes of an Event
    """
    ### BEGIN SOLUTION
    numbers = np.asarray(values, np.float64).ravel()
    counts = np.bincount(np.searchsorted(LIMITS, numbers, side="right"))
    first = np.flatnonzero(counts)[0]
    said = [numbers.min(), numbers.max(), numbers.size, numbers.sum(), (numbers**2).sum()]
    histogram = b"".join(varint(8 * place + 1) + struct.pack("<d", number) for place, number in enumerate(said, 1))
    histogram += field(6, LIMITS[first : len(counts)].astype("<f8").tobytes())
    histogram += field(7, counts[first:].astype("<f8").tobytes())
    return value_event(wall_time, step, tag, field(5, histogram))
    ### END SOLUTION
    raise NotImplementedError("lab 7, event_file: return the bytes of the histogram's event")


### BEGIN SOLUTION
def value_event(wall_time, step, tag, value):
    """An event with one value, of which all but the tag is given."""
    event = varint(8 * 1 + 1) + struct.pack("<d", wall_time) + varint(8 * 2) + varint(step)
    return event + field(5, field(1, field(1, tag.encode("utf-8")) + value))


### END SOLUTION


# %% check="event_file"
check("event_file")

# %% [markdown]
# Yours, byte by byte. The same event as above must give the same record, unless you have put its fields in another
# order.

# %% look="record_of_yours"
with needs_answers():
    display(show.record_bytes(record(scalar_event(1.7e9, 300, "loss", 0.25))))

# %% [markdown]
# Around these functions stands a small class. TensorBoard reads every file below its folder that has `tfevents` in its
# name.


# %% given="event_file_class"
class EventFile:
    """A log that TensorBoard reads; each event is in the file as soon as it is written."""

    def __init__(self, folder):
        name = f"events.out.tfevents.{time.time():.6f}.{socket.gethostname()}"
        self.path = Path(folder) / name
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.open("xb").close()  # never onto a file that is there
        self.write(version_event(time.time()))

    def write(self, event):
        """Append an event, given as bytes."""
        with self.path.open("ab") as file:
            file.write(record(event))

    def scalar(self, step, tag, value):
        self.write(scalar_event(time.time(), step, tag, float(value)))

    def histogram(self, step, tag, values):
        finite = np.asarray(values)[np.isfinite(values)]  # nan and infinities have no bucket
        if len(finite):
            self.write(histogram_event(time.time(), step, tag, finite))

    def graph(self, graph):
        self.write(version_event(time.time()) + field(4, graph_def(graph)))


# %% [markdown]
# ### One bit
#
# What are the checksums for? Disks fill up, power cuts come, and cosmic rays do flip bits. The next cell writes a log of
# 50 losses, turns over **one** bit in the middle, and reads what is left.

# %% look="one_bit"
with needs_answers():
    log = EventFile(Path("logs") / "one-bit" / f"{time.time():.0f}")
    for step in range(50):
        log.scalar(step, "loss", 2.3 * 0.95**step)
    octets = bytearray(log.path.read_bytes())
    octets[len(octets) // 2] ^= 0b100
    log.path.write_bytes(octets)
    try:
        list(read_records(log.path))
    except DamagedLog as error:
        print(str(error).replace(str(log.path), "..."))

# %% [markdown]
# TensorBoard stops at the same place, and says next to nothing: the curve ends in the middle, as if the training had.
# When a curve of yours ends too early one day, you know where to look.

# %% [markdown]
# ### The graph, drawn
#
# TensorBoard's best known picture is that of the graph. It is drawn from one event, whose field 4 holds a `GraphDef`:
#
# | message | field | name | value |
# |---|---|---|---|
# | GraphDef | 1 | `node` | message: a NodeDef; the field stands once **for each node** |
# | NodeDef | 1 | `name` | text: the node's whole name; TensorBoard makes boxes of what stands before the `/` |
# | | 2 | `op` | text: the operator's name |
# | | 3 | `input` | text; the field stands once for each input, in order |
# | | 4 | `device` | text |
#
# An input is named after the node that it comes from: `fc/matmul` for its first output, `split:1` for its second,
# `split:2` for its third. What a node only waits for (`node.control_inputs`) stands behind its inputs, as `^update`.
# Your `field` of above is all that you need.


# %% code="graph_def"
def graph_def(graph):
    """A graph as TensorBoard draws it.

    graph : Graph  ->  bytes of a GraphDef
    """
    ### BEGIN SOLUTION
    data = b""
    for node in graph.nodes.values():
        inputs = [tensor.name.removesuffix(":0") for tensor in node.inputs]
        inputs += [f"^{other.name}" for other in node.control_inputs]
        texts = [(1, node.name), (2, node.op.name), *((3, name) for name in inputs), (4, node.device)]
        data += field(1, b"".join(field(number, text.encode("utf-8")) for number, text in texts))
    return data
    ### END SOLUTION
    raise NotImplementedError("lab 7, graph_def: return the GraphDef's bytes")


# %% check="graph_def"
check("graph_def")

# %% [markdown]
# ### What a gradient looks like
#
# A curve of the loss tells you *that* a training stands still. *Where* it does, the gradients say, layer by layer. A
# gradient has thousands of entries; these few numbers are what one looks at:
#
# | entry | what |
# |---|---|
# | `count`, `not_finite` | how many entries are finite, and how many are `nan` or infinite |
# | `min`, `max`, `mean`, `std` | of the finite entries: $\bar{g} = \frac1n \sum g_i$ and $\sqrt{\frac1n \sum (g_i - \bar{g})^2}$; `nan` where there are none |
# | `limits`, `counts` | 30 buckets of equal width from `min` to `max`: 31 limits, and how many finite entries each holds |
#
# A bucket holds its lower limit; the last one holds `max`, too. Where all entries are equal, the buckets reach from 0.5
# below to 0.5 above; where there are none, from 0 to 1. (`np.histogram` does just that.) And there is a trap. Gradients
# vanish: entries of $10^{-25}$ are common behind a dozen sigmoids, and a float32 cannot hold their squares. **Compute in
# float64.**


# %% code="gradient_summary"
def gradient_summary(array):
    """What one looks at of a gradient.

    array : any shape, float32; may be empty
    ->  dict of count, not_finite (int), min, max, mean, std (float), limits (31,), counts (30,)
    """
    ### BEGIN SOLUTION
    entries = np.asarray(array, np.float64).ravel()
    finite = entries[np.isfinite(entries)]
    counts, limits = np.histogram(finite, 30)
    if finite.size:
        told = {"min": finite.min(), "max": finite.max(), "mean": finite.mean(), "std": finite.std()}
    else:
        told = dict.fromkeys(("min", "max", "mean", "std"), np.nan)
    return {"count": finite.size, "not_finite": entries.size - finite.size, **told, "limits": limits, "counts": counts}
    ### END SOLUTION
    raise NotImplementedError("lab 7, gradient_summary: return the dict")


# %% check="gradient_summary"
check("gradient_summary")

# %% [markdown]
# ### Watch it learn
#
# Now all of it at once: a network of four layers with sigmoids in between learns digits for 600 steps. Its loss, its
# accuracy, its graph and the gradients of its weights go into a log. Before you run the cell: which layer will have the
# largest gradients, the first or the last?


# %% given="watched_training"
def watched_training(folder, steps=600, batch=100):
    """Train four layers on digits and log it; returns the logged steps, and of each layer its gradients' deviations."""
    graph, rng = training_graph(), np.random.default_rng(7)
    store = VariableStore(graph)
    x, labels = graph.placeholder("images", (None, 784)), graph.placeholder("labels", (None, 10))
    y = x
    for number in (1, 2, 3):
        y = full_layer(store, y, 64, name=f"fc{number}", initializer=lambda shape: xavier(shape, rng))
        y = graph.apply("Sigmoid", y, name=f"sigmoid{number}")
    logits, loss = softmax_regression(store, y, labels)
    hits = graph.apply("Equal", graph.apply("ArgMax", logits), graph.apply("ArgMax", labels))
    accuracy = graph.apply("Mean", graph.apply("Cast", hits, dtype="float32"), name="accuracy")
    slopes = gradients(graph, loss, store.trainable)
    pairs = list(zip(slopes, store.trainable, strict=True))
    step = GradientDescent(store, 0.5).apply_gradients(pairs)
    weights = {tensor.node.name: slope for slope, tensor in pairs if len(tensor.shape) == 2}
    images, digits = data.mnist("train")
    images, digits = images.reshape(len(images), -1).astype(np.float32) / 255, np.eye(10, dtype=np.float32)[digits]
    log, session, logged, spreads = EventFile(folder), Session(graph), [], {name: [] for name in weights}
    log.graph(graph)
    for number in range(steps + 1):
        chosen = rng.integers(0, len(images), batch)
        feeds = {x: images[chosen], labels: digits[chosen]}
        if number % 20 == 0:
            loss_now, accuracy_now, *found = session.run([loss, accuracy, *weights.values()], feeds)
            log.scalar(number, "curves/loss", loss_now)
            log.scalar(number, "curves/accuracy", accuracy_now)
            logged.append(number)
            for name, slope in zip(weights, found, strict=True):
                log.histogram(number, f"gradients/{name}", slope)
                spreads[name].append(gradient_summary(slope)["std"])
        session.run(step, feeds)
    return logged, spreads


# %% look="watch_it_learn"
with needs_answers():
    run = new_run(Path("logs"))
    logged, spreads = watched_training(run)
    display(show.gradients_by_layer(logged, spreads))

# %% [markdown]
# The first layer's gradients are some 450 times smaller than the last one's: each sigmoid on the way back lets a quarter
# through at most. The loss alone would have told you that nothing happens for some 250 steps (and many a student
# would have stopped there). The gradients tell that something does: down in `fc1` they grow, step by step, until the
# first layer wakes up and the loss begins to fall.
#
# And now the window. Open a terminal in this folder (in JupyterLab: File > New > Terminal), and type
#
# ```sh
# aics board logs
# ```
#
# It starts TensorBoard on the folder and opens it in your browser. Leave it open, run the training once more, and watch
# the second run join the first. (The run `one-bit` is the damaged log from above.) Look under **Time Series** for the
# curves and for the hills that the gradients make, and under **Graphs** for the network. Double-click `gradients`
# there: that is what your `gradients` of section 6 has added.
#
# If the command says that TensorBoard is not installed, it also says how to get it. Until then, the picture at the head of
# this section shows the curves, and this one the graph, as one student's functions wrote them:

# %% look="tensorboard_graph"
show.tensorboard("graphs")

# %% [markdown]
# ## 14. One network, five dialects
#
# *About 15 minutes, easy.*
#
# TensorFlow 1 had one graph, and a dozen libraries on top that all made the same nodes. Whoever read other people's code
# had to know five dialects at least. You can build all five by now, for each is a few lines over your functions. The
# network is always the same: 784 pixels, 32 units with ReLU, 10 logits.
#
# **The raw graph.** Nothing is hidden, and nothing is short.


# %% given="dialect_raw"
def raw_graph(store, x):
    """Each variable and each operator by hand."""
    apply = store.graph.apply
    with store.variable_scope("layer1"):
        w = store.get_variable("weight", (784, 32), small_numbers)
        b = store.get_variable("bias", (32,), zeros)
        y = apply("Relu", apply("BiasAdd", apply("MatMul", x, w), b))
    with store.variable_scope("layer2"):
        w = store.get_variable("weight", (32, 10), small_numbers)
        b = store.get_variable("bias", (10,), zeros)
        return apply("BiasAdd", apply("MatMul", y, w), b)


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
#
# *About 25 minutes, easy.*
#
# Not graded: for the pleasure of it.
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
# This one is dear. Softmax regression again, 200 steps from each of five random beginnings, with your optimizer: with the
# ReLU, with the ReLU from weights that are a fifth as large, and with the cell above as you left it. Most of the time
# the first row shows nothing. *What has happened in the run that stands out, and why does no further training mend it?*


# %% look="relu_cost"
def read_digits(layer, seed, deviation=0.1, steps=200):
    """Train from random weights.  ->  fraction of test digits that are read; how many of the ten are ever answered"""
    graph, rng = training_graph(), np.random.default_rng(seed)
    store = PlainStore(graph)
    images, labels = graph.placeholder("images", (None, 784)), graph.placeholder("labels", (None, 10))
    weight = store.variable(rng.normal(0, deviation, (784, 10)).astype(np.float32), "weight")
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
    runs = {
        "with ReLU": [read_digits(with_relu, seed) for seed in range(5)],
        "with ReLU, from smaller weights": [read_digits(with_relu, seed, deviation=0.02) for seed in range(5)],
        "your cell": [read_digits(output_layer, seed) for seed in range(5)],
    }
    display(show.runs_by_beginning(runs))

# %% [markdown]
# With the ReLU four runs read about 89 % and look healthy, and one reads 79 %. It answers nine digits only: the tenth has
# died, and where a ReLU is 0 for every image, no gradient ever comes to wake it. From smaller weights it happens in *all
# five*. Had the authors run theirs once, they would probably have seen nothing.
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
#
# *About 50 minutes, hard.*
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
#
# *About 45 minutes, moderate.*
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
