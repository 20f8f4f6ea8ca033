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
# # Lab 2: layers
#
# A network that tells a tabby cat from a tiger looks mysterious until you list what it is made of. VGG19, which
# you will run in the next lab, is 44 layers of only **six kinds**: fully connected, ReLU, softmax, convolution,
# max pooling, flatten. Today you write all six in NumPy. Forward computes the output; backward computes which way to
# change each number so that the answer gets better.
#
# Then comes the second half of the job, the part that gives AI computing systems their name. Your first
# convolution will be right and hopeless: hundreds of times too slow. You will make it fast without changing a
# single result, measure by how much, and say why.
#
# **How to work.** Fill a stub (*your code here*), run it with Shift+Enter, run the `check(...)` below it. The
# card says what was expected and where yours differs. Check as often as you like. Cells that only show pictures
# never count; a picture that needs code you have not written yet says so.
#
# **What an answer may use.** NumPy and Python's standard library. To compare your answer with another package's, call
# that package in a cell of your own.
#
# **Names used throughout.**
#
# | name | meaning | shape |
# |---|---|---|
# | `input` | what a layer reads | `[N, C, H, W]`: images, channels, rows, columns; or `[N, features]` |
# | `weight`, `bias` | what a layer learns | convolution `[Cin, K, K, Cout]` and `[Cout]`; fully connected `(in, out)` and `(1, out)` |
# | `top_diff` | gradient of the loss with respect to the layer's **output** | that of the output |
# | `bottom_diff` | gradient of the loss with respect to the layer's **input** | that of the input |
# | `d_weight`, `d_bias` | gradients of what the layer learns | those of `weight` and `bias` |
#
# Classes grow over several cells: `@add_to_class(SomeLayer)` adds the function below it to the class, as if it
# had been written there.

# %% given="setup"
import time

import numpy as np

from aics import add_to_class, open_lab
from aics.lab2_layers import pictures as show
from aics.notebook.needs_answers import needs_answers

check = open_lab("lab2_layers")

# %% [markdown]
# ## 1. Fully connected: every output looks at everything
#
# *About 30 minutes, easy.*
#
# How can a row of numbers answer a question? It takes a vote. Each output listens to every input, with a weight that
# says how much that input speaks for it (or against it, if the weight is negative), and adds a bias. For row
# $n$ of the batch and output $j$:
#
# $$Y_{nj} = \sum_i X_{ni} W_{ij} + b_j$$
#
# The picture marks one row of $X$, one column of $W$, and the one entry of $Y$ that they make. Compute all of
# $Y$ at once, for the whole batch: no loop is needed.

# %% look="fully_connected_picture"
show.matrix_product()


# %% given="fully_connected_layer"
class FullyConnectedLayer:
    """Every output looks at every input: Y = X W + b.

    weight : (num_input, num_output), bias : (1, num_output)
    """

    def __init__(self, num_input, num_output):
        self.num_input = num_input
        self.num_output = num_output

    def init_param(self, std=0.01):
        """Draw the weight from a normal distribution and set the bias to zero."""
        self.weight = np.random.normal(0, std, (self.num_input, self.num_output)).astype(np.float32)
        self.bias = np.zeros((1, self.num_output), dtype=np.float32)

    def load_param(self, weight, bias):
        """Take weight (num_input, num_output) and bias (1, num_output) from elsewhere."""
        assert weight.shape == (self.num_input, self.num_output), weight.shape
        assert bias.shape == (1, self.num_output), bias.shape
        self.weight, self.bias = weight, bias

    def save_param(self):
        """Return weight and bias."""
        return self.weight, self.bias

    def update_param(self, lr):
        """Take one step down the gradient with learning rate `lr`."""
        self.weight = self.weight - lr * self.d_weight
        self.bias = self.bias - lr * self.d_bias


# %% code="fully_connected_forward"
@add_to_class(FullyConnectedLayer)
def forward(self, input):
    """Compute the output for a whole batch.

    input : (N, num_input)  ->  output : (N, num_output)
    """
    self.input = input  # backward needs it
    assert input.shape[1] == self.num_input, f"input {input.shape}, num_input {self.num_input}"
    ### BEGIN SOLUTION
    return input @ self.weight + self.bias
    ### END SOLUTION
    raise NotImplementedError("lab 2, fully_connected_forward: return the output, [N, num_output]")


# %% check="fully_connected_forward"
check("fully_connected_forward")

# %% [markdown]
# ### And backwards
#
# The loss $L$ is one number at the very end of the network. The layer after ours hands over `top_diff`, that is
# $\partial L/\partial Y$: how $L$ would change if each output moved a little. We owe three answers: how does $L$
# change with $W$, with $b$, and with $X$ (which is the `top_diff` of the layer before ours)?
#
# Of each number ask only: *which outputs did it touch, and by how much?* $W_{ij}$ touched output $j$ of every
# row $n$, by $X_{ni}$. $b_j$ touched output $j$ of every row, by 1. $X_{ni}$ touched every output $j$ of
# its own row, by $W_{ij}$. So
#
# $$\frac{\partial L}{\partial W_{ij}} = \sum_n X_{ni}\,\frac{\partial L}{\partial Y_{nj}} \qquad
# \frac{\partial L}{\partial b_j} = \sum_n \frac{\partial L}{\partial Y_{nj}} \qquad
# \frac{\partial L}{\partial X_{ni}} = \sum_j \frac{\partial L}{\partial Y_{nj}}\,W_{ij}$$
#
# Each sum is one NumPy call. Which index is summed over, and on which axis must it be for a matrix product? If you are
# stuck, write the shapes down: often only one order fits.


# %% code="fully_connected_backward"
@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    """Pass the gradient down; set self.d_weight and self.d_bias.

    top_diff : (N, num_output)  ->  bottom_diff : (N, num_input)
    d_weight : (num_input, num_output), d_bias : (1, num_output)
    """
    assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
    ### BEGIN SOLUTION
    self.d_weight = self.input.T @ top_diff
    self.d_bias = top_diff.sum(axis=0, keepdims=True)
    return top_diff @ self.weight.T
    ### END SOLUTION
    raise NotImplementedError("lab 2, fully_connected_backward: return bottom_diff, [N, num_input]")


# %% check="fully_connected_backward"
check("fully_connected_backward")

# %% [markdown]
# **A test that needs no check from us.** A gradient says how the loss changes when one number moves a little. So move
# each number up and down by a hundred-thousandth, look at how the loss changes, and compare with what `backward` says:
# that is a *gradient check*. The picture does it in double precision, with *your* forward and *your* backward, for the
# input, the weight and the bias. What is outlined in red is wrong.

# %% look="fully_connected_gradient"
with needs_answers():
    display(show.gradient_check(FullyConnectedLayer(5, 3), (4, 5)))

# %% [markdown]
# ## 2. ReLU: the cheapest useful bend
#
# *About 15 minutes, easy.*
#
# Put one fully connected layer after another and you have gained nothing: $(XW_1)W_2 = X(W_1W_2)$ is a single
# layer again. Something between them must not be a straight line. The smallest such thing is a bend at zero:
#
# $$y = \max(x, 0) \qquad \frac{\partial L}{\partial x} = \begin{cases} \dfrac{\partial L}{\partial y} & x \ge 0 \\ 0 & x < 0 \end{cases}$$
#
# At exactly $x = 0$ the bend has no slope. Any choice between 0 and 1 would do; the course takes **1**, and so do
# we. Many libraries take 0, and the check accepts that too. Careful: the slope depends on the layer's *input*, not on
# `top_diff`.

# %% look="relu_picture"
show.relu()


# %% given="relu_layer"
class ReLULayer:
    """Keep what is positive, drop the rest."""


# %% code="relu"
@add_to_class(ReLULayer)
def forward(self, input):
    """Set the negative values to zero.

    input : any shape  ->  output : the same shape
    """
    self.input = input  # backward needs it
    ### BEGIN SOLUTION
    return np.maximum(input, 0)
    ### END SOLUTION
    raise NotImplementedError("lab 2, relu: return the output of forward, the input's shape")


@add_to_class(ReLULayer)
def backward(self, top_diff):
    """Let the gradient through wherever the input was at least zero.

    top_diff : the input's shape  ->  bottom_diff : the same shape
    """
    assert top_diff.shape == self.input.shape, f"top_diff {top_diff.shape}, input {self.input.shape}"
    ### BEGIN SOLUTION
    return top_diff * (self.input >= 0)
    ### END SOLUTION
    raise NotImplementedError("lab 2, relu: return bottom_diff of backward, the input's shape")


# %% check="relu"
check("relu")

# %% look="relu_gradient"
with needs_answers():
    display(show.gradient_check(ReLULayer(), (4, 6)))

# %% [markdown]
# ## 3. Softmax: from scores to one number to improve
#
# *About 25 minutes, easy.*
#
# The last layer returns a score for each class, any number at all. To learn we need one number that says how bad
# the answer was. Two steps lead there. **Softmax** turns scores $x$ into probabilities, and the **loss** is the
# mean, over the batch, of minus the logarithm of the probability that the right class got:
#
# $$p_{nj} = \frac{e^{x_{nj}}}{\sum_k e^{x_{nk}}} \qquad L = -\frac{1}{N} \sum_n \log p_{n,\,\mathrm{label}_n}$$
#
# *What does `np.exp(np.float32(100))` return?* `inf`, and `inf / inf` is `nan`: one confident score would ruin the
# training. But adding the same number to all scores of a row changes no probability (it cancels), so you may
# first subtract the largest score of **each row**; then no exponent is above 0. Do so in an array of your own: the
# scores are the caller's, who may still need them.
#
# The gradient is a small miracle. All logarithms and quotients cancel, and what remains is *what you said minus
# what was true*, where $\mathrm{onehot}_{nj}$ is 1 for the right class and 0 elsewhere:
#
# $$\frac{\partial L}{\partial x_{nj}} = \frac{p_{nj} - \mathrm{onehot}_{nj}}{N}$$
#
# In the picture the network believed in *cat*; it was a *dog*. The gradient says: less cat, more dog.

# %% look="softmax_picture"
show.softmax()


# %% given="softmax_layer"
class SoftmaxLossLayer:
    """Turn scores into probabilities, and probabilities into one number to make small."""


# %% code="softmax_loss"
@add_to_class(SoftmaxLossLayer)
def forward(self, input):
    """Turn each row of scores into probabilities; keep them as self.prob.

    input : (N, classes)  ->  prob : (N, classes), every row sums to 1
    """
    ### BEGIN SOLUTION
    exp = np.exp(input - input.max(axis=1, keepdims=True))
    self.prob = exp / exp.sum(axis=1, keepdims=True)
    return self.prob
    ### END SOLUTION
    raise NotImplementedError("lab 2, softmax_loss: set self.prob and return it, [N, classes]")


@add_to_class(SoftmaxLossLayer)
def get_loss(self, label):
    """Mean over the batch of -log(probability of the right class).

    label : (N,) integers, the right class of each row  ->  loss : a number
    """
    self.batch_size = len(self.prob)
    self.label_onehot = np.zeros_like(self.prob)
    self.label_onehot[np.arange(self.batch_size), label] = 1
    ### BEGIN SOLUTION
    return -np.mean(np.log(self.prob[np.arange(self.batch_size), label]))
    ### END SOLUTION
    raise NotImplementedError("lab 2, softmax_loss: return the loss, a number")


@add_to_class(SoftmaxLossLayer)
def backward(self):
    """Gradient of the loss with respect to the scores (after forward and get_loss).

    ->  bottom_diff : (N, classes)
    """
    ### BEGIN SOLUTION
    return (self.prob - self.label_onehot) / self.batch_size
    ### END SOLUTION
    raise NotImplementedError("lab 2, softmax_loss: return bottom_diff, [N, classes]")


# %% check="softmax_loss"
check("softmax_loss")

# %% look="softmax_gradient"
with needs_answers():
    display(show.gradient_check(SoftmaxLossLayer(), (4, 5), label=[2, 0, 4, 1]))

# %% [markdown]
# ### Does it learn?
#
# Three kinds of layer are enough for a network. This one gets points in the plane, wound into three spiral arms
# that no straight lines can separate. Its layers are yours: two fully connected ones, a ReLU between them, softmax at
# the end. Watch the borders bend. (Then make the hidden layer smaller, from 64 to 4, in a cell of your own.)


# %% look="learn_spirals"
def learn_spirals(hidden=64, steps=400, lr=1.0):
    """Train a network of two fully connected layers on the spirals and draw what it learned."""
    np.random.seed(2)
    points, labels = show.spirals()
    first, bend = FullyConnectedLayer(2, hidden), ReLULayer()
    second, loss = FullyConnectedLayer(hidden, 3), SoftmaxLossLayer()
    first.init_param(std=1.0)
    second.init_param(std=0.3)

    def scores(x):
        return second.forward(bend.forward(first.forward(x)))

    losses = []
    for _ in range(steps):
        loss.forward(scores(points))
        losses.append(loss.get_loss(labels))
        first.backward(bend.backward(second.backward(loss.backward())))
        first.update_param(lr)
        second.update_param(lr)
    display(show.decision_map(points, labels, scores, losses))


with needs_answers():
    learn_spirals()

# %% [markdown]
# ## 4. Convolution: look locally, everywhere the same
#
# *About 90 minutes, moderate.*
#
# Connect a photo of $224\times224\times3$ values fully to 64 feature maps of its own size and you need
# $4.8 \times 10^{11}$ weights: two terabytes, for the first layer alone. Two ideas shrink this to 1728 weights.
# *Look locally*: to see an edge, a $3\times3$ window is enough. *Look everywhere in the same way*: an edge at the
# left is found with the same weights as an edge at the right.
#
# So a small filter slides over the image. At each stop, multiply the window by the filter, entry by entry,
# and add up. The sum is one entry of the output.

# %% look="sliding_picture"
show.demo("convolution", still=show.sliding())

# %% [markdown]
# ### How many stops?
#
# Before the first entry is computed, we must know how large the output will be. Three things decide, for rows
# and for columns **separately** (most images are not square): the side's `size`, the `padding` (zeros added at
# *each* end, so that the border's pixels can be the middle of a window too), and the `stride` (how far the window
# moves at each step). The window stops only where it fits completely. Count in the pictures, find the rule,
# then write it as one line of integer arithmetic.

# %% look="window_picture"
show.window(size=7, kernel_size=3, stride=2, padding=1)

# %% look="window_left_over_picture"
show.window(size=6, kernel_size=3, stride=2, padding=0)


# %% code="conv_output_size"
def conv_output_size(size, kernel_size, stride, padding):
    """How many window positions fit along one side of an image.

    size : the side's length before padding  ->  an integer
    """
    ### BEGIN SOLUTION
    return (size + 2 * padding - kernel_size) // stride + 1
    ### END SOLUTION
    raise NotImplementedError("lab 2, conv_output_size: return the number of positions, an integer")


# %% check="conv_output_size"
check("conv_output_size")

# %% [markdown]
# ### The convolution itself
#
# A colour image has three channels, so a filter has three planes too: it is a little block `[Cin, K, K]`, and
# the sum runs over the whole block. One filter makes one output channel; `Cout` filters make `Cout` of them. With
# the padded input $x$ and the stride $s$:
#
# $$y_{n,o,h,w} = b_o + \sum_{c}\sum_{i=0}^{K-1}\sum_{j=0}^{K-1} x_{n,\;c,\;hs+i,\;ws+j}\; W_{c,i,j,o}$$
#
# Write it with four loops, over $n$, $o$, $h$ and $w$. The three sums inside are one NumPy expression on a
# window. Use your `conv_output_size` for the output's height and width.


# %% given="conv_layer"
class ConvolutionalLayer:
    """Slide Cout small filters over an image.

    weight : (Cin, K, K, Cout), bias : (Cout,); type 0 runs the raw loops, type 1 the fast versions
    """

    def __init__(self, kernel_size, channel_in, channel_out, padding, stride, type=0):
        self.kernel_size = kernel_size
        self.channel_in = channel_in
        self.channel_out = channel_out
        self.padding = padding
        self.stride = stride
        self.type = type
        self.forward_time = 0.0
        self.backward_time = 0.0

    def init_param(self, std=0.01):
        """Draw the weight from a normal distribution and set the bias to zero."""
        shape = (self.channel_in, self.kernel_size, self.kernel_size, self.channel_out)
        self.weight = np.random.normal(0, std, shape).astype(np.float32)
        self.bias = np.zeros(self.channel_out, dtype=np.float32)

    def load_param(self, weight, bias):
        """Take weight (Cin, K, K, Cout) and bias (Cout,) from elsewhere."""
        K = self.kernel_size
        assert weight.shape == (self.channel_in, K, K, self.channel_out), weight.shape
        assert bias.shape == (self.channel_out,), bias.shape
        self.weight, self.bias = weight, bias

    def save_param(self):
        """Return weight and bias."""
        return self.weight, self.bias

    def get_gradient(self):
        """Return d_weight and d_bias of the last backward pass."""
        return self.d_weight, self.d_bias

    def update_param(self, lr):
        """Take one step down the gradient with learning rate `lr`."""
        self.weight = self.weight - lr * self.d_weight
        self.bias = self.bias - lr * self.d_bias

    def forward(self, input):
        """Run forward_raw or forward_speedup, whichever `type` names, and keep the time it took."""
        start = time.perf_counter()
        output = self.forward_raw(input) if self.type == 0 else self.forward_speedup(input)
        self.forward_time = time.perf_counter() - start
        return output

    def backward(self, top_diff):
        """Run backward_raw or backward_speedup, whichever `type` names, and keep the time it took."""
        start = time.perf_counter()
        bottom_diff = self.backward_raw(top_diff) if self.type == 0 else self.backward_speedup(top_diff)
        self.backward_time = time.perf_counter() - start
        return bottom_diff

    def get_forward_time(self):
        """Seconds of the last forward pass."""
        return self.forward_time

    def get_backward_time(self):
        """Seconds of the last backward pass."""
        return self.backward_time


# %% code="conv_forward"
@add_to_class(ConvolutionalLayer)
def forward_raw(self, input):
    """Convolve with four loops: image, output channel, row, column.

    input : (N, Cin, H, W)  ->  output : (N, Cout, Ho, Wo)
    """
    self.input = input  # backward needs it
    N, C, H, W = input.shape
    K, p, s = self.kernel_size, self.padding, self.stride
    assert self.channel_in == C, f"input has {C} channels, the layer takes {self.channel_in}"
    padded = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))  # (N, Cin, H + 2p, W + 2p)
    ### BEGIN SOLUTION
    Ho = (H + 2 * p - K) // s + 1
    Wo = (W + 2 * p - K) // s + 1
    output = np.zeros((N, self.channel_out, Ho, Wo), dtype=input.dtype)
    for n in range(N):
        for cout in range(self.channel_out):
            kernel = self.weight[:, :, :, cout].copy()  # its numbers lie Cout apart: gather them once
            for h in range(Ho):
                for w in range(Wo):
                    window = padded[n, :, h * s : h * s + K, w * s : w * s + K]
                    output[n, cout, h, w] = np.sum(window * kernel) + self.bias[cout]
    return output
    ### END SOLUTION
    raise NotImplementedError("lab 2, conv_forward: return the output, [N, Cout, Ho, Wo]")


# %% check="conv_forward"
check("conv_forward")

# %% [markdown]
# ### See what filters see
#
# Nobody has trained these four filters; they were made by hand, each for one kind of edge. *Before you run the
# cell:* which parts of the house will the filter *left to right* show, and where will it be negative (purple)?
# What will it make of the roof?

# %% look="edge_filters"
show.filters(show.EDGE_FILTERS)

# %% look="feature_maps"
with needs_answers():
    house = show.scene()
    layer = ConvolutionalLayer(kernel_size=3, channel_in=1, channel_out=4, padding=0, stride=1)
    weight = np.stack(list(show.EDGE_FILTERS.values()), axis=-1)[None]  # [1, 3, 3, 4]
    layer.load_param(weight, np.zeros(4, dtype=np.float32))
    display(show.feature_maps(house, layer.forward(house[None, None])[0], list(show.EDGE_FILTERS)))

# %% [markdown]
# ### Backwards through a window
#
# Ask the question of section 1 again: *which outputs did it touch, and by how much?* One output $y_{n,o,h,w}$ was
# made from one window, so each entry of `top_diff` sends its message back to exactly that window. Each pixel
# $x$ of the window touched the output by the weight that it was multiplied with, each weight of the filter by that
# pixel, and the bias by 1.
#
# A pixel that several windows saw gets several messages, and **they add up**. The picture counts them (the orange
# window and its dashed neighbour overlap where the stride is smaller than the window). So with
# $g = \partial L/\partial y_{n,o,h,w}$, at every stop of the same four loops:
#
# $$\frac{\partial L}{\partial x_{n,c,hs+i,ws+j}} \mathrel{+}= g\, W_{c,i,j,o} \qquad
# \frac{\partial L}{\partial W_{c,i,j,o}} \mathrel{+}= g\, x_{n,c,hs+i,ws+j} \qquad
# \frac{\partial L}{\partial b_o} \mathrel{+}= g$$
#
# Here $x$ is the *padded* input. The gradient of the padding belongs to no pixel: cut the border off before you
# return. (What does `a[0:-0]` return? Try your cut with padding 0.)

# %% look="coverage_picture"
show.coverage()


# %% code="conv_backward"
@add_to_class(ConvolutionalLayer)
def backward_raw(self, top_diff):
    """Pass the gradient down with four loops; set self.d_weight and self.d_bias.

    top_diff : (N, Cout, Ho, Wo)  ->  bottom_diff : (N, Cin, H, W), the shape of self.input
    d_weight : (Cin, K, K, Cout), d_bias : (Cout,)
    """
    N, Cout, Ho, Wo = top_diff.shape
    H, W = self.input.shape[2:]
    K, p, s = self.kernel_size, self.padding, self.stride
    assert (N, Cout) == (len(self.input), self.channel_out), top_diff.shape
    padded = np.pad(self.input, ((0, 0), (0, 0), (p, p), (p, p)))
    padded_diff = np.zeros_like(padded)  # the gradient of `padded`: borders included
    self.d_weight = np.zeros_like(self.weight)
    self.d_bias = np.zeros_like(self.bias)
    ### BEGIN SOLUTION
    for n in range(N):
        for cout in range(Cout):
            kernel = self.weight[:, :, :, cout].copy()  # its numbers lie Cout apart: gather them once
            d_kernel = np.zeros_like(kernel)
            for h in range(Ho):
                for w in range(Wo):
                    rows, columns = slice(h * s, h * s + K), slice(w * s, w * s + K)
                    diff = top_diff[n, cout, h, w]
                    d_kernel += diff * padded[n, :, rows, columns]
                    self.d_bias[cout] += diff
                    padded_diff[n, :, rows, columns] += diff * kernel
            self.d_weight[:, :, :, cout] += d_kernel
    return padded_diff[:, :, p : p + H, p : p + W]
    ### END SOLUTION
    raise NotImplementedError("lab 2, conv_backward: return bottom_diff, [N, Cin, H, W]")


# %% check="conv_backward"
check("conv_backward")

# %% look="conv_gradient"
with needs_answers():
    display(show.gradient_check(ConvolutionalLayer(3, 2, 3, 1, 2), (2, 2, 6, 5)))

# %% [markdown]
# ### Let it find the filter
#
# Nobody makes filters by hand any more. Here a layer starts from random weights and is shown an image of pure
# noise, and what *left to right* made of it. Your gradient must find the filter that did that. The loss is half
# the mean squared difference, so `top_diff` is the difference divided by its number of entries.


# %% look="learn_filter"
def learn_filter(steps=40, lr=0.5):
    """Find an edge filter from an image of noise and its feature map, by gradient descent."""
    noise = np.random.default_rng(0).standard_normal((1, 1, 16, 20), dtype=np.float32)
    teacher, student = (ConvolutionalLayer(3, 1, 1, 0, 1) for _ in range(2))
    truth = show.LEFT_TO_RIGHT
    teacher.load_param(truth[None, :, :, None], np.zeros(1, dtype=np.float32))
    wanted = teacher.forward(noise)
    np.random.seed(0)
    student.init_param(std=1.0)
    stages = {"at the start": student.weight[0, :, :, 0].copy()}
    for step in range(1, steps + 1):
        difference = student.forward(noise) - wanted
        student.backward(difference / difference.size)
        student.update_param(lr)
        if step in (3, steps):
            stages |= {f"after {step} steps": student.weight[0, :, :, 0].copy()}
    display(show.filters(stages | {"the one to find": truth}))


with needs_answers():
    learn_filter()

# %% [markdown]
# ## 5. The same convolution, hundreds of times faster
#
# *About 145 minutes, hard.*
#
# Count what the four loops do for one middle layer of a network: 256 channels of $24\times40$, 256 filters. That
# is $256 \cdot 24 \cdot 40 = 245{,}760$ stops. Each multiplies 2304 pairs of numbers, which a processor core can
# do in one or two microseconds. But at each stop Python also works out slices, makes array objects and calls
# functions, which takes about ten microseconds. And the weights of one filter do not lie side by side in memory (`Cout`
# comes last in `[Cin, K, K, Cout]`), so each of the 2304 is fetched from a cache line of its own: up to forty
# microseconds more. A processor that can multiply tens of billions of numbers per second spends its time waiting.
#
# The cure is not to compute less. It is to hand over the work in **one large piece** of the kind for which libraries
# have been tuned for decades: a matrix product.
#
# **img2col**: lay each window out as a column of a matrix. Side by side, the columns of all windows make a matrix
# of $C_{in}K^2$ rows, one for each position in the window. Lay each filter out as a row in the same order. Then row
# times column is exactly "multiply entry by entry and add up":
#
# $$\underbrace{Y}_{C_{out}\,\times\,H_oW_o} \;=\; \underbrace{F}_{C_{out}\,\times\,C_{in}K^2}\;\; \underbrace{\mathrm{columns}}_{C_{in}K^2\,\times\,H_oW_o} \;+\; b$$

# %% look="img2col_picture"
show.demo("img2col", still=show.img2col())

# %% [markdown]
# Now find a way to fill the columns without visiting each window: that would be the old loop again. Look along a
# **row** of the matrix on the right. Row $(0, 1)$ reads 2 3 4 6 7 8: what part of the image is that? How many
# rows are there, and how many stops? A loop over the smaller of the two numbers costs next to nothing.
#
# Mind three things: the order of the weight's axes (`[Cin, K, K, Cout]`: which `reshape` gives $F$, or its
# transpose?), that N may be larger than 1, and that the output must come back as `[N, Cout, Ho, Wo]`, not as
# something of the same size in another order.


# %% code="conv_forward_speedup"
# Put a helper here, such as img2col.
### BEGIN SOLUTION
def img2col(padded, kernel_size, stride):
    """Lay every window out as one column.

    padded : (N, C, H, W)  ->  columns : (N, C * K * K, Ho * Wo)
    """
    N, C, H, W = padded.shape
    Ho = (H - kernel_size) // stride + 1
    Wo = (W - kernel_size) // stride + 1
    columns = np.empty((N, C, kernel_size, kernel_size, Ho, Wo), dtype=padded.dtype)
    for i in range(kernel_size):
        for j in range(kernel_size):
            columns[:, :, i, j] = padded[:, :, i : i + Ho * stride : stride, j : j + Wo * stride : stride]
    return columns.reshape(N, C * kernel_size * kernel_size, Ho * Wo)


### END SOLUTION
@add_to_class(ConvolutionalLayer)
def forward_speedup(self, input):
    """Convolve with one matrix product.

    input : (N, Cin, H, W)  ->  output : (N, Cout, Ho, Wo)
    """
    self.input = input  # backward needs it
    N, C, H, W = input.shape
    K, p, s = self.kernel_size, self.padding, self.stride
    assert self.channel_in == C, f"input has {C} channels, the layer takes {self.channel_in}"
    padded = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))
    ### BEGIN SOLUTION
    Ho = (H + 2 * p - K) // s + 1
    Wo = (W + 2 * p - K) // s + 1
    filters = self.weight.reshape(C * K * K, self.channel_out)
    output = filters.T @ img2col(padded, K, s)  # (N, Cout, Ho * Wo)
    output += self.bias[:, None]
    return output.reshape(N, self.channel_out, Ho, Wo)
    ### END SOLUTION
    raise NotImplementedError("lab 2, conv_forward_speedup: return the output, [N, Cout, Ho, Wo]")


# %% check="conv_forward_speedup"
check("conv_forward_speedup")

# %% [markdown]
# ### Backwards, fast
#
# The forward pass is now $Y = F \cdot \mathrm{columns} + b$, and that is the fully connected layer of section 1
# in other clothes. You already know its gradients: with $G = \partial L/\partial Y$ as a matrix of $C_{out}$
# rows, one matrix product gives the gradient of $F$, another the gradient of the columns, and a sum that of the
# bias.
#
# One step is new. The columns' gradient has about $K^2$ times as many entries as the image (at stride 1), since img2col
# copied each pixel into several windows. Whatever was *copied* on the way forward is *added* on the way back: take the
# rows of the matrix one by one and add each to the part of the image that it was copied from. That is `col2img`,
# and it needs no loop over windows either.
#
# You must set `d_weight` and `d_bias` here too: without them the network runs, but never learns.


# %% code="conv_backward_speedup"
@add_to_class(ConvolutionalLayer)
def backward_speedup(self, top_diff):
    """Pass the gradient down with matrix products; set self.d_weight and self.d_bias.

    top_diff : (N, Cout, Ho, Wo)  ->  bottom_diff : (N, Cin, H, W), the shape of self.input
    d_weight : (Cin, K, K, Cout), d_bias : (Cout,)
    """
    N, Cout, Ho, Wo = top_diff.shape
    C, H, W = self.input.shape[1:]
    K, p, s = self.kernel_size, self.padding, self.stride
    assert (N, Cout) == (len(self.input), self.channel_out), top_diff.shape
    padded = np.pad(self.input, ((0, 0), (0, 0), (p, p), (p, p)))
    padded_diff = np.zeros_like(padded)  # the gradient of `padded`: borders included
    ### BEGIN SOLUTION
    columns = np.empty((N, C, K, K, Ho, Wo), dtype=padded.dtype)
    for i in range(K):
        for j in range(K):
            columns[:, :, i, j] = padded[:, :, i : i + Ho * s : s, j : j + Wo * s : s]
    diff = top_diff.reshape(N, Cout, Ho * Wo)
    filters = self.weight.reshape(C * K * K, Cout)

    d_filters = columns.reshape(N, C * K * K, Ho * Wo) @ diff.transpose(0, 2, 1)
    self.d_weight = d_filters.sum(axis=0).reshape(self.weight.shape)
    self.d_bias = diff.sum(axis=(0, 2))

    d_columns = (filters @ diff).reshape(N, C, K, K, Ho, Wo)
    for i in range(K):
        for j in range(K):
            padded_diff[:, :, i : i + Ho * s : s, j : j + Wo * s : s] += d_columns[:, :, i, j]
    return padded_diff[:, :, p : p + H, p : p + W]
    ### END SOLUTION
    raise NotImplementedError("lab 2, conv_backward_speedup: return bottom_diff, [N, Cin, H, W]")


# %% check="conv_backward_speedup"
check("conv_backward_speedup")

# %% look="conv_speedup_gradient"
with needs_answers():
    display(show.gradient_check(ConvolutionalLayer(3, 2, 3, 1, 2, type=1), (2, 2, 6, 5)))

# %% [markdown]
# ### How much did you win?
#
# The course's own measurement: data and `dloss` of shape `(1, 256, 24, 40)`, filters `(256, 3, 3, 256)`, stride
# 1, padding 1. The cell times your loops against your matrix products on this machine. The loops take some seconds:
# that is the point.


# %% look="speed_up"
def test_speed_up():
    """Time raw against speedup, forward and backward, and draw the times."""
    rng = np.random.default_rng(0)
    data, dloss = rng.standard_normal((2, 1, 256, 24, 40), dtype=np.float32)
    weight = rng.standard_normal((256, 3, 3, 256), dtype=np.float32)
    bias = rng.standard_normal(256, dtype=np.float32)
    seconds = {"forward": [], "backward": []}
    for type, name, times in ((1, "speedup", 3), (0, "raw", 1)):
        layer = ConvolutionalLayer(3, 256, 256, 1, 1, type)
        layer.load_param(weight, bias)
        for direction, run, argument in (("forward", layer.forward, data), ("backward", layer.backward, dloss)):
            print(f"{direction} {name} ...", end=" ", flush=True)
            clock = getattr(layer, f"get_{direction}_time")
            taken = []
            for _ in range(times):
                run(argument)
                taken.append(clock())
            seconds[direction].insert(0, min(taken))
            print(f"{min(taken):.3f} s")
    for direction, (raw, fast) in seconds.items():
        print(f"{direction}: raw / speedup = {raw / fast:.0f}")
    display(show.speed_bars(seconds))


with needs_answers():
    test_speed_up()

# %% [markdown]
# ### Think about it, in writing
#
# img2col copies almost every pixel $K^2$ times. For a ${img2col_why.side}\times{img2col_why.side}$ window the matrix is {img2col_why.times} times as large as the
# input, all of it must be written before the first multiplication, and not one multiplication is saved. **Why is it
# faster all the same?**
#
# A full answer, of about 150 to 250 words, goes beyond "NumPy is fast". It says *where the loops' time goes* and
# supports this with numbers (your own figures above, and the count of stops and of multiplications); *what a matrix
# product can do* with registers, caches, vector instructions and cores that many small products cannot; *what the
# copies cost compared with the product*, as the number of output channels grows; and names *one case* in which img2col
# does not pay off, and what could be done there.

# %% [markdown] written="img2col_why"
# **Where the loops' time goes.** Both methods do the same $256 \cdot 960 \cdot 2304 = 566$ million
# multiplications. The loops cut them into 245,760 stops. My loops took 4 s forward: 16 microseconds a stop, of
# which the 2304 multiplications need one or two. The rest is the interpreter (slicing, temporary arrays, calling
# ufuncs) and memory: windows and filters are read in strides, and each number is used once and fetched again at
# the next stop. img2col took 0.02 s, so more than 99 % of the loops' time was not arithmetic.
#
# **What one large product can do.** One call hands everything to BLAS. It cuts the matrices into blocks that stay
# in registers and cache, so that each number that was loaded is used many times (each column by all 256 filters,
# each filter by all 960 columns); memory is read in order, vector units do 8 or 16 multiply-adds at once, and
# cores share the blocks.
#
# **What the copies cost.** They move $K^2 \cdot C \cdot H \cdot W = 2.2$ million numbers, once, in long runs: a
# millisecond or two. The product uses each of them 256 times. The copies grow with $K^2 C_{in} H_o W_o$, the
# product with that times $C_{out}$, so their fraction falls as $1/C_{out}$.
#
# **Where it pays badly.** With very few output channels, or in depthwise convolution, each copy is hardly used,
# and for large pictures with large kernels the matrix may not fit into memory. Then work in strips of the
# picture, add up K*K shifted products without the matrix, gather inside the product as libraries do (implicit
# GEMM), or use FFT or Winograd.
#
# === BEGIN MARK SCHEME ===
#
# 10 points; award each part on its own, wording is free.
#
# - 3: the loops' time is overhead for each stop (interpreter, temporaries, dispatch, small strided reads), not arithmetic; 1 of the 3 is for a number that supports it (own ratio, stops, or time a stop).
# - 1: says that the number of multiplications is the same in both.
# - 3: what the large product exploits: reuse of loaded numbers in cache and registers (2), and at least one of vector instructions, several cores, memory read in order, tuned BLAS (1).
# - 2: weighs the copies against the product: done once, in large pieces, and used Cout times (1); a count or a scaling with K, Cin, Cout (1).
# - 1: a sound case where img2col pays badly (few output channels, depthwise, 1 x 1 kernels need no copy, memory limits) or a way round it.
#
# Only "NumPy is written in C" or "it is vectorised", without the reason: 2 points at most.
#
# === END MARK SCHEME ===

# %% [markdown]
# ## 6. Max pooling: keep the strongest voice
#
# *About 105 minutes, hard.*
#
# A filter found an edge at one pixel. Would you like the network to change its mind if the cat moves one pixel to
# the right? Hardly. Max pooling keeps only the largest value of each $K\times K$ window: *somewhere here there
# was an edge*. The feature maps get smaller, and the layers after them cheaper.
#
# $$y_{n,c,h,w} = \max_{0 \le i,j < K} x_{n,\;c,\;hs+i,\;ws+j}$$
#
# Each channel is pooled separately. There is no padding, and rows or columns left over at the end are dropped.
# Windows may overlap ($s < K$) or leave gaps.


# %% given="pool_layer"
class MaxPoolingLayer:
    """Keep the largest value of each K x K window, without padding; leftover rows and columns are dropped.

    type 0 runs the raw loops, type 1 the fast versions
    """

    def __init__(self, kernel_size, stride, type=0):
        self.kernel_size = kernel_size
        self.stride = stride
        self.type = type
        self.forward_time = 0.0
        self.backward_time = 0.0

    def forward(self, input):
        """Run forward_raw or forward_speedup, whichever `type` names, and keep the time it took."""
        start = time.perf_counter()
        output = self.forward_raw(input) if self.type == 0 else self.forward_speedup(input)
        self.forward_time = time.perf_counter() - start
        return output

    def backward(self, top_diff):
        """Run backward_raw_book or backward_speedup, whichever `type` names, and keep the time it took."""
        start = time.perf_counter()
        bottom_diff = self.backward_raw_book(top_diff) if self.type == 0 else self.backward_speedup(top_diff)
        self.backward_time = time.perf_counter() - start
        return bottom_diff

    def get_forward_time(self):
        """Seconds of the last forward pass."""
        return self.forward_time

    def get_backward_time(self):
        """Seconds of the last backward pass."""
        return self.backward_time


# %% code="pool_forward"
@add_to_class(MaxPoolingLayer)
def forward_raw(self, input):
    """Pool with four loops: image, channel, row, column.

    input : (N, C, H, W)  ->  output : (N, C, Ho, Wo)
    """
    self.input = input  # backward needs it
    N, C, H, W = input.shape
    K, s = self.kernel_size, self.stride
    ### BEGIN SOLUTION
    Ho = (H - K) // s + 1
    Wo = (W - K) // s + 1
    output = np.zeros((N, C, Ho, Wo), dtype=input.dtype)
    for n in range(N):
        for c in range(C):
            for h in range(Ho):
                for w in range(Wo):
                    output[n, c, h, w] = input[n, c, h * s : h * s + K, w * s : w * s + K].max()
    return output
    ### END SOLUTION
    raise NotImplementedError("lab 2, pool_forward: return the output, [N, C, Ho, Wo]")


# %% check="pool_forward"
check("pool_forward")

# %% look="pool_picture"
with needs_answers():
    stages, layer = [show.scene(64, 80)], MaxPoolingLayer(kernel_size=2, stride=2)
    for _ in range(3):
        stages.append(layer.forward(stages[-1][None, None])[0, 0])
    display(show.pooled(stages))

# %% [markdown]
# *Bright things survive and grow, dark things shrink: what happened to the cross in the house's window and to the gaps
# in the fence?*
#
# ### Who gets the gradient?
#
# Only the winner touched the output, so only the winner gets a message. Losers could have been a little larger
# and nothing would have changed.
#
# And when there is a tie? That is not rare at all: after a ReLU whole windows are zero. The rule is that the **first**
# maximum wins, reading row by row. Find the window with two sevens and the window of zeros in the picture. A mask
# `window == window.max()` would send the gradient to every maximum, four times too much in the window of zeros.
#
# Where windows overlap, one entry may win several times: its gradients add up.

# %% look="pool_gradient_picture"
show.pooling()


# %% code="pool_backward"
@add_to_class(MaxPoolingLayer)
def backward_raw_book(self, top_diff):
    """Send each entry of top_diff to the first maximum of its window.

    top_diff : (N, C, Ho, Wo)  ->  bottom_diff : (N, C, H, W), the shape of self.input
    """
    N, C, Ho, Wo = top_diff.shape
    K, s = self.kernel_size, self.stride
    assert self.input.shape[:2] == (N, C), top_diff.shape
    bottom_diff = np.zeros(self.input.shape, dtype=top_diff.dtype)
    ### BEGIN SOLUTION
    for n in range(N):
        for c in range(C):
            for h in range(Ho):
                for w in range(Wo):
                    window = self.input[n, c, h * s : h * s + K, w * s : w * s + K]
                    i, j = np.unravel_index(window.argmax(), (K, K))
                    bottom_diff[n, c, h * s + i, w * s + j] += top_diff[n, c, h, w]
    return bottom_diff
    ### END SOLUTION
    raise NotImplementedError("lab 2, pool_backward: return bottom_diff, [N, C, H, W]")


# %% check="pool_backward"
check("pool_backward")

# %% look="pool_gradient"
with needs_answers():
    display(show.gradient_check(MaxPoolingLayer(3, 2), (2, 2, 7, 5)))

# %% [markdown]
# ### Fast again
#
# The trick of img2col works again: instead of visiting $H_oW_o$ windows and looking at $K^2$ entries in each, visit
# the $K^2$ positions in the window, and treat each position in *all windows at once*. One strided slice of the input
# holds it. Compare slice after slice, and keep two things: the largest value so far, and the position that it came
# from. Which of `>` and `>=` lets the first maximum win?
#
# On the way back, the slice of each position gets the gradients of those windows in which it won.


# %% code="pool_speedup"
@add_to_class(MaxPoolingLayer)
def forward_speedup(self, input):
    """Pool without a loop over the image.

    input : (N, C, H, W)  ->  output : (N, C, Ho, Wo)
    """
    self.input = input  # backward needs it
    H, W = input.shape[2:]
    K, s = self.kernel_size, self.stride
    ### BEGIN SOLUTION
    Ho = (H - K) // s + 1
    Wo = (W - K) // s + 1
    output = input[:, :, : Ho * s : s, : Wo * s : s].copy()
    self.winner = np.zeros(output.shape, dtype=np.uint8 if K * K < 256 else np.int32)
    for tap in range(1, K * K):
        i, j = divmod(tap, K)
        rival = input[:, :, i : i + Ho * s : s, j : j + Wo * s : s]
        np.copyto(self.winner, tap, where=rival > output)  # a tie keeps the earlier one
        np.maximum(output, rival, out=output)
    return output
    ### END SOLUTION
    raise NotImplementedError("lab 2, pool_speedup: return the output of forward, [N, C, Ho, Wo]")


@add_to_class(MaxPoolingLayer)
def backward_speedup(self, top_diff):
    """Send each entry of top_diff to the first maximum of its window, without a loop over the image.

    top_diff : (N, C, Ho, Wo)  ->  bottom_diff : (N, C, H, W), the shape of self.input
    """
    N, C, Ho, Wo = top_diff.shape
    K, s = self.kernel_size, self.stride
    assert self.input.shape[:2] == (N, C), top_diff.shape
    bottom_diff = np.zeros(self.input.shape, dtype=top_diff.dtype)
    ### BEGIN SOLUTION
    for tap in range(K * K):
        i, j = divmod(tap, K)
        bottom_diff[:, :, i : i + Ho * s : s, j : j + Wo * s : s] += top_diff * (self.winner == tap)
    return bottom_diff
    ### END SOLUTION
    raise NotImplementedError("lab 2, pool_speedup: return bottom_diff of backward, [N, C, H, W]")


# %% check="pool_speedup"
check("pool_speedup")

# %% look="pool_speedup_gradient"
with needs_answers():
    display(show.gradient_check(MaxPoolingLayer(3, 2, type=1), (2, 2, 7, 5)))


# %% look="pool_speed"
def test_pool_speed_up():
    """Time raw against speedup when pooling 64 feature maps of 64 x 64, and draw the times."""
    data = np.random.default_rng(0).standard_normal((1, 64, 64, 64), dtype=np.float32)
    seconds = {"forward": [], "backward": []}
    for type, times in ((0, 1), (1, 5)):
        layer = MaxPoolingLayer(2, 2, type)
        top_diff = np.ones_like(layer.forward(data))
        for _ in range(times):
            layer.forward(data)
            layer.backward(top_diff)
        seconds["forward"].append(layer.get_forward_time())
        seconds["backward"].append(layer.get_backward_time())
    display(show.speed_bars(seconds))


with needs_answers():
    test_pool_speed_up()

# %% [markdown]
# ## 7. Flatten: an order to agree on
#
# *About 20 minutes, easy.*
#
# After the last pooling, VGG19 holds 512 feature maps of $7\times7$; the fully connected layer that follows wants one
# row of 25,088 values. Any order would do *if* we trained the network ourselves. But the weights that you will load
# in the next lab were trained with MatConvNet, which stores `[N, H, W, C]`: all channels of one pixel together.
# Flatten in another order and nothing crashes: every shape fits, and the cat just becomes some other plausible thing.
#
# So: go to `N, H, W, C` order first, then reshape. Backward undoes both, in the opposite order. The picture
# numbers the entries of three small feature maps in both orders; ours is the lower row.

# %% look="flatten_picture"
show.flatten_order()


# %% given="flatten_layer"
class FlattenLayer:
    """Reshape a feature map into a vector, in the order in which MatConvNet stores it.

    input_shape, output_shape : shapes without the batch, such as [512, 7, 7] and [25088]
    """

    def __init__(self, input_shape, output_shape):
        self.input_shape = tuple(input_shape)
        self.output_shape = tuple(output_shape)
        assert np.prod(self.input_shape) == np.prod(self.output_shape), (input_shape, output_shape)


# %% code="flatten"
@add_to_class(FlattenLayer)
def forward(self, input):
    """Go to N, H, W, C order, then reshape.

    input : (N, C, H, W)  ->  output : (N,) + output_shape
    """
    assert input.shape[1:] == self.input_shape, f"input {input.shape}, expected N and {self.input_shape}"
    ### BEGIN SOLUTION
    return input.transpose(0, 2, 3, 1).reshape((len(input), *self.output_shape))
    ### END SOLUTION
    raise NotImplementedError("lab 2, flatten: return the output of forward, [N] + output_shape")


@add_to_class(FlattenLayer)
def backward(self, top_diff):
    """Undo forward: reshape, then go back to N, C, H, W order.

    top_diff : (N,) + output_shape  ->  bottom_diff : (N, C, H, W)
    """
    assert top_diff.shape[1:] == self.output_shape, f"top_diff {top_diff.shape}"
    C, H, W = self.input_shape
    ### BEGIN SOLUTION
    return top_diff.reshape(len(top_diff), H, W, C).transpose(0, 3, 1, 2)
    ### END SOLUTION
    raise NotImplementedError("lab 2, flatten: return bottom_diff of backward, [N, C, H, W]")


# %% check="flatten"
check("flatten")

# %% look="flatten_gradient"
with needs_answers():
    display(show.gradient_check(FlattenLayer([3, 2, 4], [24]), (2, 3, 2, 4)))

# %% [markdown]
# ### All six together
#
# Now tell rings, crosses and squares apart, of any size, at any position, in noise. The network below is made of
# nothing but your layers (the fast ones), and learns 1571 parameters. It sees 300 images while it learns, and none of
# those shown here.


# %% look="learn_shapes"
def learn_shapes(epochs=12, lr=0.3, batch=20):
    """Train conv, ReLU, pool, flatten, fully connected, softmax on small shapes."""
    np.random.seed(1)
    pictures, labels, names = show.shapes(300)
    layers = [
        ConvolutionalLayer(5, 1, 8, 2, 1, type=1),
        ReLULayer(),
        MaxPoolingLayer(2, 2, type=1),
        ConvolutionalLayer(3, 8, 16, 1, 1, type=1),
        ReLULayer(),
        MaxPoolingLayer(3, 3, type=1),
        FlattenLayer([16, 2, 2], [64]),
        FullyConnectedLayer(64, 3),
    ]
    learning = [layer for layer in layers if hasattr(layer, "update_param")]
    for layer in learning:
        layer.init_param(std=0.15)
    loss = SoftmaxLossLayer()

    def scores(x):
        for layer in layers:
            x = layer.forward(x)
        return x

    for epoch in range(epochs):
        for start in range(0, len(pictures), batch):
            loss.forward(scores(pictures[start : start + batch]))
            value = loss.get_loss(labels[start : start + batch])
            gradient = loss.backward()
            for layer in reversed(layers):
                gradient = layer.backward(gradient)
            for layer in learning:
                layer.update_param(lr)
        if epoch in (0, epochs // 4, epochs - 1):
            print(f"pass {epoch + 1} over the pictures: loss {value:.3f}")
    unseen, truth, _ = show.shapes(200, seed=7)
    answers = scores(unseen).argmax(axis=1)
    print(f"{np.mean(answers == truth):.0%} of 200 pictures that it has never seen are right")
    display(show.predictions(unseen[:9], answers[:9], truth[:9], names))


with needs_answers():
    learn_shapes()

# %% [markdown]
# ## 8. Bonus: fewer multiplications, by algebra
#
# *About 60 minutes, hard.*
#
# img2col does every multiplication that the definition asks for. Can one do with fewer? Take two neighbouring
# outputs of a filter of three weights:
#
# $$y_0 = d_0g_0 + d_1g_1 + d_2g_2 \qquad y_1 = d_1g_0 + d_2g_1 + d_3g_2$$
#
# That takes six multiplications. Winograd's way needs four:
#
# $$m_1 = (d_0-d_2)\,g_0 \quad m_2 = (d_1+d_2)\,\tfrac{g_0+g_1+g_2}{2} \quad m_3 = (d_2-d_1)\,\tfrac{g_0-g_1+g_2}{2} \quad m_4 = (d_1-d_3)\,g_2$$
#
# $$y_0 = m_1+m_2+m_3 \qquad y_1 = m_2-m_3-m_4$$
#
# Check it with a pencil. What depends only on $g$ is computed once for the whole image. Written with matrices,
# this is $y = A^T\left[(G g) \odot (B^T d)\right]$; in two dimensions, do this to the rows and then to the columns:
#
# $$Y = A^T \left[\,\left(G\, g\, G^T\right) \odot \left(B^T d\, B\right)\right] A$$
#
# **F(4x4, 3x3)** makes $4\times4$ outputs of a $6\times6$ tile $d$ and a $3\times3$ filter $g$: 36
# multiplications instead of $16 \cdot 9 = 144$. Its matrices are given below. Tiles start every 4 pixels and so
# overlap by 2.

# %% look="winograd_picture"
show.winograd_tiles()

# %% given="winograd_matrices"
WINOGRAD_BT = np.array(
    [
        [4, 0, -5, 0, 1, 0],
        [0, -4, -4, 1, 1, 0],
        [0, 4, -4, -1, 1, 0],
        [0, -2, -1, 2, 1, 0],
        [0, 2, -1, -2, 1, 0],
        [0, 4, 0, -5, 0, 1],
    ],
    dtype=np.float32,
)  # transforms a 6 x 6 tile of the input
WINOGRAD_G = np.array(
    [
        [1 / 4, 0, 0],
        [-1 / 6, -1 / 6, -1 / 6],
        [-1 / 6, 1 / 6, -1 / 6],
        [1 / 24, 1 / 12, 1 / 6],
        [1 / 24, -1 / 12, 1 / 6],
        [0, 0, 1],
    ],
    dtype=np.float32,
)  # transforms a 3 x 3 filter
WINOGRAD_AT = np.array(
    [
        [1, 1, 1, 1, 1, 0],
        [0, 1, -1, 2, -2, 0],
        [0, 1, 1, 4, 4, 0],
        [0, 1, -1, 8, -8, 1],
    ],
    dtype=np.float32,
)  # turns a 6 x 6 tile of products into 4 x 4 outputs

# %% [markdown]
# With channels comes a further gift: the sum over input channels can be taken *before* the last transform (by $A^T$ and
# $A$, which is linear). So for each of the 36 positions in the tile there is one matrix product:
#
# $$M^{(ab)}_{o,t} = \sum_c U^{(ab)}_{o,c}\, V^{(ab)}_{c,t} \qquad U = G g G^T,\quad V = B^T d B,\quad t\text{: tiles}$$
#
# 36 products of `[Cout, Cin]` by `[Cin, tiles]`, which `np.matmul` does in one call. Any height and width must
# work: the input below is already padded to whole tiles, so cut off the surplus at the end.


# %% code="conv_winograd"
# Put a helper here, such as the transform of all tiles from both sides.
### BEGIN SOLUTION
def both_sides(matrix, tiles):
    """matrix @ tile @ matrix.T for every tile; tiles : (m, m, A, B) -> (r, r, A, B)."""
    m, _, *rest = tiles.shape
    rows = (matrix @ tiles.reshape(m, -1)).reshape(len(matrix), m, -1)
    return np.matmul(matrix, rows).reshape(len(matrix), len(matrix), *rest)


### END SOLUTION
def conv_winograd(input, weight, bias):
    """Convolve 3 x 3, stride 1, padding 1, by Winograd's F(4x4, 3x3).

    input : (N, Cin, H, W), weight : (Cin, 3, 3, Cout), bias : (Cout,)  ->  output : (N, Cout, H, W)
    """
    N, Cin, H, W = input.shape
    Cout = weight.shape[3]
    assert weight.shape == (Cin, 3, 3, Cout), weight.shape
    down, across = -(-H // 4), -(-W // 4)  # tiles: sides divided by 4, rounded up
    padded = np.pad(input, ((0, 0), (0, 0), (1, 4 * down + 1 - H), (1, 4 * across + 1 - W)))
    ### BEGIN SOLUTION
    tiles = np.empty((6, 6, Cin, N, down, across), dtype=input.dtype)
    for i in range(6):
        for j in range(6):
            taps = padded[:, :, i : i + 4 * down - 3 : 4, j : j + 4 * across - 3 : 4]
            tiles[i, j] = taps.transpose(1, 0, 2, 3)
    tiles = both_sides(WINOGRAD_BT, tiles.reshape(6, 6, Cin, N * down * across))
    filters = both_sides(WINOGRAD_G, weight.transpose(1, 2, 0, 3))  # (6, 6, Cin, Cout)
    products = np.matmul(filters.transpose(0, 1, 3, 2), tiles)  # 36 matrix products
    output = both_sides(WINOGRAD_AT, products).reshape(4, 4, Cout, N, down, across)
    output = output.transpose(3, 2, 4, 0, 5, 1).reshape(N, Cout, 4 * down, 4 * across)
    return output[:, :, :H, :W] + bias[:, None, None]
    ### END SOLUTION
    raise NotImplementedError("lab 2, conv_winograd: return the output, [N, Cout, H, W]")


# %% check="conv_winograd"
check("conv_winograd")

# %% look="winograd_count"
show.winograd_count(24, 40, 256, 256)


# %% look="winograd_speed"
def test_winograd():
    """Compare Winograd with img2col on the course's shape: time, and largest difference."""
    rng = np.random.default_rng(0)
    data = rng.standard_normal((1, 256, 24, 40), dtype=np.float32)
    weight = rng.standard_normal((256, 3, 3, 256), dtype=np.float32)
    bias = rng.standard_normal(256, dtype=np.float32)
    layer = ConvolutionalLayer(3, 256, 256, 1, 1, type=1)
    layer.load_param(weight, bias)
    seconds = {"img2col": [], "Winograd": []}
    for _ in range(5):
        for name, run in (
            ("img2col", lambda: layer.forward(data)),
            ("Winograd", lambda: conv_winograd(data, weight, bias)),
        ):
            start = time.perf_counter()
            output = run()
            seconds[name].append(time.perf_counter() - start)
    difference = np.abs(output - layer.forward(data)).max() / np.abs(output).max()
    for name, values in seconds.items():
        print(f"{name}: {min(values):.4f} s")
    print(f"img2col / Winograd = {min(seconds['img2col']) / min(seconds['Winograd']):.2f}")
    print(f"largest difference: {difference:.1e} of the largest output")


with needs_answers():
    test_winograd()

# %% [markdown]
# A quarter of the multiplications rarely takes a quarter of the time; in NumPy it may even take longer. Where does the
# rest go? (Count the values that the transforms read and write.) There is also a price in rounding: the factors in
# $B^T$ and $A^T$ enlarge errors a little, which is why libraries stop at tiles of about this size.
#
# ## 9. Take it with you
#
# *About 10 minutes, easy.*
#
# The finish line: what is right, what is still open, and what to hand in. It also leaves a receipt beside this
# notebook: the time, the points and a hash of your answers. In a terminal, `aics check` says the same after a restart
# in a fresh kernel, and `aics pack` makes one file to hand in. `aics log on` keeps a history of your checks on your own
# computer: time, question, verdict, recognised mistake and speed, never your code. Nothing is ever sent.

# %% look="overview"
check()

# %% [markdown]
# The next lab builds VGG19 from these layers. This cell writes your finished classes to `stu_upload/layers_1.py`
# and `stu_upload/layers_2.py`, as plain Python files that need nothing but NumPy.

# %% look="export"
from aics.notebook.export import export

with needs_answers():
    files = export("lab2_layers", globals())
