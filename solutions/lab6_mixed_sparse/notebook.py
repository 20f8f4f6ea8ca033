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
# # Lab 6: fewer bits, fewer weights
#
# A network that learns is a heap of numbers: weights, gradients, momenta, activations. Each has 32 bits, and each is
# there. *Need they all be?* This lab takes away first half of the bits (**part 1, mixed precision**), then nineteen of
# twenty weights (**part 2, sparse training**). Both look like vandalism. Both work, with little accuracy lost, and
# both for the same reason: somebody keeps exact books of what was thrown away. At the end you put the two together.
#
# **How to work.** As before: fill a stub, run it, run the `check(...)` below it. The questions do not depend on one
# another, except for `mixed_training` and `sparse_training`, which run the ones before them. An answer may use NumPy
# and Python's standard library.
#
# **Your layers.** Networks are built from lab 2's layers. Where you have finished and exported them there, yours are
# used; otherwise finished ones, computed by ONNX Runtime, stand in. The next code cell says which. Only the answers of
# this lab are graded, with finished layers.
#
# # Part 1: training with half the bits
#
# A number in float32 takes 4 bytes. In float16, *half precision*, it takes 2: twice as many numbers fit into
# memory, twice as many come through the wires each second, and a tensor core multiplies them eight or sixteen times
# as fast. So why does anybody still train in float32?
#
# Because it goes wrong, and in silence. No error is raised when a gradient is too small for half precision: it
# becomes 0, and the layer stops learning. No error is raised when a weight of 1.0 should become 1.0001: it stays 1.0,
# today, tomorrow, for ever. P. Micikevicius and his colleagues found in 2018 that **three** precautions make it
# work, with the accuracy of float32 in the same number of steps:
#
# 1. add products up in float32, even where inputs and outputs are float16;
# 2. keep a **master copy** of the weights in float32, and update that one;
# 3. **scale the loss**, so that the gradients move to where half precision has numbers.
#
# For each of the three you will see what goes wrong without it, find the very number where it does, and mend it.

# %% [markdown]
# **Two sittings.** Part 1 takes about five hours, part 2 about six. Where part 1 ends, a heading says so, and what to do
# before you close the notebook; part 2 needs none of part 1's answers.
#
# # Before each sitting: three cells
#
# Run these three whenever you open this notebook, or restart its kernel. They take a few seconds.

# %% given="setup"
from functools import lru_cache

import numpy as np
from threadpoolctl import threadpool_limits

from aics import data, open_lab, start_from
from aics.lab6_mixed_sparse import pictures as show
from aics.notebook.needs_answers import needs_answers
from aics.notebook.training import Training

start_from("layers")  # your own of earlier labs, or finished ones
from stu_upload.layers_1 import FullyConnectedLayer, ReLULayer, SoftmaxLossLayer
from stu_upload.layers_2 import ConvolutionalLayer, FlattenLayer, MaxPoolingLayer

check = open_lab("lab6_mixed_sparse")
limits = threadpool_limits(1)  # for matrices as small as these, a second core is in the way


# %% given="network"
class Network:
    """Layers of lab 2 in a row; its parameters are one dict, name -> array, such as "fc1/weight"."""

    def __init__(self, layers):
        """Take the layers by name, in order: {"fc1": FullyConnectedLayer(784, 300), "relu1": ReLULayer(), ...}."""
        self.layers = layers

    def load(self, params):
        """Put parameters into their layers: {"fc1/weight": (784, 300), "fc1/bias": (1, 300), ...}."""
        for name, layer in self.layers.items():
            if f"{name}/weight" in params:
                layer.load_param(params[f"{name}/weight"], params[f"{name}/bias"])

    def forward(self, x):
        """Run a batch through all layers.  x : (N, 784)  ->  scores : (N, 10)"""
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def backward(self, top_diff):
        """Pass the gradient of the loss back through all layers.

        top_diff : (N, 10), with respect to the scores  ->  gradients by name, in the parameters' shapes
        """
        gradients = {}
        for name, layer in reversed(self.layers.items()):
            top_diff = layer.backward(top_diff)
            if hasattr(layer, "d_weight"):
                d_bias = np.reshape(layer.d_bias, np.shape(layer.bias))
                gradients |= {f"{name}/weight": layer.d_weight, f"{name}/bias": d_bias}
        return gradients


def lenet_300_100():
    """A classic from 1998: 784 pixels, 300 and 100 hidden units, 10 digits; 266,200 weights."""
    layers = {
        "fc1": FullyConnectedLayer(784, 300),
        "relu1": ReLULayer(),
        "fc2": FullyConnectedLayer(300, 100),
        "relu2": ReLULayer(),
        "fc3": FullyConnectedLayer(100, 10),
    }
    return Network(layers)


def first_params(net, rng):
    """He initialization: weights that keep the size of the signal from layer to layer, biases of zero; all float32."""
    params = {}
    for name, layer in net.layers.items():
        if isinstance(layer, FullyConnectedLayer):
            shape = (layer.num_input, layer.num_output)
            params[f"{name}/weight"] = rng.normal(0, np.sqrt(2 / layer.num_input), shape).astype(np.float32)
            params[f"{name}/bias"] = np.zeros((1, layer.num_output), np.float32)
    return params


# %% given="digits"
@lru_cache
def digits(split):
    """MNIST: images as rows (N, 784) float32, of mean 0 and standard deviation 1, and labels (N,)."""
    pictures, labels = data.mnist(split, full=data.has("mnist"))
    rows = pictures.reshape(len(pictures), -1).astype(np.float32)
    return (rows - 33.3) / 78.6, labels


# %% [markdown]
# ## 1. What 16 bits can say
#
# *About 30 minutes, easy.*
#
# Half precision (IEEE 754's *binary16*) has one bit for the sign, five for the exponent and ten for digits:
#
# $$x = \pm\, 2^{e} \cdot 1.d_1 d_2 \dots d_{10} \qquad e = -14, \dots, 15$$
#
# With ten digits behind the 1, the next number after 1 is $1 + 2^{-10} \approx 1.001$. Between 2 and 4 the steps
# are twice as wide, and so on: three decimal digits, wherever you are. The two ends matter for us.
#
# - At the upper end the largest number is **65504**. What would round to more becomes infinite.
# - At the lower end the ten digits end at $2^{-14} \approx 0.00006$. Below it there are still *subnormal* numbers, all
#   $2^{-24}$ apart, with fewer and fewer digits: $2^{-24} \approx 0.00000006$ is the very last one, and has a
#   single digit left. What is at most half of it becomes **0**.
#
# Here are six numbers, bit by bit. Which bits change from $2^{-14}$ to the last line, and what is missing there?

# %% look="bits"
show.half_bits()

# %% [markdown]
# Float32 has eight bits of exponent and 23 of digits. *Before you look: how wide are half precision's steps at 2048?*

# %% look="spacing"
show.half_spacing()

# %% [markdown]
# What should be cast? Most of what a network holds bears half precision well: weights, and what layers
# hand to one another. Some does not: losses and sums over a whole batch, and the means and variances of a
# normalisation. And a label is an integer, which should not be cast at all.
#
# So write the tool that casts a dict of tensors, `"layer/what"` -> array; a layer with a single tensor may go by its name
# alone, such as `"loss"`. Floats of the layers in `stay` become float32, all other floats become float16, and integers
# remain what they are. NumPy's `astype` rounds to the nearest value, ties to the even one, and makes infinities where the
# range ends. That is what we want, but not the warning that comes with it: `with np.errstate(over="ignore"):` keeps it
# silent.


# %% code="half_cast"
def half_cast(tensors, stay):
    """Cast floats to half precision, except those of some layers; leave the arguments as they are.

    tensors : "layer/what" -> array; stay : names of layers whose floats become float32, such as {"norm1", "loss"}
    ->  a dict of the same names
    """
    ### BEGIN SOLUTION
    cast = {}
    with np.errstate(over="ignore"):
        for name, array in tensors.items():
            wanted = np.float32 if name.split("/")[0] in stay else np.float16
            cast[name] = array.astype(wanted) if array.dtype.kind == "f" else array
    return cast
    ### END SOLUTION
    raise NotImplementedError("lab 6, half_cast: return a dict, name -> array")


# %% check="half_cast"
check("half_cast")

# %% [markdown]
# What does it do to a network? Here are the errors of all 266,200 weights of a fresh LeNet, each as a fraction of its
# weight. Where does the sharp edge at $2^{-11}$ come from, and why is there anything beyond it?

# %% look="cast_errors"
with needs_answers():
    params = first_params(lenet_300_100(), np.random.default_rng(0))
    exact = np.concatenate([array.ravel() for name, array in params.items() if name.endswith("weight")])
    rounded = np.concatenate(
        [array.ravel() for name, array in half_cast(params, set()).items() if name.endswith("weight")]
    )
    display(show.cast_errors(exact, rounded))

# %% [markdown]
# ## 2. Sums need more digits than their terms
#
# *About 35 minutes, moderate.*
#
# Add 1 to 2048 in half precision. The next number after 2048 is 2050; 2049 lies half way, and the tie goes to
# the even one: **2048**. So a sum of ones in half precision arrives at 2048 and stays there, whatever comes.

# %% look="running_sums"
show.running_sums()

# %% [markdown]
# A layer of a large network adds up thousands of products for each entry of its output. And sums can leave the
# range on the way, though their results lie well inside it. A tensor core therefore takes half precision in,
# multiplies, **adds up in float32**, and rounds once, at the end. That is the first of the three precautions.
#
# Write such a product. Values are one half of the question, time is the other: NumPy computes a product of two float16
# matrices correctly, but entry by entry: it has no library for float16 that uses this processor's fast units, as it has
# for float32. You get full points up to {half_matmul.full} times the reference's time, none from {half_matmul.zero}
# times on. NumPy's own takes more than twenty times as long.


# %% code="half_matmul"
def half_matmul(a, b):
    """Multiply as a tensor core does: float16 in, sums in float32, float16 out.

    a : (M, K) float16, b : (K, N) float16  ->  (M, N) float16
    """
    assert a.dtype == b.dtype == np.float16, f"{a.dtype}, {b.dtype}"
    ### BEGIN SOLUTION
    with np.errstate(over="ignore"):
        product = (a.astype(np.float32) @ b.astype(np.float32)).astype(np.float16)
    return product
    ### END SOLUTION
    raise NotImplementedError("lab 6, half_matmul: return the product, [M, N], float16")


# %% check="half_matmul"
check("half_matmul")


# %% look="product_race"
def race_products(size=300, times=3):
    """Time NumPy's own float16 product, yours, and float32's."""
    a, b = np.random.default_rng(0).normal(0, 1, (2, size, size)).astype(np.float16)
    wide = a.astype(np.float32), b.astype(np.float32)
    ways = {
        "float16, NumPy's own": lambda: a @ b,
        "half_matmul": lambda: half_matmul(a, b),
        "float32": lambda: wide[0] @ wide[1],
    }
    display(show.race(show.timed(ways, times)))


with needs_answers():
    race_products()

# %% [markdown]
# On this processor half precision gains no time: it has to be widened first. The gain in *memory* is real
# everywhere; the gain in *time* needs a processor with half-precision units. Everything else in this part, above all
# what goes wrong, is the same on both.
#
# So from now on the network runs in half precision. The wrapper below does for a layer of lab 2 what you just did for a
# product: it stores float16, and computes in float32. `in_half` wraps a whole network.


# %% given="in_half"
from aics.half.rounding import to_half  # astype(np.float16), and quick also where numbers underflow


class HalfLayer:
    """A layer of lab 2 that takes, keeps and returns half precision, and adds up in float32."""

    def __init__(self, layer):
        """Wrap a layer; its parameters come by load_param, as ever."""
        self.layer = layer

    def __getattr__(self, name):
        return getattr(self.layer, name)

    def forward(self, input):
        """Run the layer.  input : float16  ->  output : float16"""
        return self._through(self.layer.forward, input)

    def backward(self, top_diff):
        """Pass the gradient down; d_weight and d_bias are kept in float16.  top_diff : float16  ->  float16"""
        return self._through(self.layer.backward, top_diff)

    def _through(self, way, numbers):
        assert numbers.dtype == np.float16, f"a network in half precision was handed {numbers.dtype}"
        self._keep(np.float32)
        with np.errstate(over="ignore", invalid="ignore"):  # infinite gradients: somebody will look for them
            output = to_half(way(numbers.astype(np.float32)))
        self._keep(np.float16)
        return output

    def _keep(self, dtype):
        """Cast all floats that the layer holds to this type."""
        for name, array in vars(self.layer).items():
            if isinstance(array, np.ndarray) and array.dtype.kind == "f":
                setattr(self.layer, name, to_half(array) if dtype == np.float16 else array.astype(dtype))


def in_half(net):
    """Return the same network in half precision; it has to be loaded again."""
    return Network({name: HalfLayer(layer) for name, layer in net.layers.items()})


# %% [markdown]
# ## 3. Gradients that vanish
#
# *About 25 minutes, easy.*
#
# Weights and activations are numbers of ordinary size. Gradients are not: the loss is a mean over the batch, so each
# image's part is divided by their number, and every layer on the way down may shrink it further.
#
# Look at real ones. LeNet reads 100 digits; each entry of its weights' gradients is drawn where its exponent is. In
# the grey zone half precision has fewer digits, in the red zones none at all.
#
# Our network is small and shallow, and does not suffer much. So here is a second row. *The loss of a large language
# model is a mean over several million words.* No machine can take them all at once: they are cut into tens of
# thousands of pieces, which are computed on many machines and one after another, and whose gradients are added up
# at the end. The gradient of one piece is divided by the number of **all** words. In float32 that changes nothing.
# The second row is what one piece of 65,536 sees, with 100 digits in each.


# %% look="exponents"
def gradients_of_a_batch(share=1.0):
    """The gradients of LeNet's weights for 100 digits, in float32; share : this piece's part of the whole."""
    net, loss = lenet_300_100(), SoftmaxLossLayer()
    net.load(first_params(net, np.random.default_rng(0)))
    pictures, labels = digits("train")
    loss.forward(net.forward(pictures[:100]))
    loss.get_loss(labels[:100])
    top_diff = loss.backward() * np.float32(share)
    gradients = net.backward(top_diff)
    return np.concatenate([gradient.ravel() for name, gradient in gradients.items() if name.endswith("weight")])


pieces = {
    "100 digits, all of the batch": gradients_of_a_batch(),
    "100 digits, one piece of 65,536": gradients_of_a_batch(1 / 65536),
}
show.exponents(pieces)

# %% [markdown]
# Which entries of a gradient would half precision spoil? Return three bool arrays, in the gradient's shape:
#
# | array | where |
# |---|---|
# | `vanished` | the number is not 0, and in half precision it is |
# | `subnormal` | it is not 0 in half precision, but smaller than $2^{-14}$: it has fewer digits |
# | `overflowed` | in half precision it is infinite |
#
# A 0 that was 0 before has not vanished. Do not guess thresholds: *at the edges it is the rounding that decides*, and
# you have a tool that rounds. (What does $2^{-25}$ become? And a number a hair above it?)


# %% code="underflow"
def underflow(gradient):
    """Find the entries that half precision would spoil.

    gradient : float32, any shape, finite  ->  vanished, subnormal, overflowed : bool arrays of that shape
    """
    ### BEGIN SOLUTION
    with np.errstate(over="ignore"):
        half = np.abs(gradient.astype(np.float16))
    vanished = (half == 0) & (gradient != 0)
    subnormal = (half > 0) & (half < 2.0**-14)
    return vanished, subnormal, np.isinf(half)
    ### END SOLUTION
    raise NotImplementedError("lab 6, underflow: return vanished, subnormal, overflowed")


# %% check="underflow"
check("underflow")

# %% [markdown]
# Here are the same two rows, with your three arrays in colour. How much is left of the second one?

# %% look="spoiled"
with needs_answers():
    display(show.exponents(pieces, {title: underflow(gradient) for title, gradient in pieces.items()}))

# %% [markdown]
# ## 4. Weights that do not move
#
# *About 15 minutes, easy.*
#
# Even a gradient that survives may do nothing. A step of training is `weight - lr * gradient`, and a step is small
# beside its weight, or training would explode. If it is less than half of the distance to the next number, the
# weight is rounded back to what it was. `1.0 - 0.0001` is `1.0` in half precision, and after a thousand such steps
# it is still `1.0`.
#
# The second precaution is to keep a **master copy** of each weight in float32. The step is taken there, where it counts
# even if it is small. The network gets a float16 copy of the result, made anew each time.
#
# There is one trap: the gradient arrives from the network in float16, and `lr * gradient` is float16 again. With a
# learning rate of 0.001, a gradient that survived all layers dies there. Make it float32 **before** you multiply.


# %% code="master_weights"
def update_master(master, gradient, lr):
    """Take a step down the gradient, in float32.

    master : float32, gradient : float16, of the same shape; lr : learning rate
    ->  the new master copy, float32, and its copy in float16; the arguments stay as they are
    """
    assert master.shape == gradient.shape, f"{master.shape}, {gradient.shape}"
    ### BEGIN SOLUTION
    master = master - lr * gradient.astype(np.float32)
    return master, master.astype(np.float16)
    ### END SOLUTION
    raise NotImplementedError("lab 6, master_weights: return the master copy and its float16 copy")


# %% check="master_weights"
check("master_weights")

# %% [markdown]
# Six weights take 1000 equal steps of 0.00015 each, with your master copies and in float16 alone. Which get stuck?
# *(Guess before you look: does it depend on the weight, on the step, or on both? And how can one of them go too far?)*


# %% look="lost_updates"
def walk(weights, step, steps):
    """Let weights take equal steps, with a master copy and without one: two arrays (steps + 1, weights)."""
    master, half = weights.astype(np.float32), weights.astype(np.float16)
    gradient, copies, alone = np.ones(len(weights), np.float16), [half], [half]
    for _ in range(steps):
        master, copy = update_master(master, gradient, step)
        half = (half - np.float16(step) * gradient).astype(np.float16)
        copies.append(copy)
        alone.append(half)
    return np.array(copies), np.array(alone)


with needs_answers():
    display(show.lost_updates(*walk(np.array([0.2, 0.45, 0.7, 1.2, 2.2, 4.4]), 1.5e-4, 1000), step=1.5e-4))

# %% [markdown]
# ## 5. Scale the loss
#
# *About 20 minutes, easy.*
#
# Look at the picture of the exponents again. Right of the gradients there is a wide empty space, up to 65504. The
# third precaution moves them there: multiply the **loss** by a number $s$, say $2^{15}$. By the chain rule every
# gradient on the way down is $s$ times as large. At the bottom, make them float32, and *then* divide by $s$: what would
# have vanished is there.
#
# $$\frac{\partial (s L)}{\partial w} = s\,\frac{\partial L}{\partial w}$$
#
# Powers of two are best. *Why?* (What does multiplying by $2^{15}$ change in the bits of a number?)
#
# We need not touch the loss itself: its gradient with respect to the scores, `top_diff`, is where the way down
# begins. Mind the order, at both ends: where are there still enough digits, and enough room?


# %% code="loss_scaling"
def scaled_gradients(net, top_diff, scale):
    """Pass a gradient down through a network in half precision without losing what is small.

    net : its backward(top_diff) takes float16 and returns a dict of float16 gradients
    top_diff : (N, classes) float32; scale : a number
    ->  gradients by name, float32, not scaled any more; infinite ones stay infinite
    """
    ### BEGIN SOLUTION
    with np.errstate(over="ignore"):
        scaled = (top_diff * scale).astype(np.float16)
    return {name: gradient.astype(np.float32) / scale for name, gradient in net.backward(scaled).items()}
    ### END SOLUTION
    raise NotImplementedError("lab 6, loss_scaling: return the gradients, a dict of float32 arrays")


# %% check="loss_scaling"
check("loss_scaling")

# %% [markdown]
# How large should $s$ be? Here is one piece of the 65,536 again. For each scale, what fraction of the gradients
# vanishes, loses digits or becomes infinite?


# %% look="scales"
def spoiled(powers, share):
    """Fractions of LeNet's gradients that vanish, lose digits and become infinite, for scales 2**power."""
    gradient = gradients_of_a_batch(share)
    gradient = gradient[gradient != 0]
    return {power: [mask.mean() for mask in underflow(gradient * np.float32(2.0**power))] for power in powers}


with needs_answers():
    display(show.spoiled_shares(spoiled(range(0, 49, 2), 1 / 65536)))

# %% [markdown]
# The same with a slider: the scale moves all gradients along the axis at once, from one edge of half precision to the
# other. *Which edge would you rather be close to, and why?*

# %% look="loss_scale_demo"
show.demo("loss-scale")

# %% [markdown]
# ## 6. Let the scale find itself
#
# *About 25 minutes, easy.*
#
# There is a wide range of good scales; but where it lies differs from network to network, and moves while a network
# learns. Nobody wants to look for it by hand. The usual rule feels its way along the upper edge:
#
# - If **any** gradient is infinite or not a number, the scale was too large: **halve** it, and **skip** this step.
#   Nothing is updated. One step of many thousands is no loss.
# - After `interval` steps **in a row** without that, try twice the scale. Then count from 0 again.
#
# `scaler` is `{"scale": 32768.0, "clean": 17}`: the scale, and the number of clean steps since the scale last changed.
# Return a new one, and whether this step may be taken. (Infinite is infinite, scaled or not: it does not matter that
# the gradients have been divided already. And gradients can be large, and still all be finite.)


# %% code="dynamic_loss_scaling"
def adjust_scale(scaler, gradients, interval=200):
    """Look at the gradients of a step and choose the scale for the next one.

    scaler : {"scale": float, "clean": int}; gradients : a dict of arrays
    ->  a new scaler, and True if the step may be taken
    """
    ### BEGIN SOLUTION
    if not all(np.isfinite(gradient).all() for gradient in gradients.values()):
        return {"scale": scaler["scale"] / 2, "clean": 0}, False
    clean = scaler["clean"] + 1
    if clean == interval:
        return {"scale": scaler["scale"] * 2, "clean": 0}, True
    return {"scale": scaler["scale"], "clean": clean}, True
    ### END SOLUTION
    raise NotImplementedError("lab 6, dynamic_loss_scaling: return the new scaler and True or False")


# %% check="dynamic_loss_scaling"
check("dynamic_loss_scaling")

# %% [markdown]
# ## 7. One step
#
# *About 35 minutes, moderate.*
#
# Put it together. All that a training knows is its state, a dict of dicts:
#
# | `state[...]` | what | type |
# |---|---|---|
# | `"master"` | name -> master copy of each parameter | float32 |
# | `"velocity"` | name -> its running sum of gradients, for the momentum | float32 |
# | `"scaler"` | `{"scale": ..., "clean": ...}` | numbers |
#
# One step:
#
# 1. load float16 copies of all masters into the network (no layer of ours has to stay in float32);
# 2. run the images through it, in half precision; make the scores **float32**, and leave softmax and loss to lab 2's
#    `SoftmaxLossLayer`, in float32;
# 3. pass the gradient down, scaled by the state's scale;
# 4. look for infinities, and get the next scaler. If the step may not be taken, masters and velocities stay as
#    they were;
# 5. otherwise, in float32, for each parameter: `velocity = momentum * velocity + gradient`, then
#    `master = master - lr * velocity`.
#
# Return a **new** state and the loss. The old state must not be written into: whoever stops the training in the middle
# of a step wants the old state back. (For 1, 3 and 4 you have functions: if one of them is wrong, this question does
# not suffer.)

# %% look="flow"
show.mixed_flow()


# %% code="mixed_train_step"
def mixed_train_step(net, state, x, label, lr, momentum=0.9):
    """Take one step of training in mixed precision.

    net : in half precision; state : {"master": ..., "velocity": ..., "scaler": ...}; x : (N, ...) float32; label : (N,)
    ->  the new state, and the loss before the step, a number
    """
    ### BEGIN SOLUTION
    master, velocity = state["master"], state["velocity"]
    net.load(half_cast(master, stay=()))
    last = SoftmaxLossLayer()
    last.forward(net.forward(x.astype(np.float16)).astype(np.float32))
    loss = last.get_loss(label)
    gradients = scaled_gradients(net, last.backward(), state["scaler"]["scale"])
    scaler, take = adjust_scale(state["scaler"], gradients)
    if take:
        velocity = {name: momentum * velocity[name] + gradients[name] for name in velocity}
        master = {name: master[name] - lr * velocity[name] for name in master}
    return {"master": master, "velocity": velocity, "scaler": scaler}, loss
    ### END SOLUTION
    raise NotImplementedError("lab 6, mixed_train_step: return the new state and the loss")


# %% check="mixed_train_step"
check("mixed_train_step")

# %% [markdown]
# ## 8. The training
#
# *About 45 minutes, moderate.*
#
# Write two functions. `begin_mixed` makes the first state out of a network's first parameters: master copies in float32
# (arrays of its own), velocities of 0, and a scaler with this scale and no clean steps yet. `mixed_training` takes one
# step for each batch, and returns what the loss was in each, and **with which scale** the step was computed.


# %% code="mixed_training"
def begin_mixed(params, scale=2.0**15):
    """Make the first state.

    params : name -> array  ->  {"master": ..., "velocity": ..., "scaler": ...}
    """
    ### BEGIN SOLUTION
    master = {name: array.astype(np.float32) for name, array in params.items()}
    velocity = {name: np.zeros_like(array) for name, array in master.items()}
    return {"master": master, "velocity": velocity, "scaler": {"scale": scale, "clean": 0}}
    ### END SOLUTION
    raise NotImplementedError("lab 6, mixed_training: return the first state")


def mixed_training(net, state, batches, lr, momentum=0.9):
    """Take a step for each batch.

    batches : pairs (x, label)  ->  the last state, losses : (steps,), scales : (steps,) with which they were computed
    """
    ### BEGIN SOLUTION
    course = []
    for pair in batches:
        scale = state["scaler"]["scale"]
        state, loss = mixed_train_step(net, state, *pair, lr, momentum)
        course.append((loss, scale))
    losses, scales = np.array(course).reshape(-1, 2).T
    return state, losses, scales
    ### END SOLUTION
    raise NotImplementedError("lab 6, mixed_training: return the last state, the losses and the scales")


# %% check="mixed_training"
check("mixed_training")

# %% [markdown]
# ### Side by side
#
# Train LeNet on digits twice, with the same first weights, the same images in the same order and the same number of
# steps: once all in float32, once in mixed precision. The scale begins too high, at $2^{20}$, so that you see it come
# down. The claim to test: the accuracy on unseen digits differs by **less than half a point**. (In each pair of cells
# the first one begins a training, and the second one shows it as it goes. Stop it when you like, with Kernel >
# Interrupt; run the second cell again, and it goes on where it was.)


# %% look="float32"
def accuracy(net, params, dtype):
    """Return the fraction of the unseen digits that are read right."""
    pictures, labels = digits("test")
    net.load(params)
    return np.mean(net.forward(pictures.astype(dtype)).argmax(axis=1) == labels)


def plain_step(net, state, x, label, lr, momentum=0.9):
    """Take the step of mixed_train_step, all in float32."""
    softmax = SoftmaxLossLayer()
    net.load(state["master"])
    softmax.forward(net.forward(x))
    loss = softmax.get_loss(label)
    gradients = net.backward(softmax.backward())
    velocity = {name: momentum * array + gradients[name] for name, array in state["velocity"].items()}
    master = {name: array - lr * velocity[name] for name, array in state["master"].items()}
    return {"master": master, "velocity": velocity}, loss


def begin_plain(params):
    """Return the first state of a training in float32."""
    return {"master": params, "velocity": {name: np.zeros_like(array) for name, array in params.items()}}


def watched_run(step, net, state, lr, measure):
    """Begin a training on 5,000 digits that can be watched; it notes the loss and, if there is one, the scale."""

    def take(state, x, label):
        scale = dict(scale=state["scaler"]["scale"]) if "scaler" in state else {}
        state, loss = step(net, state, x, label, lr)
        return state, dict(loss=loss) | scale

    pictures, labels = digits("train")
    return Training(take, state, pictures[:5000], labels[:5000], measure=measure)


EPOCHS, LR = 8, 0.005  # an epoch is 50 steps
first = first_params(lenet_300_100(), np.random.default_rng(0))
lenet, half_lenet = lenet_300_100(), in_half(lenet_300_100())
plain = watched_run(
    plain_step, lenet, begin_plain(first), LR, lambda state: dict(accuracy=accuracy(lenet, state["master"], np.float32))
)
print(plain)

# %% look="float32_run"
show.watch_training(plain, EPOCHS)

# %% look="mixed"
mixed = None
with needs_answers():
    mixed = watched_run(
        mixed_train_step,
        half_lenet,
        begin_mixed(first, scale=2.0**20),
        LR,
        lambda state: dict(accuracy=accuracy(half_lenet, half_cast(state["master"], set()), np.float16)),
    )

# %% look="mixed_run"
if mixed:
    with needs_answers(), np.errstate(all="ignore"):
        show.watch_training(mixed, EPOCHS)

# %% look="side_by_side"
watched = {title: run for title, run in {"float32": plain, "mixed": mixed}.items() if run and run.step}
if watched:
    display(show.loss_and_scale({title: run.numbers for title, run in watched.items()}))
if [run.epoch for run in watched.values()] == [EPOCHS, EPOCHS]:
    one, other = (100 * run.measured["accuracy"][-1] for run in (plain, mixed))
    print(f"After {mixed.step} steps: float32 {one:.2f} %, mixed {other:.2f} %: {abs(one - other):.2f} points apart.")

# %% [markdown]
# After a few skipped steps at the very start the two curves run side by side, never far apart: what mixed precision
# does to a training is less than what another order of the images does. And much later the scale dares to grow.
#
# Does it take longer than float32? Yes, *here*: this processor has no units for half precision, and each number is
# widened before it is used and narrowed afterwards. What you see is the arithmetic of a tensor core, not its speed.
#
# ### What the precautions were good for
#
# Take them away, one at a time. First goes the **scaling**, with one piece of the 65,536. (To save you the other
# 65,535, we let all see the same images. Their gradients, added up, are this one's times 65,536, and that factor goes
# into the learning rate.) The network is a small one that begins as in the original course, with weights of standard
# deviation 0.01. It learns in float32, and it learns in mixed precision. Without scaling it is given a scale of 1, and
# too few steps for that to grow. *What do you expect of its loss?*


# %% look="collapse"
PIECES = 65536


class OnePiece(Network):
    """A network that sees one piece of a large batch: its gradients are that piece's part of the whole."""

    def backward(self, top_diff):
        return super().backward(top_diff * top_diff.dtype.type(1 / PIECES))


def small_net(piece=False):
    """784 pixels, twice 100 hidden units, 10 digits."""
    layers = {"fc1": FullyConnectedLayer(784, 100), "relu1": ReLULayer(), "fc2": FullyConnectedLayer(100, 100)}
    layers |= {"relu2": ReLULayer(), "fc3": FullyConnectedLayer(100, 10)}
    return (OnePiece if piece else Network)(layers)


def some_batches(steps, batch=100):
    """Images and labels for some steps, in random order."""
    pictures, labels = digits("train")
    places = np.random.default_rng(0).permutation(10000)
    return [(pictures[place], labels[place]) for place in (np.roll(places, -k * batch)[:batch] for k in range(steps))]


def course_start(net, std=0.01):
    """The original course's first weights."""
    params = first_params(net, np.random.default_rng(0))
    return {name: array * np.float32(std / max(array.std(), 1e-9)) for name, array in params.items()}


def three_ways(steps=190, lr=0.03):
    """Losses and accuracy in float32, in mixed precision, and without scaling."""
    batches, params = some_batches(steps), course_start(small_net())
    net, half = small_net(piece=True), small_net(piece=True)
    half.layers = in_half(half).layers
    state, losses = begin_plain(params), []
    for x, label in batches:
        state, loss = plain_step(net, state, x, label, lr * PIECES)
        losses.append(loss)
    rows, found = {"float32": dict(loss=losses)}, {"float32": accuracy(net, state["master"], np.float32)}
    for title, scale in {"mixed": 2.0**15, "half, not scaled": 1.0}.items():
        state, losses, scales = mixed_training(half, begin_mixed(params, scale), batches, lr * PIECES)
        rows[title] = dict(loss=losses, scale=scales)
        found[title] = accuracy(half, half_cast(state["master"], set()), np.float16)
    return rows, found


with needs_answers(), np.errstate(all="ignore"):
    rows, found = three_ways()
    display(show.loss_and_scale(rows))
    print("\n".join(f"{title}: {100 * share:.1f} % of unseen digits" for title, share in found.items()))

# %% [markdown]
# There is no error and no warning: the loss stays at $\ln 10 = 2.30$, and a fifth of the digits are read right, where
# guessing gets a tenth. Somebody who does not know what you know would go on looking for a better learning rate.
#
# Next go the **master copies**. The same small network sees whole batches, from He initialization, with short
# steps, as is usual at the end of a training. In the second run the masters are rounded to float16 after each step, so
# that they hold no more than float16 can.


# %% look="without_masters"
def with_and_without_masters(steps=190, lr=2e-4):
    """Losses of mixed precision, and of the same where nothing but float16 is kept."""
    batches, params = some_batches(steps), first_params(small_net(), np.random.default_rng(0))
    half, rows = in_half(small_net()), {}
    for title, kept in (("with master copies", np.float32), ("halves only", np.float16)):
        state, losses = begin_mixed(params), []
        for x, label in batches:
            state, loss = mixed_train_step(half, state, x, label, lr)
            losses.append(loss)
            state["master"] = {name: array.astype(kept).astype(np.float32) for name, array in state["master"].items()}
        rows[title] = dict(loss=losses)
        moved = [(state["master"][name] != params[name].astype(kept)).ravel() for name in params if "weight" in name]
        share = np.concatenate(moved).mean()
        print(f"{title}: {share:.0%} of the weights have moved, the loss is {np.mean(losses[-20:]):.3f}")
    return rows


with needs_answers():
    display(show.loss_and_scale(with_and_without_masters()))

# %% [markdown]
# This one is no collapse. It is harder to find: the training goes on, a little too slowly, while more than a third of
# the weights stand still. The shorter the steps become, the fewer of them arrive, and every training ends with short
# steps.
#
# You cannot take away the remaining precaution, sums in float32: it is inside `HalfLayer`. But you have seen what
# becomes of a sum of 5000 terms.

# %% [markdown]
# ## 9. Memory
#
# *About 70 minutes, moderate.*
#
# For each parameter a training holds its weight, its gradient, its momentum, and in mixed precision the master copy.
# And for each image of the batch, each layer keeps its input for the way back: the **activations**. How large is
# each? You get, for each layer, how many parameters it learns and how many values of *one* image it keeps.
# Predict the bytes of each kind, in float32 (`mixed=False`) and in mixed precision:
#
# | kind | what |
# |---|---|
# | `"weights"` | what the layers compute with |
# | `"masters"` | the copies in float32; in float32 alone the weights need none |
# | `"gradients"` | as the layers hold them |
# | `"momenta"` | the velocities |
# | `"activations"` | what the layers keep of the whole batch |


# %% code="memory"
def memory(sizes, batch, mixed):
    """Predict the bytes that a training holds.

    sizes : layer -> (parameters, values of one image that it keeps); batch : images; mixed : True or False
    ->  {"weights": ..., "masters": ..., "gradients": ..., "momenta": ..., "activations": ...}, integers
    """
    ### BEGIN SOLUTION
    parameters = sum(learned for learned, _ in sizes.values())
    kept = batch * sum(numbers for _, numbers in sizes.values())
    short = 2 if mixed else 4
    return {
        "weights": short * parameters,
        "masters": 4 * parameters if mixed else 0,
        "gradients": short * parameters,
        "momenta": 4 * parameters,
        "activations": short * kept,
    }
    ### END SOLUTION
    raise NotImplementedError("lab 6, memory: return a dict, kind -> bytes")


# %% check="memory"
check("memory")

# %% [markdown]
# The bars show, predicted and measured, the bytes of all arrays that two networks and their states hold in the middle
# of a step. One is LeNet with 100 digits. The other is a small convolutional network with 50 photos of CIFAR-10, which
# is also trained for a few steps, to see that mixed precision does not mind convolutions. *Before you run it: for which
# of the two does mixed precision save more?*


# %% look="measured"
def cifar_net():
    """Two convolutions of 16 and 32 maps, each with ReLU and pooling, and a fully connected layer."""
    layers = {"conv1": ConvolutionalLayer(3, 3, 16, 1, 1, type=1), "relu1": ReLULayer()}
    layers |= {"pool1": MaxPoolingLayer(2, 2, type=1), "conv2": ConvolutionalLayer(3, 16, 32, 1, 1, type=1)}
    layers |= {"relu2": ReLULayer(), "pool2": MaxPoolingLayer(2, 2, type=1)}
    return Network(layers | {"flatten": FlattenLayer([32, 8, 8], [2048]), "fc1": FullyConnectedLayer(2048, 10)})


def cifar_params(net, rng):
    """He initialization, also for convolutions."""
    params = first_params(net, rng)
    for name, layer in net.layers.items():
        if isinstance(layer, ConvolutionalLayer):
            shape = (layer.channel_in, 3, 3, layer.channel_out)
            params[f"{name}/weight"] = rng.normal(0, np.sqrt(2 / 9 / layer.channel_in), shape).astype(np.float32)
            params[f"{name}/bias"] = np.zeros(layer.channel_out, np.float32)
    return params


def photos(count):
    """CIFAR-10's first images (N, 3, 32, 32) float32, of about mean 0 and standard deviation 1, and labels."""
    pictures, labels = data.cifar10("train")
    return (pictures[:count].astype(np.float32) - 120.7) / 64.1, labels[:count]


LEARNED = ("weight", "bias", "d_weight", "d_bias")


def arrays_of(layer):
    """Name -> array of floats that a layer holds."""
    attributes = vars(getattr(layer, "layer", layer))
    return {k: v for k, v in attributes.items() if isinstance(v, np.ndarray) and v.dtype.kind == "f"}


def sizes_of(net, batch):
    """Layer -> (parameters, values of one image that it keeps), of a network that has seen a batch."""
    sizes = {}
    for name, layer in net.layers.items():
        held = arrays_of(layer)
        kept = sum(array.size for what, array in held.items() if what not in LEARNED)
        sizes[name] = (sum(held[what].size for what in ("weight", "bias") if what in held), kept // batch)
    return sizes


def measured_bytes(net, state):
    """Bytes of the arrays that a network and its state hold; an array that both hold counts once."""
    held = [(what, array) for layer in net.layers.values() for what, array in arrays_of(layer).items()]
    kinds = {"weight": "weights", "bias": "weights", "d_weight": "gradients", "d_bias": "gradients"}
    found = dict.fromkeys(("weights", "masters", "gradients", "momenta", "activations"), 0)
    for what, array in held:
        found[kinds.get(what, "activations")] += array.nbytes
    loaded = {id(array) for _, array in held}
    found["masters"] = sum(array.nbytes for array in state["master"].values() if id(array) not in loaded)
    found["momenta"] = sum(array.nbytes for array in state["velocity"].values())
    return found


def predicted_and_measured(title, make, params, pictures, labels, batch, steps, lr):
    """Train in both precisions for some steps; return bars of what was predicted and what was measured."""
    bars, losses = {}, {}
    ways = {
        "float32": (False, make(), begin_plain(params), plain_step),
        "mixed": (True, in_half(make()), begin_mixed(params), mixed_train_step),
    }
    for precision, (mixed, net, state, step) in ways.items():
        losses[precision] = []
        for place in range(0, steps * batch, batch):
            x, label = pictures[place : place + batch], labels[place : place + batch]
            state, loss = step(net, state, x, label, lr)
            losses[precision].append(loss)
        net.load(half_cast(state["master"], set()) if mixed else state["master"])
        rows = {"predicted": memory(sizes_of(net, batch), batch, mixed), "measured": measured_bytes(net, state)}
        bars |= {f"{title}, {precision}\n{which}": row for which, row in rows.items()}
    said = ", ".join(f"{precision} {row[0]:.3f} -> {np.mean(row[-5:]):.3f}" for precision, row in losses.items())
    print(f"{title}, {steps} steps: loss {said}")
    return bars


with needs_answers():
    rng = np.random.default_rng(0)
    lenet_bars = predicted_and_measured("LeNet", lenet_300_100, first, *digits("train"), batch=100, steps=2, lr=0.01)
    display(show.memory_bars(lenet_bars))
    params = cifar_params(cifar_net(), rng)
    cifar_bars = predicted_and_measured("CIFAR-10", cifar_net, params, *photos(1250), batch=50, steps=25, lr=0.005)
    display(show.memory_bars(cifar_bars))

# %% [markdown]
# For the parameters nothing is saved at all: $4 + 4 + 4$ bytes in float32, $2 + 4 + 2 + 4$ in mixed precision. The
# activations become half as large, and in a deep network with large images they are nearly everything. So
# the master copies, which look like a waste, cost little where it matters.
#
# As a cross-check, NumPy tells Python's `tracemalloc` of every array that it makes. The peak of a whole step also has
# all that is made and thrown away in between. (Lab 2's `img2col`, for example, is float32 in both cases here. A tensor
# core does without such copies. Finished layers make their arrays in ONNX Runtime, of which `tracemalloc` is not told.)


# %% look="peak"
def peak_of(step):
    """Return the most bytes that NumPy held at once during a step, on top of what it held before."""
    import tracemalloc

    tracemalloc.start()
    try:
        step()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


with needs_answers():
    x, label = photos(50)
    params = cifar_params(cifar_net(), np.random.default_rng(0))
    net, half = cifar_net(), in_half(cifar_net())
    states = begin_plain(params), begin_mixed(params)
    peaks = {
        "float32": peak_of(lambda: plain_step(net, states[0], x, label, 0.005)),
        "mixed": peak_of(lambda: mixed_train_step(half, states[1], x, label, 0.005)),
    }
    print("\n".join(f"{title}: {peak / 1e6:.1f} MB at the peak of a step" for title, peak in peaks.items()))

# %% [markdown]
# ### Think about it, in writing
#
# **How is a network trained in mixed precision, and why are three precautions needed and not one?**
#
# A full answer, of some 100 to 200 words, follows one step and says for each number that occurs *in which precision it
# is, and why*; names for each of the three precautions the error that it prevents, *and why neither of the other two
# would prevent it*; and says what is gained in the end: in memory, and in time.

# %% [markdown] written="mixed_precision_how"
# **One step.** The master copies of the weights are float32. They are cast to half precision; the network runs forward
# in it, with sums in float32 inside each product. Scores become float32, softmax and loss are computed there. The
# gradient of the scores is multiplied by the scale, cast to float16 and passed back in float16. The weights' gradients
# become float32 and are divided by the scale. If any is not finite, the scale is halved and the step skipped; otherwise
# momentum and update happen in float32 on the master copies.
#
# **Three errors.** A sum of many terms in float16 stops growing (2048 + 1 = 2048) or overflows on the way: only wider
# sums help, since each input is fine by itself. A gradient below 2^-25 becomes 0: only scaling helps. A master copy
# cannot bring back what has never arrived. An update below half the spacing at its weight is rounded away: only a
# master copy helps. Scaling cannot, since it is taken out again before the update.
#
# **Gain.** Weights and gradients as the layers hold them, and above all activations, take half the memory; master
# copies use up what the parameters save. Time is gained where the processor multiplies float16 faster and moves half
# as many bytes.
#
# === BEGIN MARK SCHEME ===
#
# 5 points; award each part on its own, wording is free.
#
# - 2: the step in order, with the right precision of weights, activations, loss, gradients, update (1 if at most one
#   is wrong).
# - 2: the three errors (sums, vanishing gradients, lost updates), each with its precaution (1); why one does not
#   replace another, for at least one pair (1).
# - 1: what is gained: activations halved and parameters not, or time where there are units for half precision.
#
# === END MARK SCHEME ===

# %% [markdown]
# ---
#
# # End of the first sitting
#
# **What you have.** The three precautions of mixed precision, a training that uses all of them, and a prediction of its
# memory: the first nine questions of this lab and a written answer.
#
# **Before you close the notebook.** Save it (Ctrl+S, or Cmd+S). Your answers stay in their cells; there is nothing to
# export yet.
#
# **What comes.** Part 2 takes nineteen of twenty weights away. You may go straight on.
#
# ---

# %% [markdown]
# # Second sitting. Part 2: sparse from scratch
#
# **Starting here?** Run [the three cells at the top](#Before-each-sitting:-three-cells) (setup, network and digits), and
# then go on below. No answer of part 1 is needed.
#
# LeNet-300-100 has 266,200 weights. Which of them does it need? Take nine of ten away after the training, train the
# rest a little longer, and, if they were the right nine, nobody misses them: S. Han and his colleagues did so in
# 2015, on an idea of Y. LeCun's from 1990. But then all ten had to be trained first, and paid for.
#
# So here is a bolder question. Could one **begin** with a twentieth of the weights, and have no more than a twentieth
# at any moment of the training? The trouble is: *which* twentieth? Nobody knows at the start. T. Dettmers and L.
# Zettlemoyer gave an answer in 2019 that is both simple and a bit mad: begin anywhere. After each epoch throw away what
# turned out to be small, and let as many weights grow where they are missing most. And how does one know where a
# weight is *missing*, a weight that is not there? You will see: somebody has been keeping the books all the time.

# %% [markdown]
# ## 10. What can go?
#
# *About 25 minutes, easy.*
#
# Here is a network as you know it, all weights trained for three epochs by plain steps. Look at how large its weights
# have become. *Guess before you run the cell: how many of fc1's weights are smaller than a tenth of the largest?*

# %% look="dense"
COUNT = 10_000  # digits to train with; where all are here (aics fetch mnist), try 60_000: it takes longer


@lru_cache
def trained_dense(epochs=3, lr=0.1):
    """LeNet-300-100 with all its weights, trained by plain steps on batches of 100."""
    net, rng = lenet_300_100(), np.random.default_rng(0)
    net.load(first_params(net, rng))
    pictures, labels = (part[:COUNT] for part in digits("train"))
    loss_layer = SoftmaxLossLayer()
    for places in np.array_split(np.tile(rng.permutation(len(labels)), epochs), epochs * len(labels) // 100):
        loss_layer.forward(net.forward(pictures[places]))
        loss_layer.get_loss(labels[places])
        net.backward(loss_layer.backward())
        for layer in net.layers.values():
            if hasattr(layer, "update_param"):
                layer.update_param(lr)
    return net


def share_right(net):
    """Return the fraction of the test digits that the network gets right."""
    pictures, labels = digits("test")
    return float(np.mean(net.forward(pictures).argmax(axis=1) == labels))


def weights_of(net):
    """Name -> weight, of the layers that have one."""
    return {f"{name}/weight": layer.weight for name, layer in net.layers.items() if hasattr(layer, "weight")}


print(f"{share_right(trained_dense()):.1%} of the test digits are right.")
show.weight_sizes(weights_of(trained_dense()))

# %% [markdown]
# More than a third are. A small weight changes the sum that it takes part in only a little, and that is all there
# is to **magnitude pruning**: in each layer, the smallest weights go.
#
# From here on each weight array has a **mask** of the same shape, `True` where the weight is *active*. An inactive
# weight is 0 and takes no part. (Biases have no mask. They are few, and stay.) Of the active weights a fraction
# `rate` has to go: exactly $\lfloor \text{rate} \cdot \text{active} \rfloor$ of them, those with the smallest $|w|$. Mind two things:
#
# - Where several have exactly the same size, the earlier position (row by row) goes first. The count is always exact: a
#   threshold alone does not give you that.
# - The **mask** says which weights are active, not the value. A weight that has just grown is 0, and active.


# %% code="magnitude_prune"
def magnitude_prune(weight, mask, rate):
    """Take a fraction of the active weights out: the smallest ones.

    weight : float array; mask : bool, its shape, True = active; rate : fraction of the active ones, from 0 to 1
    ->  the new mask
    """
    assert weight.shape == mask.shape, f"{weight.shape}, {mask.shape}"
    ### BEGIN SOLUTION
    count = int(rate * mask.sum())
    active = np.flatnonzero(mask)
    smallest_first = np.argsort(np.abs(weight[mask]), kind="stable")
    new = mask.copy()
    new.flat[active[smallest_first[:count]]] = False
    return new
    ### END SOLUTION
    raise NotImplementedError("lab 6, magnitude_prune: return the new mask")


# %% check="magnitude_prune"
check("magnitude_prune")

# %% [markdown]
# Now prune the trained network with your function, more and more, without training it again. *Where will it break:
# at half of its weights, at a fifth, at a twentieth?*

# %% look="pruned_once"
with needs_answers():
    kept, found, whole = (1, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01), [], weights_of(trained_dense())
    biases = {name.replace("weight", "bias"): trained_dense().layers[name[:3]].bias for name in whole}
    net = lenet_300_100()
    for share in kept:
        masks = {name: magnitude_prune(w, np.ones(w.shape, bool), 1 - share) for name, w in whole.items()}
        net.load({**biases, **{name: w * masks[name] for name, w in whole.items()}})
        found.append(share_right(net))
    display(show.pruned_accuracy(kept, found))

# %% [markdown]
# Half of the weights are enough, nearly. At a tenth, two of three digits are read wrong, and one would have to train
# again. That is the old way: train all, prune, train again. It yields small networks at a large cost.
#
# ## 11. The other way round
#
# *About 10 minutes, easy.*
#
# Begin with 5 % of the weights, drawn blindly, at random. Train for an epoch with momentum, then look at the books:
#
# 1. **Prune** the smallest half of each layer's active weights: they had their chance.
# 2. **Ask the layers** how much they are on the move. The more a layer's weights are still being pulled, the more it
#    could do with company.
# 3. **Regrow** as many weights as went, more of them in layers that move; and in each layer where the pull is
#    strongest.
#
# Then train the next epoch. At no time are there more than 5 %.

# %% look="cycle"
show.sparse_cycle()

# %% [markdown]
# Where do the books come from? Training with momentum keeps a **velocity** for each weight, a running sum of its
# gradients: $v \leftarrow 0.9\,v + g$. Gradients that point now one way, now the other cancel in it. What adds up is a
# pull that stays. And now the trick: the gradient of an *inactive* weight can be computed, too. It says how the loss
# would change if that weight were there. So keep the velocity of **all** weights, and never mask it:
#
# - $|v|$ large at an active weight: it is still on its way;
# - $|v|$ large at an inactive one: *here a weight is missing.*
#
# This cell draws 5 % of LeNet's weights and computes one such gradient from 2,000 digits. It will stand in for the
# momentum until you have a real one. The pictures add up, for each pixel, what lies on its 300 weights.


# %% look="pull"
@lru_cache
def blind_start(density=0.05):
    """LeNet with a fraction of its weights, drawn blindly: parameters, one gradient of everything, masks."""
    net, rng = lenet_300_100(), np.random.default_rng(1)
    params = first_params(net, rng)
    masks = {name: rng.random(w.shape) < density for name, w in params.items() if name.endswith("weight")}
    params = {name: array * masks.get(name, True) for name, array in params.items()}
    net.load(params)
    pictures, labels = (part[:2000] for part in digits("train"))
    loss_layer = SoftmaxLossLayer()
    loss_layer.forward(net.forward(pictures))
    loss_layer.get_loss(labels)
    return params, net.backward(loss_layer.backward()), masks


params, pull, masks = blind_start()
mask, missing = masks["fc1/weight"], np.abs(pull["fc1/weight"]) * ~masks["fc1/weight"]
ink = digits("train")[0][:2000].std(axis=0)
show.pixel_maps(
    {"where digits differ": ink, "weights, drawn blindly": mask.sum(axis=1), "pull on missing": missing.sum(axis=1)}
)

# %% [markdown]
# ## 12. Which layer could do with more?
#
# *About 20 minutes, easy.*
#
# A layer's importance is how much its active weights are on the move, on average, as a fraction of the whole:
#
# $$m_\ell = \frac{1}{\#\text{active}_\ell} \sum_{\text{active}} |v| \qquad \text{importance}_\ell = \frac{m_\ell}{\sum_k m_k}$$
#
# It is an average and not a sum: *what would a sum do to fc3, with its 1,000 weights, beside fc1 with 235,200?* A layer
# without active weights gets 0. If nothing moves in any layer, all fractions are equal. `momenta` also holds the
# biases, which have no mask; go through the names in `masks`.


# %% code="layer_importance"
def layer_importance(momenta, masks):
    """Say how much each layer's active weights are on the move.

    momenta : name -> array, of all parameters; masks : name -> bool array, of weights only
    ->  name -> fraction, for the names in masks; the fractions sum to 1
    """
    ### BEGIN SOLUTION
    means = {name: np.abs(momenta[name][mask]).mean() if mask.any() else 0.0 for name, mask in masks.items()}
    total = sum(means.values())
    if total == 0:
        return dict.fromkeys(means, 1 / len(means))
    return {name: mean / total for name, mean in means.items()}
    ### END SOLUTION
    raise NotImplementedError("lab 6, layer_importance: return a dict, name -> fraction")


# %% check="layer_importance"
check("layer_importance")

# %% look="shares"
with needs_answers():
    params, pull, masks = blind_start()
    active = {name: int(mask.sum()) for name, mask in masks.items()}
    weights = {name: count / sum(active.values()) for name, count in active.items()}
    display(show.layer_shares({"fraction of the active weights": weights, "importance": layer_importance(pull, masks)}))

# %% [markdown]
# ## 13. How many for each layer
#
# *About 50 minutes, hard.*
#
# fc3 is small and pulls hard. If all new weights are divided by importance, it may get more than it has room for: a
# layer has room for as many as it has inactive weights. Then it is full, and what **overflows** goes to the others,
# by *their* importance. Now one of these may overflow, and so on. The example has 100 to give; read it from the left.

# %% look="vessels"
room = {"A": 25, "B": 32, "C": 90, "D": 40}
rounds = [
    ("by importance: 60, 20, 15, 5 %", {"A": 60, "B": 20, "C": 15, "D": 5}),
    ("A is full: 75 for B, C, D", {"A": 25, "B": 37.5, "C": 28.125, "D": 9.375}),
    ("B is full: 43 for C, D", {"A": 25, "B": 32, "C": 32.25, "D": 10.75}),
    ("in integers", {"A": 25, "B": 32, "C": 32, "D": 11}),
]
show.vessels(room, rounds)

# %% [markdown]
# These rules leave only one answer:
#
# 1. Give out `min(total, all the room there is)`: nothing is lost, and nothing invented.
# 2. Divide among the layers that are not full yet, in proportion to importance. A layer that would get more than its
#    room gets its room and is full. Divide *what is left* among the *others* anew, until no layer overflows.
# 3. If those that are not full have no importance at all (all 0), they get equal amounts.
# 4. Finally, round all amounts down. What is left over goes out one by one, to the **largest remainders**; of equal
#    ones, the earlier layer comes first.
#
# In the picture, C should get 32.25 and D 10.75. That is 32 and 10, and one left over: it is D's.


# %% code="redistribute"
def redistribute(total, importance, room):
    """Divide new weights among the layers, by importance, and give none more than its room.

    total : how many; importance : name -> a number from 0 on; room : name -> how many fit into the layer
    ->  name -> how many it gets, integers
    """
    assert importance.keys() == room.keys(), f"{list(importance)}, {list(room)}"
    ### BEGIN SOLUTION
    shares = dict.fromkeys(room, 0)
    still_open, rest = list(room), min(total, sum(room.values()))
    while still_open:
        whole = sum(importance[name] for name in still_open)
        wanted = {name: rest * (importance[name] / whole if whole else 1 / len(still_open)) for name in still_open}
        full = [name for name in still_open if wanted[name] > room[name]]
        if not full:
            break
        for name in full:
            shares[name] = room[name]
            rest -= room[name]
            still_open.remove(name)
    if still_open:
        shares |= {name: int(wanted[name]) for name in still_open}
        by_remainder = sorted(still_open, key=lambda name: shares[name] - wanted[name])  # stable: the earlier first
        for name in by_remainder[: rest - sum(shares[name] for name in still_open)]:
            shares[name] += 1
    return shares
    ### END SOLUTION
    raise NotImplementedError("lab 6, redistribute: return a dict, name -> how many")


# %% check="redistribute"
check("redistribute")

# %% [markdown]
# ## 14. Where in the layer
#
# *About 20 minutes, easy.*
#
# Of the inactive weights of a layer, those with the largest $|v|$ become active, exactly `count` of them; of equal
# ones, the earlier position comes first. Weights that are active already are left out, however strongly they move.


# %% code="regrow"
def regrow(mask, momentum, count):
    """Let inactive weights become active: those on which the loss has pulled the most.

    mask : bool, True = active; momentum : float array, its shape; count : how many, at most the zeros of mask
    ->  the new mask
    """
    assert mask.shape == momentum.shape, f"{mask.shape}, {momentum.shape}"
    ### BEGIN SOLUTION
    missing = np.flatnonzero(~mask)
    largest_first = np.argsort(-np.abs(momentum[~mask]), kind="stable")
    new = mask.copy()
    new.flat[missing[largest_first[:count]]] = True
    return new
    ### END SOLUTION
    raise NotImplementedError("lab 6, regrow: return the new mask")


# %% check="regrow"
check("regrow")

# %% [markdown]
# Prune fc1 by half and let as many grow again, by the pull that you saw above. *Which pixels lose weights, and
# which win some?* One look at the digits told you, and nobody told the network.

# %% look="regrown"
with needs_answers():
    params, pull, masks = blind_start()
    before = masks["fc1/weight"]
    pruned = magnitude_prune(params["fc1/weight"], before, 0.5)
    after = regrow(pruned, pull["fc1/weight"], int(before.sum() - pruned.sum()))
    display(show.pixel_maps({"before": before.sum(axis=1), "pruned": pruned.sum(axis=1), "regrown": after.sum(axis=1)}))

# %% [markdown]
# ## 15. A step that keeps the books
#
# *About 15 minutes, easy.*
#
# Between two prunings the network trains as usual, with momentum and weight decay (a slight pull of all weights to 0):
#
# $$v \leftarrow \text{momentum} \cdot v + g + \text{decay} \cdot w \qquad\qquad
# w \leftarrow \begin{cases} w - \text{lr} \cdot v & \text{active} \\ 0 & \text{inactive} \end{cases}$$
#
# The mask comes in at **one** place. It is tempting to mask the gradient as well: it looks tidy, and such a network
# even trains. *What would be lost, and in which of your functions would it show?*
#
# Return new arrays; leave those that you were given as they are.


# %% code="masked_step"
def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    """Take one step with momentum that leaves inactive weights at 0.

    weight, velocity, gradient : arrays of one shape, the gradient of all weights, also the inactive ones
    mask : bool, their shape, True = active  ->  weight, velocity : the new ones
    """
    assert weight.shape == velocity.shape == gradient.shape, f"{weight.shape}, {velocity.shape}, {gradient.shape}"
    ### BEGIN SOLUTION
    velocity = momentum * velocity + gradient + decay * weight
    return np.where(mask, weight - lr * velocity, 0), velocity
    ### END SOLUTION
    raise NotImplementedError("lab 6, masked_step: return weight and velocity")


# %% check="masked_step"
check("masked_step")

# %% [markdown]
# ## 16. The whole cycle
#
# *About 25 minutes, moderate.*
#
# Put your four functions together, in this order:
#
# 1. Compute the importance from the velocities and the masks **as they are**, before anything is pruned.
# 2. Prune each layer. What was taken out in all layers together is the total. Each layer's room is what is inactive
#    **now**.
# 3. Redistribute the total, and regrow.
# 4. Set the parameters: what stayed active keeps its value. What was taken out is 0, and what has grown begins at 0,
#    even if it was taken out a moment ago. Biases stay as they are. The velocities stay, too, and are not returned.
#
# As many weights are active at the end as at the start. (Why is what grows not given some random value, as at the start
# of a training? Ask what happens to the loss at that moment, with 0 and without.)


# %% code="sparse_momentum_epoch"
def sparse_momentum_epoch(params, velocities, masks, rate):
    """Prune each layer, divide what was taken out among the layers, and regrow.

    params, velocities : name -> array, of weights and biases; masks : name -> bool array, of weights only
    rate : fraction of each layer's active weights that is taken out
    ->  params, masks : the new ones; as many active weights as before
    """
    ### BEGIN SOLUTION
    importance = layer_importance(velocities, masks)
    pruned = {name: magnitude_prune(params[name], mask, rate) for name, mask in masks.items()}
    total = sum(int(masks[name].sum() - mask.sum()) for name, mask in pruned.items())
    room = {name: int(mask.size - mask.sum()) for name, mask in pruned.items()}
    counts = redistribute(total, importance, room)
    grown = {name: regrow(mask, velocities[name], counts[name]) for name, mask in pruned.items()}
    kept = {name: np.where(mask, params[name], 0) for name, mask in pruned.items()}
    return {**params, **kept}, grown
    ### END SOLUTION
    raise NotImplementedError("lab 6, sparse_momentum_epoch: return params and masks")


# %% check="sparse_momentum_epoch"
check("sparse_momentum_epoch")

# %% [markdown]
# ## 17. Sparse training
#
# *About 70 minutes, hard.*
#
# Write three functions, and it runs.
#
# - `begin_sparse` draws the masks: in each weight array exactly `round(density * size)` positions, at random, with the
#   given generator `rng`. Inactive weights are 0, and so are all velocities.
# - `sparse_step` takes one batch: load the parameters, forward, loss, backward, and your `masked_step` for each
#   parameter. A bias has no mask: all of it is active. It returns the state, and the loss before the step.
# - `after_epoch` does the cycle at a rate that falls along a cosine, from nearly `rate` to 0. Early on there is much to
#   find; late, what grows has no time to learn. With `epoch` counted from 0:
#
# $$\text{rate}_{\text{epoch}} = \frac{\text{rate}}{2} \left(1 + \cos\left(\pi\, \frac{\text{epoch} + 1}{\text{epochs}}\right)\right)$$
#
# `state` is a dict of dicts. It may hold more than the three that you put into it (the next cells add the learning
# rate): hand on whatever you do not change.


# %% code="sparse_training"
def begin_sparse(params, density, rng):
    """Draw which weights are active: of each weight array round(density * size), at random.

    params : name -> array
    ->  state : {"params": ..., "velocity": ..., "masks": ...}; inactive weights are 0, velocities too
    """
    ### BEGIN SOLUTION
    masks = {}
    for name, array in params.items():
        if name.endswith("/weight"):
            mask = np.zeros(array.size, bool)
            mask[: round(density * array.size)] = True
            masks[name] = rng.permutation(mask).reshape(array.shape)
    sparse = {name: np.where(masks.get(name, True), array, 0) for name, array in params.items()}
    return {"params": sparse, "velocity": {k: np.zeros_like(v) for k, v in params.items()}, "masks": masks}
    ### END SOLUTION
    raise NotImplementedError("lab 6, sparse_training: return the state to begin with")


def sparse_step(net, state, x, label, lr, momentum=0.9, decay=5e-4):
    """Take one step with one batch.

    x : (N, 784), label : (N,)  ->  state, {"loss": the loss before the step}
    """
    ### BEGIN SOLUTION
    before = state["params"]
    net.load(before)
    at_the_end = SoftmaxLossLayer()
    at_the_end.forward(net.forward(x))
    loss = at_the_end.get_loss(label)
    gradients = net.backward(at_the_end.backward())
    params, velocity = {}, {}
    for name, weight in before.items():
        mask = state["masks"].get(name, np.ones(weight.shape, bool))
        old = state["velocity"][name]
        params[name], velocity[name] = masked_step(weight, old, gradients[name], mask, lr, momentum, decay)
    return {**state, "params": params, "velocity": velocity}, {"loss": loss}
    ### END SOLUTION
    raise NotImplementedError("lab 6, sparse_training: return the state and the loss")


def after_epoch(state, epoch, epochs, rate=0.5):
    """Prune and regrow after an epoch, at a rate that falls to 0 at the end.

    epoch : from 0 to epochs - 1  ->  state
    """
    ### BEGIN SOLUTION
    annealed = rate / 2 * (1 + np.cos(np.pi * (epoch + 1) / epochs))
    params, masks = sparse_momentum_epoch(state["params"], state["velocity"], state["masks"], annealed)
    return {**state, "params": params, "masks": masks}
    ### END SOLUTION
    raise NotImplementedError("lab 6, sparse_training: return the state")


# %% check="sparse_training"
check("sparse_training")

# %% [markdown]
# Now let it run: **5 % of the weights**, 13,310 of 266,200, from the first step to the last. Watch the densities, and
# stop it when you like (Kernel > Interrupt): run the cell again, and it goes on where it was.
#
# *Before you look: which layer will be the densest in the end?*

# %% look="watch"
SPARSE_EPOCHS = 6


def sparse_run(density, *, seed=0, epochs=SPARSE_EPOCHS, regrowing=True, film=None, saved=None):
    """Begin a run of your sparse training; 1 is a dense network, `regrowing=False` keeps the masks as they were drawn.

    film : a dict for the masks after each epoch; saved : a file to go on from
    """
    net, rng, tests = lenet_300_100(), np.random.default_rng(seed), digits("test")
    pictures, labels = (part[:COUNT] for part in digits("train"))
    state = {**begin_sparse(first_params(net, rng), density, rng), "lr": 0.1}

    def step(state, x, label):
        return sparse_step(net, state, x, label, state["lr"])

    def between(state, epoch):
        if regrowing and density < 1:
            state = after_epoch(state, epoch, epochs)
        if film is not None:
            film[epoch + 1] = state["masks"]
        return {**state, "lr": float(0.05 * (1 + np.cos(np.pi * (epoch + 1) / epochs)))}

    def measure(state):
        net.load(state["params"])
        right = float(np.mean(net.forward(tests[0]).argmax(axis=1) == tests[1]))
        densities = {f"density/{name[:3]}": mask.mean() for name, mask in state["masks"].items()}
        return dict(accuracy=right) | densities

    if film is not None:
        film[0] = state["masks"]
    if saved:
        return Training.load(saved, step, pictures, labels, after_epoch=between, measure=measure)
    return Training(step, state, pictures, labels, seed=seed, after_epoch=between, measure=measure)


runs, film = {}, {}
with needs_answers():
    runs["sparse", 0.05] = sparse_run(0.05, film=film)

# %% look="train"
with needs_answers():
    if ("sparse", 0.05) in runs:
        show.watch_training(runs["sparse", 0.05], SPARSE_EPOCHS, curves=("loss", "accuracy", "density"))

# %% [markdown]
# And tomorrow? `run.save(...)` keeps a training, even in the middle of an epoch. Is one that was saved and loaded again
# still *the same* training? Weights, velocities, masks and the order of the digits must all come back. Here one is
# saved after 130 steps, loaded, and goes on beside the one that you watched.

# %% look="tomorrow"
with needs_answers():
    if ("sparse", 0.05) in runs and runs["sparse", 0.05].step:
        today, watched = sparse_run(0.05), runs["sparse", 0.05].numbers["loss"]
        while today.step < 130:
            today.advance()
        today.save("sparse.run")
        tomorrow = sparse_run(0.05, saved="sparse.run")
        while tomorrow.step < min(200, len(watched)):
            tomorrow.advance()
        apart = np.abs(tomorrow.numbers["loss"][: len(watched)] - watched[: tomorrow.step]).max()
        print(
            f"Saved after step {today.step}, gone on to step {tomorrow.step}: the losses differ by {apart:g} at most."
        )

# %% [markdown]
# fc3, the last and smallest layer, ends with all of its weights, fc2 with three times as many as it had, and fc1 pays
# for both. Nobody told them to: these are your importances at work. (The loss jumps after the first epoch, when nearly
# half of the weights go at once; a few dozen steps later that is made good.) And inside fc1? Each picture shows how
# many of its 300 connections each pixel has.

# %% look="film"
with needs_answers():
    if film:
        chosen = sorted({0, 1, 2, max(film) // 2, max(film)} & film.keys())  # most happens at the start
        titles = {epoch: f"after epoch {epoch}" if epoch else "drawn blindly" for epoch in chosen}
        display(show.pixel_maps({titles[e]: film[e]["fc1/weight"].sum(axis=1) for e in chosen}))

# %% [markdown]
# And as a film, with the weights and their masks one by one.

# %% look="sparse_demo"
show.demo("sparse")

# %% [markdown]
# The network has found out where digits are written. It gave up the margin, where every image is black, and moved the
# connections into the middle, and never had more of them than at the start.
#
# Is it any good? It needs two rivals: the **dense** network, and a sparse one whose masks stay **as they were drawn**,
# trained in just the same way. The second one shows what pruning and regrowing are worth.

# %% look="rivals"
called = {"dense": "dense network", "sparse": "sparse network", "fixed": "masks as drawn"}
with needs_answers():
    for way, density in (("dense", 1), ("sparse", 0.1), ("sparse", 0.02), ("fixed", 0.05), ("fixed", 0.02)):
        if (way, density) not in runs:
            runs[way, density] = sparse_run(density, regrowing=way == "sparse")
        print(f"{called[way]}, {100 * density:g} % of the weights")
        show.watch_training(runs[way, density], SPARSE_EPOCHS, curves=("accuracy",))
        if runs[way, density].epoch < SPARSE_EPOCHS:
            break  # somebody stopped it: run the cell again, and it goes on

# %% look="curve"
import json

from aics.check.folder import data_folder

PUBLISHED = {1.0: 0.9869, 0.1: 0.9867, 0.05: 0.9853, 0.02: 0.9820, 0.01: 0.9753}


def curve_of(*ways):
    """Fraction of weights -> accuracy, of the runs above that are finished."""
    done = {key: run.measured["accuracy"] for key, run in runs.items() if run.epoch >= SPARSE_EPOCHS}
    return {density: rows[-1] for (way, density), rows in done.items() if way in ways}


curves = {"published, all 60,000 digits, 100 epochs": PUBLISHED}
file = data_folder() / "sparse_momentum.json"
if file.exists():  # what benchmarks/sparse_momentum.py wrote
    rows = json.loads(file.read_text())["rows"]
    curves["this lab's functions, likewise"] = {row["kept"]: row["accuracy"] / 100 for row in rows}
here = f"your runs, {COUNT:,} digits, {SPARSE_EPOCHS} epochs"
curves |= {here: curve_of("dense", "sparse"), "your runs, masks as drawn": curve_of("dense", "fixed")}
show.accuracy_by_density({title: curve for title, curve in curves.items() if curve}, low=0.7)

# %% [markdown]
# Read it with care. With all 60,000 digits and 100 epochs the paper loses 0.02 points at 10 % of the weights and 0.16
# at 5 %. Your runs have a sixth of the digits and a few epochs, so even the dense one is lower, and 2,000 test digits
# leave half a point to chance. Over five seeds we found half a point less than dense at 10 % of the weights and one
# and a half at 5 %, and seeds differ by half a point: be content with anything within 2.5 and 3.5 points. And the masks
# as they were drawn? At 5 % they are three or four points behind yours, at 2 % ten to twenty-five. Momentum knows
# where weights are missing.
#
# One thing is *not* true: that this training was cheaper. Your layers multiplied by all the zeros, and the gradient of
# every missing weight was computed in every step. Only the result has become small. What does one gain from it?
#
# ## 18. Are zeros fast?
#
# *About 50 minutes, hard.*
#
# A layer computes `x @ weight`. Seen from the output, output $r$ adds up the inputs that it has a weight for. So
# transpose the weight (`weight.T`: a row for each output), and keep of each row only what is not 0. **CSR**,
# *compressed sparse rows*, does so with three arrays:
#
# - `data`: the values that are not 0, row by row, from left to right;
# - `indices`: the column of each of them;
# - `indptr`: where each row begins in these two, and, as one more entry, where the last one ends. Row $r$ lies from
#   `indptr[r]` to `indptr[r + 1]`; if both are the same it is empty.

# %% look="csr"
show.compressed_rows(np.array([[0, 7, 0, 0, 2], [0, 0, 0, 0, 0], [5, 0, 0, -1, 4], [0, 0, 3, 0, 0]]))

# %% [markdown]
# For the product with a vector, multiply each value by the entry of `x` at its column, then add up row by row. In
# Python, a loop over a thousand rows costs more than the zeros that it saves; writing the zeros back saves nothing.
# So compute **all products in one go**, and all the sums in one go. Look at `np.add.reduceat`, `np.bincount`,
# `np.cumsum`; each of them will do, and each has its own opinion on empty rows. (What does `reduceat` do where a row
# begins just where the next one begins? And at the very end?)
#
# It is timed on layers of 4096 x 4096 weights of which 0.2 % are left, one vector at a time. You get full points up to
# {sparse_inference.full} times the reference's time, none from {sparse_inference.zero} times on. A loop over the rows,
# and going back to the full matrix, each take some forty times as long.


# %% code="sparse_inference"
def to_csr(matrix):
    """Keep only what is not 0, row by row.

    matrix : (R, C)  ->  data, indices : (K,); indptr : (R + 1,): row r lies from indptr[r] to indptr[r + 1]
    """
    ### BEGIN SOLUTION
    rows, indices = np.nonzero(matrix)
    indptr = np.zeros(len(matrix) + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=len(matrix)), out=indptr[1:])
    return matrix[rows, indices], indices, indptr
    ### END SOLUTION
    raise NotImplementedError("lab 6, sparse_inference: return data, indices, indptr")


def csr_product(data, indices, indptr, x):
    """Multiply the matrix by a vector, without its zeros.

    x : (C,)  ->  y : (R,)
    """
    ### BEGIN SOLUTION
    products = data * x[indices]
    y = np.zeros(len(indptr) - 1, products.dtype)
    filled = indptr[1:] > indptr[:-1]
    if products.size:
        y[filled] = np.add.reduceat(products, indptr[:-1][filled])
    return y
    ### END SOLUTION
    raise NotImplementedError("lab 6, sparse_inference: return the product, (R,)")


# %% check="sparse_inference"
check("sparse_inference")

# %% [markdown]
# At 95 % zeros a twentieth of the multiplications is left. *So is it twenty times as fast? Guess where sparse and dense
# meet.* SciPy does what you do, in a compiled loop. All are timed on one core, one vector at a time.

# %% look="race"
import scipy.sparse

DENSE = "dense: all weights, zeros too"


def dense_or_sparse(size, densities=(0.01, 0.02, 0.05, 0.1, 0.2, 0.4), times=15):
    """Times of your product, of SciPy's and of the dense one, in turn and on one core, for each fraction of weights."""
    rng, rounds = np.random.default_rng(0), []
    x, full = (rng.normal(size=shape).astype(np.float32) for shape in (size, (size, size)))
    for density in densities:
        matrix = np.where(rng.random((size, size)) < density, full, 0)
        packed, compiled = to_csr(matrix), scipy.sparse.csr_matrix(matrix)
        ways = {"yours": lambda packed=packed: csr_product(*packed, x), DENSE: lambda: full @ x}
        rounds.append(show.timed(ways | {"SciPy, compiled": lambda compiled=compiled: compiled @ x}, times))
    return densities, rounds


with needs_answers():
    for size in (1024, 256):
        display(show.density_race(*dense_or_sparse(size), DENSE, title=f"{size} x {size} weights, one vector."))

# %% [markdown]
# There are two lessons. **Zeros are not free to skip.** A dense product runs through memory in a straight line and
# multiplies eight or sixteen numbers at a time; a sparse one looks up an address for each number. So 5 % of the work
# takes far more than 5 % of the time, and from some 10 % of the weights on (with SciPy: 25 %) nothing is gained any
# more. **Size decides, too.** The large matrix (4 MB) does not fit into a core's own cache, and the dense product waits
# for memory; the small one (256 kB) does, and there your product never wins: calling NumPy a few times already takes as
# long. SciPy's wins only up to one or two per cent. This is why accelerators ask for zeros in *patterns*, such as two in
# every four: a pattern needs no addresses.
#
# ## 19. Both: half the bits of a twentieth
#
# *About 75 minutes, moderate.*
#
# What is left of a layer is a short list of numbers. Keep it as part 1 does: what the layer computes with in half
# precision, a master copy in float32, and of both **only what is active**:
#
# | part | what | bytes each |
# |---|---|---|
# | `places` | where in the weight array, in flat order, int32 | 4 |
# | `master` | the value, float32: small steps add up here | 4 |
# | `half` | the master, rounded to float16: this goes into the layer | 2 |
#
# - `compact` makes this dict of a weight and its mask.
# - `spread` puts the float16 values back into an array for the layer, with zeros elsewhere.
# - `compact_step` gets the gradient of *all* weights in half precision and `scale` times too large (part 1 says why).
#   If any entry of it is inf or nan, nothing changes. Otherwise, **first** make it float32, **then** divide by the
#   scale; add it to the velocity, $v \leftarrow \text{momentum} \cdot v + g$, of all weights, as ever; step the masters by
#   $-\text{lr} \cdot v$; round them to float16 anew.


# %% code="mixed_and_sparse"
def compact(weight, mask):
    """Keep of a sparse layer what mixed precision needs.

    weight : float32; mask : bool, its shape
    ->  {"places": (K,) int32, "master": (K,) float32, "half": (K,) float16}, in flat order
    """
    assert weight.shape == mask.shape, f"{weight.shape}, {mask.shape}"
    ### BEGIN SOLUTION
    master = weight[mask].astype(np.float32)
    return {"places": np.flatnonzero(mask).astype(np.int32), "master": master, "half": master.astype(np.float16)}
    ### END SOLUTION
    raise NotImplementedError("lab 6, mixed_and_sparse: return places, master and half, in a dict")


def spread(packed, shape):
    """Put the half-precision weights into an array of this shape, zeros elsewhere.

    ->  float16
    """
    ### BEGIN SOLUTION
    weight = np.zeros(shape, np.float16)
    weight.flat[packed["places"]] = packed["half"]
    return weight
    ### END SOLUTION
    raise NotImplementedError("lab 6, mixed_and_sparse: return the weight, float16")


def compact_step(packed, velocity, gradient, lr, scale, momentum=0.9):
    """Take one step with a gradient in half precision that is `scale` times too large.

    packed : from compact; velocity : float32, of all weights; gradient : float16, of all weights
    ->  packed, velocity : the new ones; as they were if the gradient has overflowed
    """
    assert velocity.shape == gradient.shape, f"{velocity.shape}, {gradient.shape}"
    ### BEGIN SOLUTION
    if not np.isfinite(gradient).all():
        return packed, velocity
    velocity = momentum * velocity + gradient.astype(np.float32) / scale
    master = packed["master"] - lr * velocity.flat[packed["places"]]
    return {**packed, "master": master, "half": master.astype(np.float16)}, velocity
    ### END SOLUTION
    raise NotImplementedError("lab 6, mixed_and_sparse: return packed and velocity")


# %% check="mixed_and_sparse"
check("mixed_and_sparse")

# %% [markdown]
# What does it come to? The bars count the bytes of the arrays, for all three weight arrays of your trained 5 % network.
# *Predict two of them first: dense float32 while training (weights, velocities, gradients), and the sparse one at
# rest: `half` and `places`.*

# %% look="bytes"
with needs_answers():
    if ("sparse", 0.05) in runs:
        state, kinds = runs["sparse", 0.05].state, ("weights", "places", "master copies", "velocities", "gradients")
        packed = [compact(state["params"][name], mask) for name, mask in state["masks"].items()]
        size = {key: sum(part[key].nbytes for part in packed) for key in ("half", "places", "master")}
        dense = 4 * sum(mask.size for mask in state["masks"].values())
        rows = {
            "dense, float32, training": (dense, 0, 0, dense, dense),
            "sparse and mixed, training": (size["half"], size["places"], size["master"], dense, dense // 2),
            "dense, float32, at rest": (dense, 0, 0, 0, 0),
            "sparse and mixed, at rest": (size["half"], size["places"], 0, 0, 0),
        }
        display(show.memory_bars({title: dict(zip(kinds, row, strict=True)) for title, row in rows.items()}))
        print(f"At rest, {dense / (size['half'] + size['places']):.0f} times smaller.")

# %% [markdown]
# At rest, little is left. While training, the velocity of *all* weights is there in full: the books that say where
# weights are missing cost more than the network. (What could one do? Ask for the largest gradients only now and then,
# when weights are to grow. U. Evci and his colleagues did so in 2020, and called it RigL.)
#
# Finally, does it train? This is the run from above, with float16 weights, a scale of 1024 on the loss (and on its
# weight decay), and masters of what is active. *By how much may the two differ before you call it a loss?*


# %% look="both"
def mixed_sparse_run(density, *, scale=1024.0, decay=5e-4, seed=0, epochs=SPARSE_EPOCHS):
    """Your sparse training, in half precision with masters of what is active."""
    net, rng, tests = lenet_300_100(), np.random.default_rng(seed), digits("test")
    pictures, labels = (part[:COUNT] for part in digits("train"))
    begun = begin_sparse(first_params(net, rng), density, rng)
    shapes = {name: mask.shape for name, mask in begun["masks"].items()}

    def loaded(state):
        halves = {name: spread(part, shapes[name]) for name, part in state["packed"].items()}
        params = {**state["biases"], **{name: half.astype(np.float32) for name, half in halves.items()}}
        net.load(params)
        return params

    def packed(state):
        params, masks = state["params"], state["masks"]
        parts = {name: compact(params[name], mask) for name, mask in masks.items()}
        biases = {name: array for name, array in params.items() if name not in masks}
        return {"packed": parts, "biases": biases, "velocity": state["velocity"], "masks": masks}

    def step(state, x, label):
        params = loaded(state)
        loss_layer, velocity = SoftmaxLossLayer(), dict(state["velocity"])
        loss_layer.forward(net.forward(x))
        loss = loss_layer.get_loss(label)
        with np.errstate(all="ignore"):
            gradients = net.backward(scale * loss_layer.backward())
            decayed = {name: array + scale * decay * params[name] for name, array in gradients.items()}
            gradients = {name: to_half(array) for name, array in decayed.items()}
        parts, biases = {}, {}
        for name, part in state["packed"].items():
            parts[name], velocity[name] = compact_step(part, velocity[name], gradients[name], state["lr"], scale)
        for name, bias in state["biases"].items():
            gradient, everywhere = gradients[name].astype(np.float32) / scale, np.ones(bias.shape, bool)
            biases[name], velocity[name] = masked_step(bias, velocity[name], gradient, everywhere, state["lr"])
        return {**state, "packed": parts, "biases": biases, "velocity": velocity}, dict(loss=loss)

    def between(state, epoch):
        params = dict(state["biases"])
        for name, part in state["packed"].items():
            params[name] = np.zeros(shapes[name], np.float32)
            params[name].flat[part["places"]] = part["master"]
        grown = after_epoch({**state, "params": params}, epoch, epochs)
        return {**packed(grown), "lr": float(0.05 * (1 + np.cos(np.pi * (epoch + 1) / epochs)))}

    def measure(state):
        loaded(state)
        return dict(accuracy=float(np.mean(net.forward(tests[0]).argmax(axis=1) == tests[1])))

    state = {**packed(begun), "lr": 0.1}
    return Training(step, state, pictures, labels, seed=seed, after_epoch=between, measure=measure)


with needs_answers():
    runs["mixed", 0.05] = mixed_sparse_run(0.05)
    print(runs["mixed", 0.05])

# %% look="both_run"
if ("mixed", 0.05) in runs:
    with needs_answers():
        show.watch_training(runs["mixed", 0.05], SPARSE_EPOCHS, curves=("loss", "accuracy"))
    for title, way in {"sparse, float32": "sparse", "sparse, mixed": "mixed"}.items():
        run = runs[way, 0.05]
        if run.epoch:
            print(f"{title}: {run.measured['accuracy'][-1]:.2%} right after {run.epoch} epochs")

# %% [markdown]
# Is the difference a loss? One run of each proves little. With twelve seeds we found 94.3 % for the one and 94.2 % for
# the other on average, and single pairs up to 1.4 points apart, now in favour of the one and now of the other. Half of
# the bits of a twentieth of the weights is enough.
#
# ### Think about it, in writing
#
# **How does the idea behind mixed precision carry over to sparse training?**
#
# Both throw away much of something, bits or weights, and both work only because something else is *kept*. A full
# answer, of some 100 to 200 words, says what each of the two keeps in full, and which loss it makes good; what goes
# wrong without it (name the experiment of this lab that shows it); and one difference: something that is cheap in one
# of them and expensive in the other.

# %% [markdown] written="sparse_how"
# **What is kept.** Mixed precision computes with coarse numbers and keeps a float32 master of each weight: a step that
# is smaller than the last digit of float16 is not lost: it adds up in the master until the copy changes. Sparse
# training computes with few weights and keeps the velocity of all of them: the pull on a weight that is not there is
# not lost, it adds up until the weight is let in. Both are running sums of what the cheap network cannot show.
#
# **Without it.** Without masters a weight of 1 never becomes 1.0001, and training stops early (part 1's lost updates).
# With a masked velocity nothing says where weights are missing: what grows, grows anywhere, and we are back at masks
# as they were drawn, which lost points at 5 % and most of them at 2 %.
#
# **Both measure before they act.** Mixed precision looks for overflow and moves the scale; sparse training looks at
# sizes and importances and moves the weights. The state adapts, nobody has to know it at the start.
#
# **A difference.** A master costs 4 bytes for each weight that there is, little where few are active. The velocity
# costs 4 bytes for each weight that there could be, and the gradients of all of them have to be computed. So mixed
# precision makes training itself cheaper, and sparse momentum as written here only its result.
#
# === BEGIN MARK SCHEME ===
#
# 5 points; award each part on its own, wording is free.
#
# - 2: names what is kept in full: a float32 master of each weight (1), the velocity or gradient of inactive weights
#   too (1).
# - 2: says what is lost without it, with an experiment or picture of this lab: updates below the last digit of a half
#   (1); places where weights are missing, such as masks as drawn at 2 %, or a masked velocity (1).
# - 1: a sound difference with its reason: memory or time of training, hardware that gains from halves but not from
#   scattered zeros, rounding that is spread over all weights and pruning that hits some.
#
# Only "both save memory": 1 point at most.
#
# === END MARK SCHEME ===

# %% [markdown]
# ## 20. Take it with you
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
# This cell writes your functions to `stu_upload/mixed_precision.py` and `stu_upload/sparse_momentum.py`.

# %% look="export"
from aics.notebook.export import export

with needs_answers():
    files = export("lab6_mixed_sparse", globals())
