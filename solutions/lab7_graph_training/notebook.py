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
#
# *About 60 minutes, moderate.*
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
    a, b = node.inputs
    return as_input(graph, dy, a), as_input(graph, graph.apply("Neg", dy), b)


@gradient_of("Mul")
def mul_gradient(graph, node, dy):
    a, b = node.inputs
    return as_input(graph, graph.apply("Mul", dy, b), a), as_input(graph, graph.apply("Mul", dy, a), b)


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
