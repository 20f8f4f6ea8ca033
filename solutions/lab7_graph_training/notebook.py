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

# %% [markdown]
# ## 10. Dropout

# %% [markdown]
# ## 11. A network that reads digits

# %% [markdown]
# ## 12. What outlives the power cut

# %% [markdown]
# ## 13. A window to watch it by
#
# *About 100 minutes, moderate.*
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
        if finite.size:
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
