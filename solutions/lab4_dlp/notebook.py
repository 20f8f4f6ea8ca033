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
# # Lab 4: one network, another machine
#
# The original course had a card in every server: a deep learning processor (DLP) that does nothing but run
# networks. You have no such card, and that is this lab's subject. A network should not care what it runs on. Your
# VGG19 of lab 3 does care: its layers *are* NumPy. To move it to another chip you would have to write it again, and
# once more for the next chip.
#
# Frameworks such as TensorFlow found a way out, and every chip maker has to know it: **say what is to be
# computed, and leave open who computes it.** The *what* is a graph of operators. The *who* is a kernel for each
# operator, one for each kind of machine. Between the two stand three small pieces of code. You write them today, and
# then VGG19 moves from one machine to another by changing one word.

# %% [markdown]
# **How to work.** As before: fill a stub, run it, run the `check(...)` below it. The questions do not depend on
# one another. An answer may use NumPy, Python's standard library, `aics.graph`, and whatever else a question names.
#
# The lab has three parts: **plan, kernels, session** (sections 1 to 4); **the other machine**, which computes
# with 8 bits (5 to 12); **the swap** (13 to 15).
#
# **Your layers and your network.** The layers of lab 2 and the VGG19 of lab 3 are the float32 side, to which everything
# here is compared. What you have finished and exported there is used; for the rest there are finished ones. The next
# cell says which are in use. Your answers are graded with finished ones.

# %% given="setup"
import tempfile
import time
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import scipy.io
from PIL import Image
from threadpoolctl import threadpool_limits

from aics import add_to_class, data, open_lab, start_from
from aics.graph import REQUIRED, Graph, GraphError, OpDef, Operators, shapes
from aics.kernels import available, dlp
from aics.kernels.onnxruntime import make_session
from aics.lab4_dlp import pictures as show
from aics.notebook.needs_answers import needs_answers
from aics.pycnml import Machine, QuantParam, QuantTool, stand_in

start_from("layers", "network")  # your own of earlier labs, or finished ones
from stu_upload.layers_1 import FullyConnectedLayer, ReLULayer, SoftmaxLossLayer
from stu_upload.layers_2 import ConvolutionalLayer, FlattenLayer, MaxPoolingLayer
from stu_upload.vgg_cpu import VGG19 as FloatVGG19

check = open_lab("lab4_dlp")
pycnml, which = stand_in()  # from now on `import pycnml` finds the card's, or the emulator

# %% look="machines_picture"
show.machines()

# %% [markdown]
# ## 1. A plan instead of a program
#
# *About 10 minutes, easy.*
#
# A graph is a plan: **nodes** compute, and **tensors** run from one to the next. The cell below makes one.
# It computes nothing, and still the graph knows much already: every tensor's shape, and where each node will
# run. The `None` in a shape is the batch, whose size nobody knows before the graph runs.


# %% look="plan_picture"
def plan():
    """A convolution's graph in miniature, its three operators defined by hand."""
    operators = Operators()
    for name, inputs, shape_function, attributes in [
        ("Conv", ("x", "weight", "bias"), shapes.conv, {"stride": 1, "pad": 0}),
        ("Relu", ("x",), shapes.same, {}),
        ("MaxPool", ("x",), shapes.max_pool, {"kernel_size": REQUIRED, "stride": REQUIRED}),
    ]:
        definition = OpDef(
            name=name, inputs=inputs, outputs=("y",), attributes=attributes, shape_function=shape_function
        )
        operators.add(definition)
    graph = Graph(operators)
    x = graph.placeholder("picture", (None, 3, 64, 64))
    with graph.name_scope("conv1"), graph.device("dlp:0"):
        weight = graph.variable("weight", np.zeros((3, 3, 3, 16), np.float32))
        bias = graph.variable("bias", np.zeros(16, np.float32))
        x = graph.apply("Conv", x, weight, bias, name="conv", pad=1)
        x = graph.apply("Relu", x, name="relu")
    graph.apply("MaxPool", x, name="pool", kernel_size=2, stride=2)
    return graph


graph = plan()
display(show.graph(graph))
print(graph)

# %% [markdown]
# It holds three kinds of nodes. A **placeholder** is fed at each run, here with images. A **variable** holds
# values from run to run, here weights. Everything else is an **operator** at work.
#
# A mistake in a plan shows while it is drawn up, not after an hour of computing:

# %% look="plan_mistakes"
weight, bias, pooled = (graph.nodes[name].outputs[0] for name in ("conv1/weight", "conv1/bias", "pool"))
for mistake in (
    lambda: graph.apply("Conv", pooled, weight, bias, name="conv2"),
    lambda: graph.apply("MaxPool", pooled, name="pool2", kernel_size=2, strides=2),
    lambda: graph.apply("MaxPool", pooled, name="pool2", kernel_size=40, stride=1),
    lambda: graph.apply("Relu", np.zeros(3), name="relu2"),
    lambda: graph.apply("Dropout", pooled),
):
    try:
        mistake()
    except GraphError as error:
        print(error)

# %% [markdown]
# ## 2. Define an operator once
#
# *About 95 minutes, hard.*
#
# `OpDef` holds what every machine agrees on: the operator's name, the names of its inputs and outputs, attributes with
# their defaults, and a function that computes shapes. TensorFlow's own definitions, in C++, read like a sentence:
#
# ```
# REGISTER_OP("MaxPool").Input("input: T").Output("output: T").Attr("ksize: list(int) >= 4") ... .SetShapeFn(...)
# ```
#
# You build the same in Python: an `OpBuilder` collects the pieces, each of its methods returns **the builder
# itself** so that the next call can follow at once, and `finalize` makes the `OpDef`.
#
# ```python
# OpBuilder("MaxPool").input("x").output("y").attr("kernel_size").attr("stride", 1).set_shape_fn(...).finalize()
# ```
#
# The rules:
#
# - Inputs, outputs and attributes stay in the order in which they were added.
# - An attribute without a default has to be given by whoever uses the operator: its default is `REQUIRED`. But 0
#   and None are defaults like any other.
# - No name may occur twice among the inputs and attributes, nor twice among the outputs. (An output may have the name
#   of an input.) Otherwise raise a `GraphError` with the name in its message.
# - `finalize` raises a `GraphError` if there is no shape function or no output; its message names the operator.
# - A definition is final. If the builder goes on, the `OpDef` that it made before does not change: no list or dict of
#   the builder may be in it. `OpDef` takes tuples of names, and a dict of attributes.


# %% given="op_builder_class"
class OpBuilder:
    """Describes an operator piece by piece; every method but finalize returns the builder."""

    def __init__(self, name):
        self.name = name
        self.inputs = []
        self.outputs = []
        self.attributes = {}  # name -> default
        self.shape_function = None


# %% code="op_builder"
@add_to_class(OpBuilder)
def input(self, name):
    """Add an input; returns the builder."""
    ### BEGIN SOLUTION
    if name in self.inputs or name in self.attributes:
        raise GraphError(f"{self.name}: the name {name} stands twice.")
    self.inputs.append(name)
    return self
    ### END SOLUTION
    raise NotImplementedError("lab 4, op_builder: add the input, return the builder")


@add_to_class(OpBuilder)
def output(self, name):
    """Add an output; returns the builder."""
    ### BEGIN SOLUTION
    if name in self.outputs:
        raise GraphError(f"{self.name}: the output {name} stands twice.")
    self.outputs.append(name)
    return self
    ### END SOLUTION
    raise NotImplementedError("lab 4, op_builder: add the output, return the builder")


@add_to_class(OpBuilder)
def attr(self, name, default=REQUIRED):
    """Add an attribute; returns the builder."""
    ### BEGIN SOLUTION
    if name in self.inputs or name in self.attributes:
        raise GraphError(f"{self.name}: the name {name} stands twice.")
    self.attributes[name] = default
    return self
    ### END SOLUTION
    raise NotImplementedError("lab 4, op_builder: add the attribute, return the builder")


@add_to_class(OpBuilder)
def set_shape_fn(self, function):
    """Set the shape function; returns the builder."""
    ### BEGIN SOLUTION
    self.shape_function = function
    return self
    ### END SOLUTION
    raise NotImplementedError("lab 4, op_builder: keep the function, return the builder")


@add_to_class(OpBuilder)
def finalize(self):
    """Make the OpDef(name=..., inputs=..., attributes=..., outputs=..., shape_function=...)."""
    ### BEGIN SOLUTION
    if self.shape_function is None:
        raise GraphError(f"{self.name} has no shape function.")
    if not self.outputs:
        raise GraphError(f"{self.name} has no output.")
    return OpDef(
        name=self.name,
        inputs=tuple(self.inputs),
        attributes=dict(self.attributes),
        outputs=tuple(self.outputs),
        shape_function=self.shape_function,
    )
    ### END SOLUTION
    raise NotImplementedError("lab 4, op_builder: return the OpDef")


# %% check="op_builder"
check("op_builder")

# %% [markdown]
# With it, everything that VGG19 needs fits on one screen. Two attributes of `Conv` and `FullyConnected` will puzzle
# you: the DLP computes with 8 bits and has to be told how; every other machine ignores them.


# %% given="vgg_operators"
def vgg_operators():
    """The six operators of VGG19."""
    conv = OpBuilder("Conv").input("x").input("weight").input("bias").output("y").set_shape_fn(shapes.conv)
    conv.attr("stride", 1).attr("pad", 0).attr("input_quant", None).attr("weight_quant", None)
    connected = OpBuilder("FullyConnected").input("x").input("weight").input("bias").output("y")
    connected.set_shape_fn(shapes.fully_connected).attr("input_quant", None).attr("weight_quant", None)
    pool = OpBuilder("MaxPool").input("x").output("y").attr("kernel_size").attr("stride")
    pool.set_shape_fn(shapes.max_pool)
    relu = OpBuilder("Relu").input("x").output("y").set_shape_fn(shapes.same)
    flatten = OpBuilder("Flatten").input("x").output("y").set_shape_fn(shapes.flatten)
    softmax = OpBuilder("Softmax").input("x").output("y").set_shape_fn(shapes.same)
    operators = Operators()
    for builder in (conv, connected, relu, pool, flatten, softmax):
        operators.add(builder.finalize())
    return operators


# %% look="operators_table"
with needs_answers():
    for definition in vgg_operators():
        attributes = ", ".join(f"{name} = {default!r}" for name, default in definition.attributes.items())
        print(f"{definition.name}({', '.join(definition.inputs)})  ->  {', '.join(definition.outputs)}   {attributes}")

# %% [markdown]
# ### Think about it, in writing
#
# **How does TensorFlow 1.x come to know an operator?** Follow `REGISTER_OP("Conv2D")...` from the line in the C++
# source to the Python function `tf.nn.conv2d`. In some 120 to 200 words: *when* does the line run, since nobody
# calls it? What does each call in the chain leave behind, and why can they be chained? Where does the finished
# definition go, and what happens if the name is taken? What is *not* in it, and how is that registered? And what
# does somebody who brings a new chip have to add, and what can they leave alone?

# %% [markdown] written="tf_registration"
# `REGISTER_OP` is a macro that defines a static object. Its constructor runs when the library is loaded, before any
# graph is built, so that nobody has to call it. It holds an `OpDefBuilder`. `Input`, `Output`, `Attr` and
# `SetShapeFn` each note a piece of the specification and return a reference to the builder: hence the chain.
# `Finalize` parses the notes (`"input: T"`, `"strides: list(int)"`, a type, a default) into an `OpDef` protocol
# buffer, kept together with the shape function. The global `OpRegistry` takes it in by its name; a name that is
# taken is an error. From the `OpDef`s in the registry a generator writes the Python wrappers, such as
# `gen_nn_ops.conv2d`, which `tf.nn.conv2d` calls; such a wrapper adds a node to the graph, nothing else.
#
# No code that computes is in the definition. Kernels are registered apart, by `REGISTER_KERNEL_BUILDER(
# Name("Conv2D").Device(DEVICE_CPU).TypeConstraint<float>("T"), Conv2DOp<...>)`: a second registry, from operator,
# device type and constraints to a function that makes the kernel.
#
# Who brings a chip adds a device type and kernels for the operators that exist. Definitions, shape functions,
# Python wrappers and users' networks stay as they are.
#
# === BEGIN MARK SCHEME ===
#
# 5 points; award each on its own, wording is free.
#
# - 1: the macro makes a static object, whose constructor runs when the library is loaded.
# - 1: each call adds to the builder (inputs, outputs, attributes, shape function) and returns it; finalize makes the OpDef.
# - 1: the definition goes into a global registry by name, a name twice is an error; Python wrappers come from it.
# - 1: kernels are not in it; they are registered apart, by operator, device and type constraint.
# - 1: a new chip needs a device and kernels; definitions, wrappers and networks stay.
#
# === END MARK SCHEME ===

# %% [markdown]
# ## 3. A kernel for each machine
#
# *About 40 minutes, moderate.*
#
# A **kernel** computes one node on one kind of machine. In this lab it is a class with two methods. `__init__(node)`
# runs once for each node: it reads the attributes and prepares what stays the same. `compute(...)` runs each
# time: it takes an array for each input and returns an array. These are the kernels of the machine `numpy`. You know
# what is inside: the layers of lab 2. (If the first cell says that you start from finished layers, ONNX Runtime is
# inside them. Then the machine `numpy` agrees with `onnxruntime` to the last digit; with your own layers it will not.)


# %% given="numpy_kernels"
class NumpyConv:
    """The convolution of lab 2."""

    def __init__(self, node):
        channel_in, kernel_size, _, channel_out = node.inputs[1].shape
        pad, stride = node.attributes["pad"], node.attributes["stride"]
        self.layer = ConvolutionalLayer(kernel_size, channel_in, channel_out, pad, stride, type=1)

    def compute(self, x, weight, bias):
        """x : (N, Cin, H, W), weight : (Cin, K, K, Cout), bias : (Cout,)  ->  (N, Cout, Ho, Wo)"""
        self.layer.load_param(weight, bias)
        return self.layer.forward(x)


class NumpyFullyConnected:
    """The fully connected layer of lab 2."""

    def __init__(self, node):
        self.layer = FullyConnectedLayer(*node.inputs[1].shape)

    def compute(self, x, weight, bias):
        """x : (N, in), weight : (in, out), bias : (1, out)  ->  (N, out)"""
        self.layer.load_param(weight, bias)
        return self.layer.forward(x)


def numpy_kernel(make_layer):
    """A kernel class around a layer without weights; make_layer(node) returns the layer."""

    class NumpyKernel:
        def __init__(self, node):
            self.layer = make_layer(node)

        def compute(self, x):
            return self.layer.forward(x)

    return NumpyKernel


NUMPY = {
    "Conv": NumpyConv,
    "FullyConnected": NumpyFullyConnected,
    "Relu": numpy_kernel(lambda node: ReLULayer()),
    "MaxPool": numpy_kernel(lambda node: MaxPoolingLayer(**node.attributes, type=1)),
    "Flatten": numpy_kernel(lambda node: FlattenLayer(node.inputs[0].shape[1:], node.outputs[0].shape[1:])),
    "Softmax": numpy_kernel(lambda node: SoftmaxLossLayer()),
}

# %% [markdown]
# Kernels for other machines come with the lab (`aics.kernels`). What is missing is the place where they are all
# written down, and found again: a **registry**, by operator and *type* of device. A device such as `dlp:0` has a type
# and a number: it is the first of maybe several DLPs. They all run the same kernels.
#
# `register` is a **decorator**. `@kernels.register("Relu", "dlp")` stands above a class, gets that class, and what
# it returns takes the class's place:
#
# ```
# @kernels.register("Relu", "dlp")        #  is short for  Relu = kernels.register("Relu", "dlp")(Relu)
# class Relu: ...
# ```
#
# `find` returns the kernel class for a node: `node.op.name` is its operator, `node.device` its device. Get two more
# things right:
#
# - Registering the same operator and device type twice is somebody's mistake: raise a `GraphError` that names both.
# - If there is no kernel, raise a `GraphError` that helps. It names the operator, the device of the node, and **every
#   device type that does have a kernel for this operator**. Whoever reads it at two in the morning wants to know what
#   there is. Running silently on another device instead helps nobody.


# %% given="kernel_registry_class"
class KernelRegistry:
    """Kernel classes by operator and device type."""

    def __init__(self):
        self.kernels = {}  # (operator, device type) -> kernel class


# %% code="kernel_dispatch"
@add_to_class(KernelRegistry)
def register(self, operator, device_type):
    """A decorator that registers a kernel class and leaves it as it is.

    operator : such as "Conv"; device_type : such as "dlp"
    """
    ### BEGIN SOLUTION
    if (operator, device_type) in self.kernels:
        raise GraphError(f"There is a kernel for {operator} on {device_type} already.")

    def note(kernel):
        self.kernels[operator, device_type] = kernel
        return kernel

    return note
    ### END SOLUTION
    raise NotImplementedError("lab 4, kernel_dispatch: return a decorator")


@add_to_class(KernelRegistry)
def find(self, node):
    """The kernel class for node.op.name on the type of node.device."""
    ### BEGIN SOLUTION
    operator, device_type = node.op.name, node.device.partition(":")[0]
    if (operator, device_type) not in self.kernels:
        places = sorted(place for name, place in self.kernels if name == operator)
        there_are = f"There are kernels for {', '.join(places)}." if places else "There is none for any other device."
        raise GraphError(f"{node.name}: no kernel for {operator} on {node.device}. {there_are}")
    return self.kernels[operator, device_type]
    ### END SOLUTION
    raise NotImplementedError("lab 4, kernel_dispatch: return the kernel class")


# %% check="kernel_dispatch"
check("kernel_dispatch")


# %% given="all_kernels"
def all_kernels():
    """A registry with every kernel that this computer has."""
    kernels = KernelRegistry()
    for device_type, classes in ({"numpy": NUMPY} | available()).items():
        for operator, kernel in classes.items():
            kernels.register(operator, device_type)(kernel)
    return kernels


# %% [markdown]
# This is your registry, filled. One hole is left, and a question further down closes it. (PyTorch is not part of
# the lab: where it is installed, two more columns appear.)

# %% look="kernels_picture"
with needs_answers():
    display(show.kernel_table(all_kernels().kernels))

# %% [markdown]
# ## 4. Run it
#
# *About 95 minutes, hard.*
#
# A **session** runs a graph. It is told what to *fetch* and what is *fed*:
#
# ```
# probabilities, pooled = session.run([softmax, pool5], {picture: x})
# ```
#
# `fetches` is a list of tensors, `feeds` a dict from tensor to array; `run` returns a list of arrays, one for each
# fetch. Everything else follows from four rules.
#
# 1. **Only what is needed runs.** Fetching `pool5` runs nothing behind it, and asks for no placeholder that only feeds
#    something else.
# 2. **Each node runs once** in a run, however many tensors need it. The next run starts anew: variables and feeds may
#    have changed.
# 3. **What is fed is fed.** A fed tensor is not computed, whatever node it belongs to: that is how you look at a
#    layer on its own. If a node has two outputs and one is fed, the other may still be wanted.
# 4. **What cannot run is refused** with a `GraphError`: a placeholder that is needed and not fed, by its name;
#    and nodes that wait for one another in a circle, with the name of at least one of them. (A circle that a feed
#    cuts open, or that nobody needs, is none of your business.)
#
# *Which nodes of this graph run to fetch the marked one? Which placeholder has to be fed?*

# %% look="needed_picture"
show.needed()

# %% [markdown]
# From a tensor you get to its node, `tensor.node`, and from there to `node.inputs` and `node.outputs`, tuples of
# tensors. `node.is_placeholder`, `node.is_variable` and a variable's `node.value` tell the rest. One node is computed
# by `self.launch(node, arrays)`, which is given: it finds the kernel, makes it once, and returns a **tuple** of
# arrays, one for each output.


# %% given="session_class"
class Session:
    """Runs a graph; keeps a kernel for every node that has run."""

    def __init__(self, graph, kernels):
        self.graph = graph
        self.kernels = kernels
        self.ready = {}  # node -> its kernel

    def launch(self, node, arrays):
        """Compute one node from the values of its inputs; returns a tuple, one array for each output."""
        if node not in self.ready:
            self.ready[node] = self.kernels.find(node)(node)
        outputs = self.ready[node].compute(*arrays)
        return outputs if isinstance(outputs, tuple) else (outputs,)


# %% code="session_run"
@add_to_class(Session)
def run(self, fetches, feeds):
    """Compute some tensors of the graph.

    fetches : list of tensors, feeds : dict, tensor -> array  ->  list of arrays, one for each fetch
    """
    ### BEGIN SOLUTION
    values = dict(feeds)
    waiting = []  # nodes that were begun; each waits for the one behind it

    def value_of(tensor):
        if tensor not in values:
            # A fed output of the same node stays as it was fed.
            for output, value in zip(tensor.node.outputs, outputs_of(tensor.node), strict=True):
                values.setdefault(output, value)
        return values[tensor]

    def outputs_of(node):
        if node.is_placeholder:
            raise GraphError(f"The placeholder {node.name} is needed and was not fed.")
        if node.is_variable:
            return (node.value,)
        if node in waiting:
            circle = [*waiting[waiting.index(node) :], node]
            raise GraphError(f"These nodes wait for one another: {' <- '.join(n.name for n in circle)}.")
        waiting.append(node)
        arrays = [value_of(source) for source in node.inputs]
        waiting.pop()
        return self.launch(node, arrays)

    return [value_of(tensor) for tensor in fetches]
    ### END SOLUTION
    raise NotImplementedError("lab 4, session_run: return a list of arrays, one for each fetch")


# %% check="session_run"
check("session_run")

# %% [markdown]
# Now the plan of section 1 can run. Its convolution and ReLU are on the DLP, its pooling is at home; only the ReLU is
# fetched. Weights and photo are real: the convolution is `conv1_1` of `mini`, the small VGG19 of lab 3.


# %% given="mini_network"
class Float32(FloatVGG19):
    """VGG19 of lab 3 with its weights in place: float32, on your processor. In this lab it is the reference."""

    def __init__(self, param_path):
        super().__init__(param_path)
        self.build_model()
        self.load_model()
        learning = {name: layer for name, layer in self.layers.items() if name.startswith(("conv", "fc"))}
        self.weights = {name: layer.save_param() for name, layer in learning.items()}  # in the course's layouts

    def prepare(self, pictures):
        """Pictures, (N, 3, H, W) bytes, as the network wants them: (N, 3, S, S), minus the mean colour."""
        inputs = []
        for picture in pictures:
            file = BytesIO()
            Image.fromarray(picture.transpose(1, 2, 0)).save(file, "png")
            self.load_image(file)
            inputs.append(self.input_image)
        return np.concatenate(inputs)

    def inputs(self, x):
        """Run the network: name -> input of that layer; "prob" is the output."""
        seen = {}
        with threadpool_limits(1):  # for matrices as small as these, a second core is in the way
            for name, layer in self.layers.items():
                seen[name] = x
                x = layer.forward(x)
        return seen | {"prob": x}


# %% look="mini_picture"
mini = Float32(data.weights("mini"))
mini.load_image(data.photo("cat"))
cat = mini.input_image
display(show.network_input(data.photo("cat"), cat, mini.image_mean))

# %% [markdown]
# What runs is shaded, and says how long it took.


# %% look="session_picture"
class Clocked(Session):
    """A session that notes how long each node takes: the shortest of five times."""

    def launch(self, node, arrays):
        seconds = []
        for _ in range(5):
            start = time.perf_counter()
            outputs = super().launch(node, arrays)
            seconds.append(time.perf_counter() - start)
        vars(self).setdefault("seconds", {})[node] = min(seconds)
        return outputs


def run_plan():
    """Run the plan of section 1 on the photo of the cat."""
    graph = Graph(vgg_operators())
    picture = graph.placeholder("picture", (None, *cat.shape[1:]))
    weight, bias = mini.weights["conv1_1"]
    tool = QuantTool()
    grids = {"input_quant": tool.getQuantParam(cat, "x"), "weight_quant": tool.getQuantParam(weight, "weight")}
    with graph.name_scope("conv1"), graph.device("dlp:0"):
        inputs = (picture, graph.variable("weight", weight), graph.variable("bias", bias))
        x = graph.apply("Relu", graph.apply("Conv", *inputs, name="conv", pad=1, **grids), name="relu")
    graph.apply("MaxPool", x, name="pool", kernel_size=2, stride=2)
    session = Clocked(graph, all_kernels())
    (maps,) = session.run([x], {picture: cat})
    photo = np.asarray(Image.open(data.photo("cat")).convert("RGB"))
    display(show.graph(graph, session.seconds), show.stages(photo, {"conv1/relu": maps[0]}))


with needs_answers():
    run_plan()

# %% [markdown]
# ### Think about it, in writing
#
# **From `sess.run(y)` to a multiplication: how does TensorFlow 1.x launch a convolution's kernel, and who chooses
# it?** You wrote the core of an answer. In some 120 to 200 words, follow `tf.nn.conv2d`: what happens when the graph
# is *built*; what happens in `run` *before* anything is computed (which nodes, which device, which kernel, and how it
# is looked up); when a kernel object is made, and when its `Compute` is called; and what choice is left *inside* the
# convolution's kernel, on a CPU and on a GPU. Name one point at which a DLP would step in.

# %% [markdown] written="conv_dispatch"
# *Building*: `tf.nn.conv2d` only adds a node `Conv2D` to the graph, with its attributes (strides, padding, type), and
# the shape function tells the output's shape. Nothing is computed.
#
# *Before computing*: `run` prunes the graph to what the fetches need, given the feeds. The placer gives each node a
# device: the one that was asked for, if a kernel is registered there (soft placement may fall back on the CPU).
# The graph is cut into a part for each device, with send and receive nodes between. For each part an executor is
# made, which makes a kernel object for each node: it is looked up in the kernel registry by operator, device type
# and constraints such as `T = float`; of several the one with the highest priority wins. The constructor reads the
# attributes once; sessions keep the kernel for later runs.
#
# *Computing*: once all inputs of a node are there, the executor calls `Compute` through its device. `Conv2DOp`
# checks shapes, allocates the output and calls its launcher for the device. On a CPU that is Eigen (or a matrix
# product, for 1 x 1 windows). On a GPU cuDNN offers several algorithms; they are timed the first time a set of
# sizes is met, and the fastest is remembered.
#
# *A DLP* steps in as a device type with kernels of its own: its `Compute` calls the card's library.
#
# === BEGIN MARK SCHEME ===
#
# 5 points; award each on its own, wording is free.
#
# - 1: building adds a node with attributes and infers shapes; nothing is computed.
# - 1: run prunes to what is needed, places nodes on devices, and cuts the graph between them.
# - 1: the kernel is looked up by operator, device type and type constraint.
# - 1: the kernel object is made once a node (attributes read there) and kept; Compute is called when all inputs are there, at each run.
# - 1: inside, a choice by sizes: 1 x 1 as a matrix product, cuDNN's algorithms timed and remembered, Eigen on the CPU; or, as well, where a DLP steps in: its device type and kernels.
#
# === END MARK SCHEME ===

# %% [markdown]
# ---
# # The other machine
#
# Now for the DLP itself. It owes its speed to a bold simplification: **it multiplies 8-bit integers**, not 32-bit
# floats. So before a network runs on it, millions of carefully trained weights are forced onto a grid of 256 values.
# One would expect a catastrophe. In this part you force them yourself, and measure what is lost.
#
# The course's card is programmed through `pycnml`. The labs come with an **emulator**: it has the same names, the same
# order of arguments, and value by value the arithmetic that is known of the card. It computes in NumPy. What it cannot
# tell is how fast the card would be; for this there is a *model* of an accelerator in section 11, and the text always
# says which of the two is speaking.
#
# ## 5. Why eight bits?
#
# *About 10 minutes, easy.*
#
# A chip pays for arithmetic in area and energy. In a 45 nm process an 8-bit multiplication takes about 0.2 pJ, a
# 32-bit floating-point one 3.7 pJ (M. Horowitz, ISSCC 2014): you get eighteen for the energy of one. And every
# value that is fetched from memory comes in a quarter of the bytes.
#
# The price is precision. The left picture shows a curve and what a grid makes of it. *Before you look at the right one:
# each further bit doubles the number of levels. By how much does the error shrink with each? And how large would you
# guess it is, with 8 bits, compared with the curve?*

# %% look="grid_picture"
show.bit_grid(bits=3)

# %% [markdown]
# The error halves with each bit, just as the width of a step does. So the question is only how many bits a *network*
# needs to still tell a cat from a dog. Nobody can derive this; section 12 lets you measure it.
#
# ## 6. Position and scale
#
# *About 25 minutes, easy.*
#
# The card maps a range of values to its grid with two numbers:
#
# $$q = \operatorname{round}\!\left(x \cdot \frac{\text{scale}}{2^{\text{position}}}\right) \qquad\qquad
# x \approx q \cdot \frac{2^{\text{position}}}{\text{scale}}$$
#
# **position** is an integer: a shift, which costs a chip next to nothing. It alone would fit a range only to within a
# factor of two; **scale**, from 1 to 2, stretches it to the end of the grid, so that the largest magnitude becomes
# exactly 127:
#
# $$\text{position} = \left\lceil \log_2 \frac{\max|x|}{127} \right\rceil \qquad\qquad
# \text{scale} = \frac{127 \cdot 2^{\text{position}}}{\max|x|}$$
#
# The picture shows both steps, with 4 bits so that there is something to see:

# %% look="lines_picture"
show.number_lines(151.061, bits=4)

# %% [markdown]
# For pictures that reach to 255: $255/127 = 2.008$, just above 2, so position 2 and scale $508/255 = 1.9922$.
#
# Three things to mind:
#
# - With `bits` other than 8, the end of the grid is no longer 127 but $2^{\text{bits}-1} - 1$.
# - position must lie between -32 and 32; beyond that it is clipped. (scale is computed *after* that, and may then
#   leave the range from 1 to 2.)
# - Values that are all 0 have no range. The card then takes position 0, scale 1.


# %% code="quant_param"
def quant_param(x, bits=8):
    """Fit the grid to some values: the largest magnitude becomes the grid's end, 2 ** (bits - 1) - 1.

    x : an array of any shape  ->  position : int, from -32 to 32, scale : float
    """
    x = np.asarray(x, dtype=np.float64)
    assert x.size, "no numbers to fit a grid to"
    ### BEGIN SOLUTION
    largest = float(np.abs(x).max())
    if largest == 0:
        return 0, 1.0
    end = 2 ** (bits - 1) - 1
    position = int(np.clip(np.ceil(np.log2(largest / end)), -32, 32))
    return position, end * 2.0**position / largest
    ### END SOLUTION
    raise NotImplementedError("lab 4, quant_param: return the pair (position, scale)")


# %% check="quant_param"
check("quant_param")

# %% [markdown]
# The card's own tool for this is `QuantTool`. It remembers the largest magnitude that it has seen *under each
# name*, so that you can show it image after image. Does it agree with you?

# %% look="tool"
with needs_answers():
    tool = pycnml.QuantTool()
    for seen in ([255.0, -3.0], [0.5], [151.061], [0.0]):
        yours, cards = quant_param(seen), tool.getQuantParam(seen, f"numbers such as {seen[0]}")
        print(f"{seen!s:14} yours: {yours[0]:3d}, {yours[1]:.4f}   on the card: {cards.position:3d}, {cards.scale:.4f}")

# %% [markdown]
# ## 7. Onto the grid
#
# *About 20 minutes, easy.*
#
# Now for the values themselves. Round to the **nearest** integer; where two are equally near, to the **even** one
# (2.5 becomes 2, 3.5 becomes 4: always rounding up would push every sum a little upwards). What lies beyond the
# grid is clipped to its end: the grid of 8 bits goes from -128 to 127. Store each result in one byte: `int8`. Leave
# `x` as it is: the same values may be put onto several grids.

# %% look="staircase_picture"
show.staircase(bits=3)

# %% [markdown]
# *What happens to 200 if you turn it into `int8` without clipping? Try `np.array([200.0]).astype(np.int8)`.*


# %% code="quantize"
def quantize(x, position, scale, bits=8):
    """Put values onto the grid.

    x : an array of any shape  ->  q : an int8 array of the same shape, from -2 ** (bits - 1) to 2 ** (bits - 1) - 1
    """
    assert 2 <= bits <= 8, bits
    ### BEGIN SOLUTION
    end = 2 ** (bits - 1)
    q = np.rint(x * (scale / 2.0**position))
    return np.clip(q, -end, end - 1).astype(np.int8)
    ### END SOLUTION
    raise NotImplementedError("lab 4, quantize: return an int8 array of x's shape")


# %% check="quantize"
check("quantize")


# %% [markdown]
# How far do the values of each layer of `mini` reach? Mind the scale on the left: if all inputs had one grid in common,
# it would have steps of 1.1, and most of what the later layers get would become 0. So every input, and every weight,
# gets a grid of its own. (The ranges of the inputs come from fifty training images.)


# %% given="ranges"
@cache
def reaches(count=50):
    """How far the input and the weight of each of `mini`'s 19 layers reach, over some training pictures."""
    seen = mini.inputs(mini.prepare(data.cifar10("train")[0][:: 2000 // count]))
    inputs = {name: np.abs(seen[name]).max() for name in mini.weights}
    return inputs, {name: np.abs(weight).max() for name, (weight, _) in mini.weights.items()}


# %% look="ranges_picture"
show.ranges(*reaches())

# %% [markdown]
# Look at one feature map of a horse's head, before and after the grid, first with 8 bits, then with 3.


# %% look="map_picture"
def look_at_a_map(layer="conv2_1", bits=(8, 3)):
    """Quantise a layer's input for one picture, and show its liveliest feature map."""
    maps = mini.inputs(mini.prepare(data.cifar10("test")[0][711:712]))[layer][0]
    for b in bits:
        position, scale = quant_param(maps, b)
        whole = quantize(maps, position, scale, b)
        best = maps.std(axis=(1, 2)).argmax()
        display(show.quantized_map(maps[best], whole[best], 2.0**position / scale, b))


with needs_answers():
    look_at_a_map()

# %% [markdown]
# ## 8. A convolution in integers
#
# *About 35 minutes, moderate.*
#
# Put both on a grid, the input ($x \approx q_x \cdot s_x$ with steps of $s_x = 2^{p_x} / \text{scale}_x$) and the
# weight. Then the sum of products is a sum of *integer* products, and one single multiplication at the end
# says what it is worth:
#
# $$\sum x\,w \;\approx\; s_x\,s_w \sum q_x\,q_w \qquad\qquad
# s_x s_w = \frac{2^{p_x + p_w}}{\text{scale}_x \cdot \text{scale}_w}$$

# %% look="widths_picture"
show.widths(4608)

# %% [markdown]
# The sum is exact: no rounding happens between the grid and the end. But it does not fit into 8 bits: the product of
# two 8-bit integers has up to 16, and the longest sums in VGG19's convolutions have 4,608 products. The card adds
# up in wide registers, and so must you: the product of two `int8` arrays in NumPy is an `int8` array, and NumPy says
# nothing when it overflows.
#
# Afterwards the card goes on in **FP16**, floats of 16 bits: the bias is rounded to FP16, added to the scaled sum,
# and the result is rounded to FP16. Return it as float32, as the card does.
#
# The layouts are the card's: weight `[Cout, Cin, K, K]`. Any stride and padding can occur; the padding is zeros (which
# $q$ stands for 0?).


# %% code="int8_conv"
def int8_conv(x, weight, bias, stride, pad, input_quant, weight_quant):
    """Convolve as the card does: integers inside, FP16 at the end.

    x : (N, Cin, H, W) int8, weight : (Cout, Cin, K, K) int8, bias : (Cout,) float
    input_quant, weight_quant : what x and weight stand for; each has .position and .scale
    ->  output : (N, Cout, Ho, Wo), FP16 values held in a float32 array
    """
    N, _, H, W = x.shape
    Cout, _, K, _ = weight.shape
    Ho, Wo = (H + 2 * pad - K) // stride + 1, (W + 2 * pad - K) // stride + 1
    ### BEGIN SOLUTION
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad))).astype(np.int32)
    total = np.zeros((N, Cout, Ho, Wo), dtype=np.int32)
    for i in range(K):
        for j in range(K):
            shifted = padded[:, :, i : i + Ho * stride : stride, j : j + Wo * stride : stride][:, :, :Ho, :Wo]
            total += np.einsum("nchw,oc->nohw", shifted, weight[:, :, i, j].astype(np.int32))
    worth = 2.0 ** (input_quant.position + weight_quant.position) / (input_quant.scale * weight_quant.scale)
    output = total * worth + bias.astype(np.float16).astype(np.float64)[:, None, None]
    return output.astype(np.float16).astype(np.float32)
    ### END SOLUTION
    raise NotImplementedError("lab 4, int8_conv: return FP16 values in a float32 array, [N, Cout, Ho, Wo]")


# %% check="int8_conv"
check("int8_conv")


# %% [markdown]
# Now try a real layer, with trained weights: conv3_1 of `mini` on twenty pictures, beside float32 and
# beside the card. (On its way to the card, every entry of an input is rounded to FP16 first.)


# %% look="conv_compared"
def compare_a_layer(name="conv3_1", count=20):
    """One convolution of `mini` in float32, by your int8_conv, and on the card."""
    seen = mini.inputs(mini.prepare(data.cifar10("test")[0][:count]))
    x, right = seen[name].astype(np.float16).astype(np.float32), seen[name.replace("conv", "relu")]
    weight, bias = mini.weights[name][0].transpose(3, 0, 1, 2), mini.weights[name][1].ravel()
    grids = [pycnml.QuantParam(*quant_param(numbers)) for numbers in (x, weight)]
    whole = [quantize(n, g.position, g.scale) for n, g in zip((x, weight), grids, strict=True)]
    yours = int8_conv(*whole, bias, 1, 1, *grids)
    card = pycnml.CnmlNet(16)
    card.setInputShape(*x.shape)
    card.createConvLayer(name, len(weight), 3, 1, 1, 1, grids[0])
    card.loadParams(0, weight.flatten().astype(float), bias.astype(float), grids[1])
    card.setInputData(x.flatten().astype(float))
    card.forward()
    cards = np.array(card.getOutputData()).reshape(right.shape)
    print(f"you and the card agree in {np.mean(yours == cards):.2%} of {cards.size:,} values")
    display(show.agreement(right, yours, title=f"{name}: each value in float32 and in 8 bits"))


with needs_answers():
    compare_a_layer()

# %% [markdown]
# ## 9. VGG19 on the card
#
# *About 105 minutes, hard.*
#
# A network on the card is a `CnmlNet`. It is told its layers one after another, then it is given the parameters of
# those that have any, then an input; `forward` runs it, `getOutputData` returns its output. Every array travels flat.
#
# | call | note |
# |---|---|
# | `net.setInputShape(n, c, h, w)` | before any layer |
# | `net.createConvLayer(name, out_channel, kernel_size, stride, dilation, pad, quant_param)` | **dilation before pad**; quant_param is the *input's* |
# | `net.createReLuLayer(name)` | |
# | `net.createPoolingLayer(name, kernel_size, stride)` | max, no padding |
# | `net.createFlattenLayer(name, output_shape)` | four sizes, such as `[1, 25088, 1, 1]`; goes to N, H, W, C order first |
# | `net.createMlpLayer(name, output_num, quant_param)` | fully connected |
# | `net.createSoftmaxLayer(name, axis)` | the classes lie along axis 1 |
# | `net.loadParams(layer_id, filter_data, bias_data, quant_param)` | layer_id counts **every** layer, from 0; quant_param is the *weight's* |
# | `net.size()`, `net.getLayerName(i)`, `net.needToBeQuantized(i)` | to look around |
#
# The grids come from a file, as in the course: `input` and `filter`, 38 numbers each, **interleaved**: position, scale,
# position, scale, ... for the 19 layers with weights, in order. Positions are stored as floats like the rest, but a
# `QuantParam(position, scale)` takes an integer position.
#
# The class is given up to that point. It reads from the weight file what differs between VGG19s, so that the same
# code builds `mini` and the official network:
#
# | attribute | meaning | official | mini |
# |---|---|---|---|
# | `self.image_size` | height and width of the input | 224 | 64 |
# | `self.kernel_size` | side of every convolution's kernel (odd); the padding keeps height and width as they are | 3 | 3 |
# | `self.channels` | channels of the convolutions of blocks 1 to 5 | 64, 128, 256, 512, 512 | 16, 32, 64, 128, 128 |
# | `self.hidden` | outputs of fc6 and fc7 | 4096, 4096 | 128, 128 |
# | `self.class_names` | a name for each output of fc8 | 1000 names | 10 names |


# %% given="vgg19"
class VGG19:
    """VGG19 on the card: self.net is the network there, self.param_layer_name its 44 names in order."""

    param_layer_name = (
        *("conv1_1", "relu1_1", "conv1_2", "relu1_2", "pool1"),
        *("conv2_1", "relu2_1", "conv2_2", "relu2_2", "pool2"),
        *("conv3_1", "relu3_1", "conv3_2", "relu3_2", "conv3_3", "relu3_3", "conv3_4", "relu3_4", "pool3"),
        *("conv4_1", "relu4_1", "conv4_2", "relu4_2", "conv4_3", "relu4_3", "conv4_4", "relu4_4", "pool4"),
        *("conv5_1", "relu5_1", "conv5_2", "relu5_2", "conv5_3", "relu5_3", "conv5_4", "relu5_4", "pool5"),
        *("flatten", "fc6", "relu6", "fc7", "relu7", "fc8", "softmax"),
    )

    def __init__(self):
        self.net = pycnml.CnmlNet(16)  # sixteen cores
        self.input_quant_params, self.filter_quant_params = [], []

    def read_sizes(self, param_path):
        """Open the weight file, and take from it what differs between VGG19s."""
        self.param_path, self.params = param_path, scipy.io.loadmat(param_path)
        shapes = [self.entry(index)[0].shape for index in (0, 5, 10, 19, 28, 37, 39)]
        self.kernel_size = shapes[0][0]
        self.channels, self.hidden = tuple(s[3] for s in shapes[:5]), tuple(s[3] for s in shapes[5:])
        self.image_size = self.params["normalization"][0][0][0].shape[0]
        self.class_names = tuple(
            str(np.ravel(cell)[0]) for cell in np.ravel(self.params["classes"][0][0]["description"])
        )

    def entry(self, index):
        """Weight [H, W, Cin, Cout] and bias (1, Cout) of one of the file's 43 entries."""
        weight, bias = self.params["layers"][0][index][0][0][0][0]
        return weight, bias

    def load_image(self, image_dir):
        """Read a photo and hand it to the card: RGB, bilinear, minus the mean colour, [1, 3, S, S], flat."""
        self.image = image_dir
        with Image.open(self.image) as photo:
            small = photo.convert("RGB").resize((self.image_size,) * 2, Image.Resampling.BILINEAR)
        centred = np.asarray(small, np.float64) - self.image_mean
        self.net.setInputData(centred.transpose(2, 0, 1).flatten())

    def forward(self):
        """Run the network on the card."""
        self.net.forward()

    def evaluate(self, file_list):
        """Fraction of photos whose label comes first, and whose label is among the first five.

        file_list : a text file, a line for each photo: its path and the index of its class
        """
        lines = [line.split() for line in Path(file_list).read_text().splitlines() if line.strip()]
        said = []
        for path, label in lines:
            self.load_image(path)
            said.append(self.get_top5(int(label)))
        return tuple(np.mean(said, axis=0).tolist())


# %% [markdown]
# Fill `self.input_quant_params` and `self.filter_quant_params`, 19 `pycnml.QuantParam` each, and tell `self.net`
# its input shape (one image, three colours) and its 44 layers.


# %% code="build_vgg19"
@add_to_class(VGG19)
def build_model(self, param_path, quant_param_path):
    """Read both files' sizes and grids, and create the 44 layers on self.net, with the names of param_layer_name.

    May use: pycnml.
    """
    self.read_sizes(param_path)
    with np.load(quant_param_path) as file:
        input_pairs, filter_pairs = file["input"], file["filter"]  # 38 numbers each
    positions = self.image_size // 32  # height and width after five poolings
    # This one returns nothing: delete the last line once the network stands.
    ### BEGIN SOLUTION
    self.input_quant_params, self.filter_quant_params = (
        [pycnml.QuantParam(int(pairs[i]), float(pairs[i + 1])) for i in range(0, len(pairs), 2)]
        for pairs in (input_pairs, filter_pairs)
    )
    grids = iter(self.input_quant_params)
    pad = self.kernel_size // 2
    self.net.setInputShape(1, 3, self.image_size, self.image_size)
    for block, (count, channels) in enumerate(zip((2, 2, 4, 4, 4), self.channels, strict=True), 1):
        for i in range(1, count + 1):
            self.net.createConvLayer(f"conv{block}_{i}", channels, self.kernel_size, 1, 1, pad, next(grids))
            self.net.createReLuLayer(f"relu{block}_{i}")
        self.net.createPoolingLayer(f"pool{block}", 2, 2)
    self.net.createFlattenLayer("flatten", [1, self.channels[4] * positions * positions, 1, 1])
    self.net.createMlpLayer("fc6", self.hidden[0], next(grids))
    self.net.createReLuLayer("relu6")
    self.net.createMlpLayer("fc7", self.hidden[1], next(grids))
    self.net.createReLuLayer("relu7")
    self.net.createMlpLayer("fc8", len(self.class_names), next(grids))
    self.net.createSoftmaxLayer("softmax", 1)
    return
    ### END SOLUTION
    raise NotImplementedError("lab 4, build_vgg19: fill both lists of QuantParam, and create 44 layers on self.net")


# %% check="build_vgg19"
check("build_vgg19")

# %% [markdown]
# ### The numbers
#
# You have read this file in lab 3: weights as `[H, W, Cin, Cout]`, fully connected ones too (fc6 is
# `[h, w, Cin, Cout]`), biases as `(1, Cout)`, and 43 entries for 44 layers, for the file knows no `flatten`. The card
# wants something else, and checks only how many entries it gets:
#
# - a convolution's weight in `[Cout, Cin, H, W]` order;
# - a fully connected weight in `[Cout, Cin]` order, where `Cin` counts in the order that `flatten` leaves;
# - both and the bias **flat**, as Python floats: a flat float64 array will do, a float32 one will not;
# - each with the grid of its *weight*, one after another from `self.filter_quant_params`;
# - `layer_id` is the layer's index among *all* layers, ReLUs and poolings included.
#
# And set `self.image_mean`, the mean colour of `self.params["normalization"][0][0][0]`, as in lab 3.


# %% code="load_params"
@add_to_class(VGG19)
def load_model(self):
    """Hand weight, bias and grid of 19 layers to the card; set self.image_mean, (3,).

    May use: pycnml, scipy.io.
    """
    mean_picture = self.params["normalization"][0][0][0]  # (H, W, 3)
    # This one returns nothing: delete the last line once the card has its numbers.
    ### BEGIN SOLUTION
    self.image_mean = mean_picture.mean(axis=(0, 1))
    grids = iter(self.filter_quant_params)
    for number in range(self.net.size()):
        name = self.net.getLayerName(number)
        if "conv" in name:
            weight, bias = self.entry(number)
            weight = weight.transpose(3, 2, 0, 1)
        elif "fc" in name:
            weight, bias = self.entry(number - 1)  # the file has no flatten
            weight = weight.reshape(-1, weight.shape[3]).T
        else:
            continue
        numbers = (part.flatten().astype(np.float64) for part in (weight, bias))
        self.net.loadParams(number, *numbers, next(grids))
    return
    ### END SOLUTION
    raise NotImplementedError("lab 4, load_params: call self.net.loadParams for 19 layers, set self.image_mean")


# %% check="load_params"
check("load_params")

# %% [markdown]
# ### Calibration
#
# Which grids fit? The weights are known, but what will the *inputs* of a layer be? To find out, run some typical images
# in float32 and note how far the inputs reach, as `reaches` did above. This given cell fits grids to that with your
# `quant_param`, and writes the file. The images are **training** images: those that will judge the network must
# not have a say.


# %% given="calibration"
def calibrate(folder, bits=8):
    """Find the grids of `mini`; returns the path of a file with `input` and `filter`, 38 numbers each."""
    path = Path(folder) / "mini_quant_param.npz"
    grids = [[quant_param(reach, bits) for reach in some.values()] for some in reaches()]
    np.savez(path, input=np.ravel(grids[0]), filter=np.ravel(grids[1]))
    return str(path)


def on_the_card(bits=8):
    """Your VGG19 with the weights of `mini`, built and loaded."""
    vgg = VGG19()
    with tempfile.TemporaryDirectory() as folder:
        vgg.build_model(str(data.weights("mini")), calibrate(folder, bits))
    vgg.load_model()
    return vgg


# %% [markdown]
# ### What is in the picture?
#
# `get_top5(label)` runs the network and says two things about the loaded photo: is `label` the most
# probable class (`top1`), and is it among the five most probable (`top5`)? Both are `True` or `False`.
#
# `self.net.getOutputData()` is a tuple of floats, one for each class. Mind what FP16 does to small probabilities:
# many of them become *equal*. So look up the index of a value (`result.index(value)`) only if you are content
# with the first of several equal ones.


# %% code="top5"
@add_to_class(VGG19)
def get_top5(self, label):
    """Run the network on the loaded photo.

    label : the index of the right class  ->  (top1, top5) : is it the most probable, is it among the first five?
    May use: pycnml.
    """
    ### BEGIN SOLUTION
    self.forward()
    prob = np.array(self.net.getOutputData())
    best = np.argsort(-prob, kind="stable")[:5]
    return bool(best[0] == label), bool(label in best)
    ### END SOLUTION
    raise NotImplementedError("lab 4, top5: return the pair (top1, top5)")


# %% check="top5"
check("top5")


# %% look="cat_on_the_card"
def name_the_cat():
    """Name the photo of the cat on the card, beside float32."""
    vgg = on_the_card()
    vgg.load_image(data.photo("cat"))
    print("top-1, top-5:", vgg.get_top5(vgg.class_names.index("cat")))
    mini.load_image(data.photo("cat"))
    prob = mini.inputs(mini.input_image)["prob"][0]
    answers = {"float32": prob, "8 bits, on the card": np.array(vgg.net.getOutputData())}
    display(show.same_bars(answers, vgg.class_names))


with needs_answers():
    name_the_cat()

# %% [markdown]
# ## 10. What is lost?
#
# *About 5 minutes, easy.*
#
# One cat is an anecdote. Now run three hundred pictures that neither training nor calibration has seen, in float32 and
# in 8 bits. *Write down your guess first: how many of the 300 will be answered differently?*


# %% given="accuracy"
def answers_of(vgg, inputs):
    """The class that the card names for each of some prepared pictures."""
    advance, said = show.progress(len(inputs)), []
    with threadpool_limits(1):
        for x in inputs:
            vgg.net.setInputData(x.flatten().astype(np.float64))
            vgg.forward()
            said.append(int(np.argmax(vgg.net.getOutputData())))
            advance(1)
    return np.array(said)


def some_pictures(count):
    """Test pictures of every class, prepared, and their labels."""
    pictures, labels = data.cifar10("test")
    chosen = np.linspace(0, len(pictures) - 1, count).astype(int)
    return pictures[chosen], mini.prepare(pictures[chosen]), labels[chosen]


# %% look="accuracy"
def compare_accuracy(count=300):
    """Accuracy of `mini` in float32 and on the card, and the pictures on which they disagree."""
    pictures, inputs, labels = some_pictures(count)
    floats = np.concatenate([mini.inputs(x)["prob"].argmax(axis=1) for x in np.array_split(inputs, 10)])
    vgg = on_the_card()
    card = answers_of(vgg, inputs)
    print(f"float32: {np.mean(floats == labels):.1%} of {count} are right")
    print(f"8 bits:  {np.mean(card == labels):.1%} of {count} are right, {np.sum(card != floats)} answers differ")
    other = np.flatnonzero(card != floats)[:10]
    titles = [f"32: {vgg.class_names[floats[i]]}\n8: {vgg.class_names[card[i]]}" for i in other]
    if len(other):
        display(show.gallery(pictures[other], titles))


with needs_answers():
    compare_accuracy()

# %% [markdown]
# Look at the pictures on which they disagree. Would *you* have been sure?
#
# ## 11. How fast would it be?
#
# *About 5 minutes, easy.*
#
# The emulator's time says nothing about the card: it takes longer than float32, since your processor was made for
# floats. For the card there is only a **model**: count what each layer computes and what it fetches, divide by what a
# machine could do at best, and let the slower of the two decide. This is the *roofline*: under the slanted part memory
# is the limit, under the flat part arithmetic. Most of the machine's numbers are those of a published card of this
# class; `aics.pycnml.cost_model` says which, what is assumed, and what is left out.
#
# *The machine can do 625 multiply-adds in the time in which one byte arrives. Before you run the cell: which of the
# layers will reach the flat roof?*


# %% look="roofline_picture"
def official_on_paper(machine, cores=16):
    """What your build_model would cost on a machine with the official sizes, without weights."""
    vgg = VGG19()
    vgg.net = pycnml.CnmlNet(cores)
    vgg.image_size, vgg.kernel_size, vgg.channels = 224, 3, (64, 128, 256, 512, 512)
    vgg.hidden, vgg.class_names = (4096, 4096), tuple(map(str, range(1000)))
    vgg.read_sizes = lambda path: None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.npz"
        np.savez(path, input=np.tile([0, 1.0], 19), filter=np.tile([0, 1.0], 19))
        vgg.build_model("", str(path))
    rows = vgg.net.layer_costs(machine)
    print(f"modelled, not measured: {1e3 * sum(row.seconds for row in rows):.2f} ms a picture")
    display(show.roofline(rows, machine))


with needs_answers():
    if which == "emulator":
        official_on_paper(Machine())

# %% [markdown]
# Not one does. With one image at a time and every layer on its own, this machine mostly waits. What would you change?
# Below, the same model with sliders: give the machine more bandwidth, fewer cores, less memory on the chip. Point at a
# layer to read what it waits for. *Which slider brings the first layer to the flat roof?*

# %% look="roofline_demo"
show.demo("roofline")

# %% [markdown]
# And think: how much of the traffic comes from layers that hardly compute at all, and could be done on the way out of
# the layer before?
#
# ## 12. How few bits? (optional)
#
# *About 5 minutes, easy.*
#
# Your `quant_param` takes `bits`. On a grid that ends at 7 instead of 127 the card computes as if it had four
# bits. How far down can you go before `mini` notices? Draw the curve in your mind before you run this; it may
# take half a minute.


# %% look="bits_picture"
def sweep(count=50, choices=(8, 6, 5, 4, 3, 2)):
    """Accuracy of `mini` on the card, with fewer and fewer bits."""
    _, inputs, labels = some_pictures(count)
    right = {bits: float(np.mean(answers_of(on_the_card(bits), inputs) == labels)) for bits in choices}
    floats = float(np.mean(mini.inputs(inputs)["prob"].argmax(axis=1) == labels))
    display(show.bits_accuracy(right, floats))


with needs_answers():
    sweep()

# %% [markdown]
# The same with a slider, layer by layer: what becomes of the filters, of their histogram, and of the answers? *With how
# many bits can you still see what a filter looks for? Does one grid for each channel help?*

# %% look="bits_demo"
show.demo("bits")

# %% [markdown]
# ### Weights that you will paint with
#
# In lab 5 a network paints, and these are its weights: VGG16's convolutions up to `relu4_1`, trained on a million
# photos. So that they could come with the labs, they lie in `data/vgg16.npz` in 8 bits, made by the arithmetic of
# sections 6 and 7, with one difference: where the card has one grid for a layer, each *output channel* has one here,
# since some channels reach much further than others.
#
# The cell sends every channel through your `quant_param` and `quantize`, and compares your integers with the file's.
# Then it puts the whole layer onto one grid, as the card would. *By what factor does that make the error larger?* (The
# errors of the first kind, and those of the features, can only be measured beside the weights in float32. That was
# done when the file was made, by `data/make/vgg16.py`.)

# %% look="stored_weights"
from aics.data import eight_bits


def stored_row(name, layer):
    """One layer of the file: its integers beside yours, and the error that one grid for all its channels would add."""
    weight = layer.weight  # [H, W, Cin, Cout], float32: what the integers stand for
    channels, integers = np.moveaxis(weight, 3, 0), np.moveaxis(layer.integers, 3, 0)
    same = [quantize(channel, *quant_param(channel)) == q for channel, q in zip(channels, integers, strict=True)]
    position, scale = quant_param(weight)
    moved = quantize(weight, position, scale) * 2.0**position / scale - weight
    return show.StoredRow(
        layer=name,
        weights=weight.size,
        same=float(np.mean(same)),
        own_grids=layer.weight_error,
        one_grid=float(np.linalg.norm(moved) / np.linalg.norm(weight)),
        features=layer.feature_error,
    )


with needs_answers():
    display(show.stored_layers([stored_row(name, layer) for name, layer in eight_bits.read().items()]))

# %% [markdown]
# The error of the features grows from layer to layer, but to much less than the sum of all the errors on the way: most
# roundings cancel in sums of thousands of products. Only the *weights* are in 8 bits here. Lab 5 computes with them in
# float32, since it has to go back down to the pixels, and gradients are much finer than a grid of 256 values.

# %% [markdown]
# ---
# # The swap
#
# ## 13. How far off may it be?
#
# *About 25 minutes, easy.*
#
# The DLP does not compute what NumPy computes. Its products are products of 8-bit integers; what lies between them is
# rounded away. So when you move a network there and the answers differ a little, is that the number format, or a
# mistake of yours? To tell, you need a **bound**: how far off can a layer be if everything is right?
#
# This is what happens to one output of a convolution or fully connected layer, a sum of `terms` products and a bias:
#
# 1. the input $x$ is rounded to FP16, and then to the nearest multiple of `input_step`;
# 2. the weight $w$ is rounded to the nearest multiple of `weight_step`. A fully connected layer's weight is kept as
#    FP16, so it is rounded to FP16 before (`half_weight` is true then);
# 3. products and their sum are exact integers;
# 4. the bias $b$ is rounded to FP16 and added;
# 5. the result is rounded to FP16.
#
# Rounding a value $v$ to FP16 moves it by at most $|v| \cdot 2^{-11}$: FP16 has eleven significant bits. Rounding to a
# multiple of a step moves it by at most *how much?*
#
# And how far off is a product of two values that are themselves off, by $\delta_x$ and $\delta_w$?

# %% look="product_picture"
show.product_error()

# %% [markdown]
# Write the bound down for the worst case. All you know are the largest magnitudes: $|x| \le$ `input_max`, $|w| \le$
# `weight_max`, $|b| \le$ `bias_max`. So take every value as large as it can be, every rounding as bad as it can
# be, and all of them in the same direction. Do not forget that what is rounded at the end can be a little larger than
# it should be. (Nothing lies beyond the grids' ends here, and nothing is so small or large that FP16 runs out of
# exponents.) Your bound must be within 2 % of the reference.

# %% given="half_error"
HALF = 2.0**-11  # rounding v to FP16 moves it by |v| * HALF at most


# %% code="backend_agreement"
def agreement_bound(terms, *, input_max, weight_max, bias_max, input_step, weight_step, half_weight):
    """How far a layer's output on the DLP can be from the exact one.

    terms : how many products are summed up for an output; half_weight : whether weights are rounded to FP16 first
    ->  a number, at least 0
    """
    ### BEGIN SOLUTION
    input_error = input_max * HALF + input_step / 2
    weight_error = (weight_max * HALF if half_weight else 0) + weight_step / 2
    exact = terms * input_max * weight_max
    largest = terms * (input_max + input_error) * (weight_max + weight_error)
    return (largest - exact) + bias_max * HALF + (largest + bias_max * (1 + HALF)) * HALF
    ### END SOLUTION
    raise NotImplementedError("lab 4, backend_agreement: return the bound, a number")


# %% check="backend_agreement"
check("backend_agreement")

# %% [markdown]
# A bound for the worst case is a promise, not a forecast. How far are actual layers from it? Each dot is the
# largest error that was seen in 200 random layers with that many terms. The worst case needs every rounding to push
# the same way; random roundings mostly cancel, and the error of $n$ of them grows like $\sqrt n$ instead
# of $n$. One layer is not random: there, every value lies almost halfway between two steps.


# %% look="bound_picture"
def measure_errors(layers=200):
    """Errors of random fully connected layers, and of the worst one, beside the bound."""
    rng = np.random.default_rng(4)
    grid, terms, seen, bounds = QuantParam(-6, 1.0), 4 ** np.arange(7), [], []

    def on_dlp(x, weight):
        return dlp.operators.mlp([x], [weight], [0], input_quant=grid, weight_quant=grid)[0, 0]

    for n in terms:
        x, weight = rng.uniform(-1.9, 1.9, (layers, n)), rng.uniform(-1.9, 1.9, (layers, n))
        got = [on_dlp(*pair) for pair in zip(x, weight, strict=True)]
        seen.append(np.abs(got - np.sum(x * weight, axis=1)).max())
        sizes = {"input_max": 1.9, "weight_max": 1.9, "bias_max": 0, "half_weight": True}
        bounds.append(agreement_bound(n, **sizes, input_step=grid.step, weight_step=grid.step))
    middle = np.full(256, 120.4999 * grid.step)
    worst = abs(on_dlp(middle, middle) - np.sum(middle**2))
    display(show.bounds(terms, seen, bounds, worst=(256, worst)))


with needs_answers():
    measure_errors()

# %% [markdown]
# ## 14. A kernel of your own
#
# *About 35 minutes, moderate.*
#
# The hole in the table is the convolution on `onnxruntime`: [ONNX Runtime](https://onnxruntime.ai) runs networks fast
# on ordinary computers, with code written for your processor. It takes whole models in the ONNX format. A kernel
# wraps the smallest one, a single step. `make_session` builds it; this is the finished kernel of MaxPool in short:
#
# ```python
# class MaxPool:
#     def __init__(self, node):
#         window = {"kernel_shape": [size, size], "strides": [stride, stride]}
#         self.session = make_session({"x": 4}, [("MaxPool", ["x"], "y", window)])
#
#     def compute(self, x):
#         return self.session.run(None, {"x": x})[0]
# ```
#
# `{"x": 4}` names an input and its number of axes; sizes are free. A step holds the ONNX operator, its inputs, its
# output and its attributes. For the convolution the operator is called `Conv`; it takes `x`, `weight` and `bias`, and
# these facts matter:
#
# | | here | ONNX |
# |---|---|---|
# | weight | `[Cin, K, K, Cout]` | `[Cout, Cin, K, K]` |
# | stride | `stride`, a number | `strides`, one for each axis: `[s, s]` |
# | padding | `pad`, a number | `pads`, **top, left, bottom, right**: four numbers |
#
# The grader runs one kernel many times, as a session does, with new inputs each time; then with other weights. You get
# full points up to {swap_speed.full} times the reference's time, and none from {swap_speed.zero} times on. *Where does
# the time go, if a convolution takes 0.05 ms, and making an ONNX session 0.3 ms?*


# %% given="onnx_conv_class"
class OnnxConv:
    """A convolution by ONNX Runtime."""

    def __init__(self, node):
        self.stride, self.pad = node.attributes["stride"], node.attributes["pad"]
        self.prepare()


# %% code="swap_speed"
@add_to_class(OnnxConv)
def prepare(self):
    """Prepare what all calls of compute need; runs once for each node.

    May use: make_session, onnx, onnxruntime.
    """
    ### BEGIN SOLUTION
    places = {"strides": [self.stride] * 2, "pads": [self.pad] * 4}
    step = ("Conv", ["x", "weight", "bias"], "y", places)
    self.session = make_session({"x": 4, "weight": 4, "bias": 1}, [step])
    ### END SOLUTION


@add_to_class(OnnxConv)
def compute(self, x, weight, bias):
    """Convolve.

    x : (N, Cin, H, W), weight : (Cin, K, K, Cout), bias : (Cout,)  ->  (N, Cout, Ho, Wo), all float32
    """
    ### BEGIN SOLUTION
    weight = np.ascontiguousarray(weight.transpose(3, 0, 1, 2))
    return self.session.run(None, {"x": x, "weight": weight, "bias": bias})[0]
    ### END SOLUTION
    raise NotImplementedError("lab 4, swap_speed: return the features, [N, Cout, Ho, Wo]")


# %% check="swap_speed"
check("swap_speed")

# %% [markdown]
# Now it races the matrix product of lab 2, on `conv1_2` of `mini`. (*Bolder*: ONNX Runtime needs a third less time if
# it knows the weights when the session is made, for it lays them out for the processor. But then your kernel has to
# notice when other weights come. `from aics.kernels import Prepared`, and `help(Prepared)`, show a way.)


# %% look="race_picture"
def race_kernels(times=20):
    """Time a convolution on three machines."""
    graph = Graph(vgg_operators())
    inputs = [
        graph.variable(name, value) for name, value in zip(("weight", "bias"), mini.weights["conv1_2"], strict=True)
    ]
    maps = np.random.default_rng(0).normal(size=(1, len(inputs[0].node.value), 64, 64)).astype(np.float32)
    x = graph.placeholder("x", (None, *maps.shape[1:]))
    kernels = all_kernels()
    kernels.register("Conv", "onnxruntime")(OnnxConv)
    grids = {name: QuantParam(-5, 1.0) for name in ("input_quant", "weight_quant")}
    outputs = {}
    for device in ("numpy", "dlp", "onnxruntime"):
        with graph.device(device):
            outputs[device] = graph.apply("Conv", x, *inputs, pad=1, name=device, **grids)
    session = Session(graph, kernels)
    titles = {"numpy": "numpy (lab 2)", "dlp": "dlp (emulated, not the card)", "onnxruntime": "onnxruntime (yours)"}
    ways = {titles[device]: lambda y=y: session.run([y], {x: maps}) for device, y in outputs.items()}
    display(show.race(show.timed(ways, times)))


with needs_answers():
    race_kernels()

# %% [markdown]
# ## 15. The swap
#
# *About 10 minutes, easy.*
#
# Everything is there: operators, kernels, a session. This is VGG19 as a graph. Watch the parameter `device`, and how
# often it is used.


# %% given="vgg_graph"
def vgg_graph(net, device, grids=None):
    """VGG19 as a graph on one device; returns the graph and its tensors by name, "input" first.

    grids : name of a layer -> {"input_quant": ..., "weight_quant": ...}, for the DLP
    """
    graph, tensors = Graph(vgg_operators()), {}
    x = tensors["input"] = graph.placeholder("input", (None, 3, net.image_size, net.image_size))
    with graph.device(device):
        for name in net.layers:
            kind = name.rstrip("_0123456789")
            attributes = {"conv": {"pad": 1}, "pool": {"kernel_size": 2, "stride": 2}}.get(kind, {})
            inputs = [x]
            if name in net.weights:
                with graph.name_scope(name):
                    weight, bias = net.weights[name]
                    inputs += [graph.variable("weight", weight), graph.variable("bias", bias)]
                attributes |= (grids or {}).get(name, {})
            x = tensors[name] = graph.apply(OPERATORS[kind], *inputs, name=name, **attributes)
    return graph, tensors


OPERATORS = {
    **{"conv": "Conv", "relu": "Relu", "pool": "MaxPool"},
    **{"flatten": "Flatten", "fc": "FullyConnected", "softmax": "Softmax"},
}


def complete_kernels():
    """All kernels of this computer, yours among them."""
    kernels = all_kernels()
    kernels.register("Conv", "onnxruntime")(OnnxConv)
    return kernels


# %% [markdown]
# The DLP needs its grids. A few images run through the `numpy` graph, and `QuantTool` looks at the inputs of
# each convolution and fully connected layer: the grid must reach up to the largest magnitude seen. It is a session at
# its best: *fetch* the 19 inputs, all at once.


# %% given="grids"
def find_grids(net, pictures):
    """Grids of every layer with weights, fitted to its inputs on a few pictures."""
    graph, tensors = vgg_graph(net, "numpy:0")
    tool = QuantTool()
    inputs = [graph.nodes[name].inputs[0] for name in net.weights]
    values = Session(graph, complete_kernels()).run(inputs, {tensors["input"]: pictures})
    return {
        name: {
            "input_quant": tool.getQuantParam(value, name),
            "weight_quant": tool.getQuantParam(net.weights[name][0], f"{name} weight"),
        }
        for name, value in zip(net.weights, values, strict=True)
    }


def cifar_inputs(count):
    """Inputs made of the first training pictures of CIFAR-10."""
    pictures, _ = data.cifar10("train")
    return mini.prepare(pictures[:count])


# %% [markdown]
# Now run it on each machine, on the photo of the cat, and fetch all 44 layers. **Before you look: which layers
# will differ most on the DLP, those at the front or those at the end?** And can you tell from the answer that
# anything differs?


# %% look="swap_table"
def swap(times=5):
    """Run VGG19 on every machine: five best classes, differences to numpy, times."""
    grids, kernels = find_grids(mini, cifar_inputs(64)), complete_kernels()
    devices = list(dict.fromkeys(place for _, place in kernels.kernels))
    rows, features = [], {}
    for device in devices:
        graph, tensors = vgg_graph(mini, f"{device}:0", grids)  # the one word
        session, seconds = Session(graph, kernels), np.inf
        features[device] = session.run(list(tensors.values())[1:], {tensors["input"]: cat})
        for _ in range(times):
            start = time.perf_counter()
            session.run([tensors["softmax"]], {tensors["input"]: cat})
            seconds = min(seconds, time.perf_counter() - start)
        modelled = sum(row.seconds for row in dlp.layer_costs(graph)) if device == "dlp" else None
        rows.append(show.BackendRow(device, features[device][-1][0], seconds, modelled))
    errors = {
        device: [
            np.abs(got - right).max() / np.abs(right).max()
            for got, right in zip(features[device], features["numpy"], strict=True)
        ]
        for device in devices[1:]
    }
    display(show.backends(rows, mini.class_names, {device: max(e) for device, e in errors.items()}))
    display(show.layer_errors(list(mini.layers), errors))


with needs_answers(), threadpool_limits(1):  # one core for each
    swap()

# %% [markdown]
# The time of `dlp` is the time of an *emulator*, which does in NumPy what the card does in silicon. A model says how
# long a card of that class would take: it counts multiply-adds and bytes, and divides by what the card can do at best.
# It is a model, not a measurement.
#
# And is `onnxruntime` hardly faster than NumPy? If your kernel puts the weight into ONNX's order at every call, a
# third of its time goes there; with `Prepared`, which keeps what it has made, the network took us 3 ms instead of 5.
# A session for each node, a kernel for each node, a weight in the right order: what stays the same from run to run
# should be done once.
#
# ### Each layer on its own
#
# In the chart above, the errors of all earlier layers add up. To hold a single layer against *your* bound, you have to
# give it the right input. Nothing is easier: **feed** it. Each layer of the DLP's graph gets what NumPy computed just
# before it, and its output is compared with NumPy's.


# %% look="agreement_picture"
def compare_layers():
    """The error of each layer with weights on its own, beside its bound."""
    grids, kernels = find_grids(mini, np.concatenate([cifar_inputs(64), cat])), complete_kernels()
    graph, tensors = vgg_graph(mini, "numpy:0")
    before = [graph.nodes[name].inputs[0] for name in mini.weights]
    wanted = Session(graph, kernels).run(before + [tensors[name] for name in mini.weights], {tensors["input"]: cat})
    graph, tensors = vgg_graph(mini, "dlp:0", grids)
    session = Session(graph, kernels)
    seen, bounds = {}, {}
    for name, x, right in zip(mini.weights, wanted, wanted[len(before) :], strict=False):
        weight, bias = mini.weights[name]
        (got,) = session.run([tensors[name]], {graph.nodes[name].inputs[0]: x})
        seen[name] = float(np.abs(got - right).max())
        sizes = {"input_max": np.abs(x).max(), "weight_max": np.abs(weight).max(), "bias_max": np.abs(bias).max()}
        steps = {"input_step": grids[name]["input_quant"].step, "weight_step": grids[name]["weight_quant"].step}
        terms = weight.size // weight.shape[-1]
        bounds[name] = agreement_bound(terms, **sizes, **steps, half_weight=name.startswith("fc"))
    display(show.layer_bounds(seen, bounds))


with needs_answers(), threadpool_limits(1):
    compare_layers()

# %% [markdown]
# Every bar ends below its mark, so the number format is enough to explain what differs. (The cat was among the
# pictures that made the grids this time: what lies beyond a grid's end is clipped, and the bound does not cover that.)
#
# The reverse does not hold. Let the DLP's convolution forget its bias, and only one of the sixteen rises above its
# mark; turn all kernels upside down, and four do. A bound for the worst case finds gross mistakes only. *What would
# you compute to find the others? Look at the dots of section 13 again.*

# %% [markdown]
# ## 16. Take it with you
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
# This cell writes `stu_upload/vgg19_demo.py`. It says `import pycnml`, so it runs on a card as it is; without a card,
# `python -m aics.pycnml script.py` runs a program of your own that uses it.

# %% look="export"
from aics.notebook.export import export

with needs_answers():
    files = export("lab4_dlp", globals())
