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

# %% [markdown]
# ## 2. Each node once
#
# *About 35 minutes, moderate.*
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

# %% [markdown]
# ## 4. Where to begin

# %% [markdown]
# ## 5. The gradient of each operator

# %% [markdown]
# ## 6. Backwards through the graph
#
# *About 90 minutes, hard.*
#
# In lab 2 every layer had a `backward`, and somebody called them in the right order: you. Now nobody does. Somebody
# hands you a graph that you have never seen, with branches that part and meet again, and asks for the gradient of its
# loss with respect to some of its tensors. And the answer shall not be numbers. It shall be **more graph**: nodes that
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
#
# *About 75 minutes, moderate.*
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
# | 8 | the length $n$ of the header: a whole number without sign, little-endian (lowest byte first) |
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
    except GraphError as error:
        raise GraphError(f"{path.name} cannot be read: {error}") from None
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
