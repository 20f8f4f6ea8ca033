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
# # Lab 3: VGG19, a network that names what is in a photo
#
# This network is forty-four layers, one after another. The first sees three values per pixel, the last says *cat*.
# Nobody wrote down what a cat looks like; all the knowledge lies in millions of numbers in a file. Today you build
# the network around these numbers: put the layers of lab 2 in order, read the file, prepare a photo, run it, and find
# out where it goes wrong when it does. Then you take it apart as an engineer: how often is it right, what does each
# layer cost, and where does the time go?
#
# VGG19 was published in 2014 and is about the largest network that is still this simple. Its official file is
# 550 MB. So that everything here works offline and in a blink, the labs come with **mini**: it has the same 44 layers,
# the same names and fewer channels, was trained by this project on the ten classes of CIFAR-10, and is stored in the
# structure of the official file. What you write will read both.
#
# **How to work.** As in lab 2: fill a stub, run it, run the `check(...)` below it. The questions do not depend on
# one another: a mistake in one costs nothing in the next. An answer may use NumPy, Python's standard library, Pillow,
# and `scipy.io` to read the file.
#
# **Your layers.** The network is built from lab 2's layers. If lab 2 lies beside this one and its last cell has
# exported your finished layers, they are used; otherwise finished ones, computed by ONNX Runtime. The next cell says
# which. Only the answers of this lab are graded, with finished layers.

# %% given="setup"
import io
import time

import numpy as np
import scipy.io
from PIL import Image

from aics import add_to_class, data, open_lab, start_from
from aics.lab3_vgg19 import pictures as show
from aics.notebook.needs_answers import needs_answers

start_from("layers")  # your own of earlier labs, or finished ones
from stu_upload.layers_1 import FullyConnectedLayer, ReLULayer, SoftmaxLossLayer
from stu_upload.layers_2 import ConvolutionalLayer, FlattenLayer, MaxPoolingLayer

check = open_lab("lab3_vgg19")

# %% [markdown]
# These are twenty photos that `mini` has never seen. You can tell a frog from a cat at 32 x 32 pixels; by the end of
# section 6, so can your code.

# %% look="photos_picture"
pictures, labels = data.cifar10("test")
show.gallery(pictures[100:120], [data.CIFAR10_CLASSES[label] for label in labels[100:120]])

# %% [markdown]
# ## 1. Forty-four layers in a row
#
# *About 45 minutes, hard.*
#
# The plan of VGG19 is so regular that one picture says it all. There are five blocks of $3\times3$ convolutions
# (padding 1, stride 1: the size stays), each followed by a ReLU. After each block a $2\times2$ max pooling with
# stride 2 halves both sides. Then come flatten and three fully connected layers with ReLUs between them; softmax
# ends it.

# %% look="network_picture"
show.network_blocks()

# %% [markdown]
# Why only $3\times3$? Two of them in a row see $5\times5$ pixels, three see $7\times7$, with fewer weights than
# one large kernel ($3 \cdot 9 = 27$ instead of $49$ for each pair of channels) and a bend after each. And why twice the
# channels after each of the first poolings? *Count before you read on: how does the work of one convolution
# change when both sides are halved and both numbers of channels are doubled?*
#
# The class below is given. It reads the file and takes from it what differs between a narrow and a wide VGG19:
#
# | attribute | meaning | official | mini |
# |---|---|---|---|
# | `self.image_size` | height and width of the input | 224 | 64 |
# | `self.channels` | channels of the convolutions of blocks 1 to 5 | 64, 128, 256, 512, 512 | 16, 32, 64, 128, 128 |
# | `self.hidden` | outputs of fc6 and fc7 | 4096, 4096 | 128, 128 |
# | `self.class_names` | a name for each output of fc8 | 1000 names | 10 names |


# %% given="vgg19"
def entry(params, index):
    """Weight and bias of one entry of the file: [H, W, Cin, Cout] and (1, Cout)."""
    weight, bias = params["layers"][0][index][0][0][0][0]
    return weight, bias


class VGG19:
    """VGG19 of any width: 16 convolutions, 3 fully connected layers, and what stands between them.

    After build_model, `layers` holds them by name; after load_image, `input_image` holds the input.
    """

    param_layer_name = (
        *("conv1_1", "relu1_1", "conv1_2", "relu1_2", "pool1"),
        *("conv2_1", "relu2_1", "conv2_2", "relu2_2", "pool2"),
        *("conv3_1", "relu3_1", "conv3_2", "relu3_2", "conv3_3", "relu3_3", "conv3_4", "relu3_4", "pool3"),
        *("conv4_1", "relu4_1", "conv4_2", "relu4_2", "conv4_3", "relu4_3", "conv4_4", "relu4_4", "pool4"),
        *("conv5_1", "relu5_1", "conv5_2", "relu5_2", "conv5_3", "relu5_3", "conv5_4", "relu5_4", "pool5"),
        *("flatten", "fc6", "relu6", "fc7", "relu7", "fc8", "softmax"),
    )

    def __init__(self, param_path):
        self.param_path = param_path
        self.params = scipy.io.loadmat(param_path)
        self.read_sizes()

    def read_sizes(self):
        """Take from the file what differs between VGG19s: widths, names of classes, the image's size."""
        widths = [entry(self.params, index)[0].shape[3] for index in (0, 5, 10, 19, 28, 37, 39)]
        self.channels, self.hidden = tuple(widths[:5]), tuple(widths[5:])
        self.image_size = self.params["normalization"][0][0][0].shape[0]
        described = self.params["classes"][0][0]["description"]
        self.class_names = tuple(str(np.ravel(name)[0]) for name in np.ravel(described))


# %% [markdown]
# Now fill `self.layers`, a dict with the 44 names in the order of `param_layer_name`, and no other. You need
#
# - `ConvolutionalLayer(kernel_size, channel_in, channel_out, padding, stride, type)` and
#   `MaxPoolingLayer(kernel_size, stride, type)`; `type=1` chooses your fast versions, `type=0` the loops;
# - `FlattenLayer(input_shape, output_shape)`, shapes without the batch: `[C, H, W]` and `[C * H * W]`;
# - `FullyConnectedLayer(num_input, num_output)`, `ReLULayer()`, `SoftmaxLossLayer()`.
#
# Forty-four lines would do. A few loops are shorter, and leave less room for slips.


# %% code="build_model"
@add_to_class(VGG19)
def build_model(self):
    """Fill self.layers: the name of each layer -> the layer, 44 of them, in order."""
    self.layers = {}
    positions = self.image_size // 32  # height and width after five poolings
    classes = len(self.class_names)
    # This one returns nothing: delete the last line once self.layers is filled.
    ### BEGIN SOLUTION
    channel_in = 3
    for block, (count, channel_out) in enumerate(zip((2, 2, 4, 4, 4), self.channels, strict=True), 1):
        for i in range(1, count + 1):
            self.layers[f"conv{block}_{i}"] = ConvolutionalLayer(3, channel_in, channel_out, 1, 1, type=1)
            self.layers[f"relu{block}_{i}"] = ReLULayer()
            channel_in = channel_out
        self.layers[f"pool{block}"] = MaxPoolingLayer(2, 2, type=1)
    features = channel_in * positions * positions
    self.layers["flatten"] = FlattenLayer([channel_in, positions, positions], [features])
    self.layers["fc6"] = FullyConnectedLayer(features, self.hidden[0])
    self.layers["relu6"] = ReLULayer()
    self.layers["fc7"] = FullyConnectedLayer(self.hidden[0], self.hidden[1])
    self.layers["relu7"] = ReLULayer()
    self.layers["fc8"] = FullyConnectedLayer(self.hidden[1], classes)
    self.layers["softmax"] = SoftmaxLossLayer()
    return
    ### END SOLUTION
    raise NotImplementedError("lab 3, build_model: fill self.layers with the 44 layers")


# %% check="build_model"
check("build_model")

# %% [markdown]
# ## 2. The numbers in the file
#
# *About 35 minutes, moderate.*
#
# `scipy.io.loadmat` returns a dict. Digging through MATLAB's nested cells teaches little, so
# `entry(self.params, index)` is given: it returns weight and bias of one entry. Three things are left to you, and each
# has cost students an evening, because a network with shuffled weights runs perfectly and says *ship* to everything.
#
# **The layout.** MatConvNet stores a weight as `[H, W, Cin, Cout]`, our layers take `[Cin, K, K, Cout]`. Both
# hold the same values. Which axis has to move, and does `reshape` move anything?
#
# **The fully connected layers** are stored as convolutions with kernels as large as their input: fc6 is
# `[h, w, Cin, Cout]`, where $h \times w$ positions are left by the poolings. Ours takes `(h * w * Cin, Cout)`.
# Biases are stored as `(1, Cout)`; a `ConvolutionalLayer` takes `(Cout,)`, a `FullyConnectedLayer` `(1, Cout)`.
#
# **The index.** The file has 43 entries, our network 44 layers: MatConvNet needs no `flatten`. The picture shows
# what that does to everything behind it.

# %% look="entries_picture"
show.shifted_entries()

# %% [markdown]
# The file holds one more thing: `self.params["normalization"][0][0][0]`, the mean of all training images, itself an
# image `[H, W, 3]`. You need only its mean *colour*: three values, for red, green and blue.


# %% code="load_model"
@add_to_class(VGG19)
def load_model(self):
    """Give every convolution and every fully connected layer its weight and bias; set self.image_mean, (3,)."""
    mean_picture = self.params["normalization"][0][0][0]
    assert mean_picture.shape[2] == 3, mean_picture.shape
    # This one returns nothing: delete the last line once every layer has its numbers.
    ### BEGIN SOLUTION
    self.image_mean = mean_picture.mean(axis=(0, 1))
    for index, name in enumerate(self.param_layer_name):
        if name.startswith("conv"):
            weight, bias = entry(self.params, index)
            # In memory too the numbers should lie in the new order: every forward pass reads them.
            self.layers[name].load_param(np.ascontiguousarray(weight.transpose(2, 0, 1, 3)), bias.reshape(-1))
        elif name.startswith("fc"):
            weight, bias = entry(self.params, index - 1)  # the file has no flatten
            self.layers[name].load_param(weight.reshape(-1, weight.shape[3]), bias.reshape(1, -1))
    return
    ### END SOLUTION
    raise NotImplementedError("lab 3, load_model: hand each layer its weight and bias, set self.image_mean")


# %% check="load_model"
check("load_model")

# %% [markdown]
# Before anything runs, look at some of these weights. The filters of the first layer see colours, so they can be
# shown as colours. Nobody drew them: which of them look for an edge, and which for a contrast of colours?

# %% look="filters_picture"
show.first_filters(entry(VGG19(data.weights("mini")).params, 0)[0])

# %% [markdown]
# ## 3. From a photo to an input
#
# *About 20 minutes, easy.*
#
# The network was trained on inputs of one kind, and knows no other. Turn every photo into that kind, in this
# order:
#
# 1. open it and **convert to RGB** first (a photo may be grey, or hold indices into a palette: Pillow cannot average
#    those, and drops pixels instead);
# 2. resize to `image_size` x `image_size` with Pillow's **bilinear** filter (Pillow's default is another one, and
#    the proportions are not kept: that is how the course does it);
# 3. turn it into float32 and **subtract the mean colour**, in this order: image minus mean;
# 4. bring it to `[1, 3, S, S]`: from Pillow it comes as `[S, S, 3]`.
#
# Get one of these wrong and nothing complains. The network only becomes a little more stupid.


# %% code="load_image"
@add_to_class(VGG19)
def load_image(self, image_dir):
    """Read a photo and set self.input_image, [1, 3, S, S] float32, S = self.image_size.

    image_dir : a path, or an open file: hand it to Image.open as it is
    """
    size = (self.image_size, self.image_size)
    # This one returns nothing: delete the last line once self.input_image is set.
    ### BEGIN SOLUTION
    image = Image.open(image_dir).convert("RGB").resize(size, Image.Resampling.BILINEAR)
    pixels = np.asarray(image, dtype=np.float32) - self.image_mean.astype(np.float32)
    self.input_image = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None])
    return
    ### END SOLUTION
    raise NotImplementedError("lab 3, load_image: set self.input_image, [1, 3, image_size, image_size]")


# %% check="load_image"
check("load_image")


# %% given="classifier"
def classifier(weights="mini"):
    """Your network, built, with its weights."""
    net = VGG19(data.weights(weights))
    net.build_model()
    net.load_model()
    return net


def give(net, pictures):
    """Hand pictures, (N, 3, H, W) uint8, to load_image one by one; net.input_image becomes the whole batch."""
    inputs = []
    for picture in pictures:
        file = io.BytesIO()
        Image.fromarray(picture.transpose(1, 2, 0)).save(file, "png")
        file.seek(0)
        net.load_image(file)
        inputs.append(net.input_image)
    net.input_image = np.concatenate(inputs)


# %% look="input_picture"
with needs_answers():
    net = classifier()
    net.load_image(data.photo("cat"))
    display(show.network_input(data.photo("cat"), net.input_image, net.image_mean))

# %% [markdown]
# ## 4. Run it
#
# *About 30 minutes, moderate.*
#
# With everything prepared, the network itself is one thought: **what one layer returns, the next one gets**.
# `forward` starts from `self.input_image` and returns the last layer's output: `[N, classes]`, a row of
# probabilities for each image.
#
# Often what happens on the way is more interesting than the end. `forward_features` runs the same layers and
# returns the outputs of those that were asked for, and no others: you need it below to find mistakes, and in a later
# lab to give a photo a painter's style. It takes a list of names and returns a dict, name -> output. Each call starts
# anew.


# %% code="forward_features"
@add_to_class(VGG19)
def forward(self):
    """Run all layers on self.input_image, in order.

    ->  prob : (N, classes), every row sums to 1
    """
    ### BEGIN SOLUTION
    return self.forward_features(["softmax"])["softmax"]
    ### END SOLUTION
    raise NotImplementedError("lab 3, forward_features: return the probabilities, [N, classes]")


@add_to_class(VGG19)
def forward_features(self, layer_list):
    """Run all layers on self.input_image, in order, and keep the outputs of some.

    layer_list : names of layers, such as ["conv1_1", "pool5"]
    ->  features : a dict, name -> output of that layer
    """
    ### BEGIN SOLUTION
    features, current = {}, self.input_image
    for name in self.param_layer_name:
        current = self.layers[name].forward(current)
        if name in layer_list:
            features[name] = current
    return features
    ### END SOLUTION
    raise NotImplementedError("lab 3, forward_features: return a dict, name -> features")


# %% check="forward_features"
check("forward_features")

# %% [markdown]
# ### Where does it leave the path?
#
# If one of 44 layers is wrong, everything behind it is wrong too. So do not look at the
# answer: look for the **first** layer that differs. This cell runs *your* network, with your `build_model`,
# `load_model`, `load_image` and layers, on the photo of the cat, and compares the input and all 44 outputs with
# stored ones. Remember this picture; people who bring networks to new chips draw it every week.


# %% look="divergence"
def find_divergence():
    """Compare the input and every layer's output for the cat's photo with the right ones."""
    net = classifier()
    net.load_image(data.photo("cat"))
    features = net.forward_features(list(net.param_layer_name))
    display(show.divergence({"input": net.input_image} | features))


with needs_answers():
    find_divergence()

# %% [markdown]
# *Try it: put a mistake into one layer, in a cell of your own, and watch which bars turn.*
#
# ```python
# net = classifier()
# net.layers["conv3_2"].bias = net.layers["conv3_2"].bias + 1
# net.load_image(data.photo("cat"))
# show.divergence({"input": net.input_image} | net.forward_features(list(net.param_layer_name)))
# ```
#
# ### What the layers see
#
# Each row shows the eight feature maps that respond most in one layer. Near the input you still see the cat, drawn in
# edges and patches of colour. Further on the maps are small, and each says only *here is something of my kind*.
# Nobody told the network what that kind is.

# %% look="stages_picture"
with needs_answers():
    net = classifier()
    net.load_image(data.photo("cat"))
    features = net.forward_features(["relu1_2", "relu2_2", "relu3_4", "relu4_4", "relu5_4"])
    photo = np.asarray(Image.open(data.photo("cat")).convert("RGB"))
    display(show.stages(photo, {name: maps[0] for name, maps in features.items()}))

# %% [markdown]
# One number of such a map does not see the whole photo. A convolution of $3\times3$ sees three pixels across, a
# second one behind it five, and behind a pooling every step reaches twice as far. The patch of the photo that a number
# depends on is its **receptive field**. Move over a map, and see it. *In which layer does one number
# first see the cat's whole face?*

# %% look="receptive_demo"
show.demo("receptive")

# %% [markdown]
# ## 5. The same numbers in another order
#
# *About 15 minutes, easy.*
#
# `flatten` turns `[C, H, W]` into a row. MatConvNet goes through the channels of one position, then to the next
# position (`H, W, C` order, as `FlattenLayer` does); PyTorch and most others go through one whole channel, then to
# the next (`C, H, W` order). Each row of the weight of fc6 belongs to one index of the flattened row.

# %% look="flatten_picture"
show.flatten_order()

# %% [markdown]
# So a weight that was trained with one order fits the other after its **rows** are put into the other order:
#
# $$\underbrace{x_{hwc}\,W_{hwc}}_{\text{MatConvNet's}} \;=\; \underbrace{x_{chw}\,W'_{chw}}_{\text{plain order}} \qquad\text{if row } (c, h, w) \text{ of } W' \text{ is row } (h, w, c) \text{ of } W$$
#
# You have met the pieces in `load_model`: unfold the rows into axes, move an axis, fold again. Mind the
# direction: the rows *come* in `H, W, C` order.


# %% code="fc_order"
def fc_order(weight, shape):
    """Put the rows of a fully connected weight from H, W, C order into C, H, W order.

    weight : (H * W * C, num_output), shape : (C, H, W)  ->  (C * H * W, num_output)
    """
    C, H, W = shape
    assert len(weight) == C * H * W, f"weight {weight.shape}, shape {shape}"
    ### BEGIN SOLUTION
    return weight.reshape(H, W, C, -1).transpose(2, 0, 1, 3).reshape(C * H * W, -1)
    ### END SOLUTION
    raise NotImplementedError("lab 3, fc_order: return the weight with its rows in C, H, W order")


# %% check="fc_order"
check("fc_order")

# %% [markdown]
# And if you forget? Compare three networks: MatConvNet's order with the file's weight; the plain order with
# your reordered weight; the plain order with the file's weight. Every shape fits in all three.


# %% look="orders_picture"
class PlainFlatten:
    """Flatten in C, H, W order."""

    def forward(self, input):
        return input.reshape(len(input), -1)


def try_orders(picture=0, count=100):
    """Run `mini` with both orders of flatten, and once with an order that does not fit the weight."""
    net = classifier()
    pictures, labels = data.cifar10("test")
    chosen = np.linspace(0, len(pictures) - 1, count).astype(int)
    give(net, pictures[chosen])
    weight, bias = net.layers["fc6"].save_param()
    shape = net.layers["flatten"].input_shape
    answers = {"H, W, C with the file's weight": net.forward()}
    net.layers["flatten"] = PlainFlatten()
    net.layers["fc6"].load_param(fc_order(weight, shape), bias)
    answers["C, H, W with your weight"] = net.forward()
    net.layers["fc6"].load_param(weight, bias)
    answers["C, H, W with the file's weight"] = net.forward()
    for title, prob in answers.items():
        right = np.mean(prob.argmax(axis=1) == labels[chosen])
        print(f"{title}: {right:.0%} of {count} pictures right")
    print(f"The bars are for one picture. It shows: {net.class_names[labels[chosen[picture]]]}.")
    display(show.same_bars({title: prob[picture] for title, prob in answers.items()}, net.class_names))


with needs_answers():
    try_orders()

# %% [markdown]
# ## 6. What is in the picture?
#
# *About 15 minutes, easy.*
#
# A row of probabilities is not an answer yet. People ask for the five best: papers report *top-1* and *top-5*,
# since a photo of a cat on a sofa has more than one right name. For each row on its own, find the `top` largest
# probabilities, the largest first, and the indices of their classes. N may be 1 or 500.


# %% code="classify"
def classify(prob, top=5):
    """Find the most probable classes of each picture, the most probable first.

    prob : (N, classes)  ->  classes : (N, top) integers, probabilities : (N, top)
    """
    assert prob.ndim == 2, prob.shape
    assert top <= prob.shape[1], f"top {top} of {prob.shape[1]} classes"
    ### BEGIN SOLUTION
    classes = np.argsort(-prob, axis=1)[:, :top]
    return classes, np.take_along_axis(prob, classes, axis=1)
    ### END SOLUTION
    raise NotImplementedError("lab 3, classify: return classes and probabilities, both [N, top]")


# %% check="classify"
check("classify")


# %% look="top_five"
def name_pictures(first=200, count=9):
    """Name some pictures of CIFAR-10 that `mini` has never seen."""
    net = classifier()
    pictures, labels = data.cifar10("test")
    chosen = slice(first, first + count)
    give(net, pictures[chosen])
    classes, probabilities = classify(net.forward())
    shown = pictures[chosen].transpose(0, 2, 3, 1)
    display(show.top_classes(shown, classes, probabilities, net.class_names, labels[chosen]))


with needs_answers():
    name_pictures()

# %% [markdown]
# ## 7. How often is it right?
#
# *About 25 minutes, easy.*
#
# One cat is an anecdote. Accuracy is the fraction of right answers over many images, more than fit into memory at
# once, so they are handed over in **batches**. Cut ten images into batches of four: what is the last batch?

# %% look="batches_picture"
show.batches(10, 4)

# %% [markdown]
# The last batch is short, and that is where wrong accuracies come from: a tail that is dropped, a tail that is
# filled up with pictures counted twice, an average over batches in which two pictures weigh as much as four. Count
# the right answers, and divide once.
#
# `predict` is any function that takes a batch of pictures and returns their classes, `(n,)` integers.


# %% code="evaluate"
def evaluate(predict, pictures, labels, batch=50):
    """Fraction of pictures that are named right; each picture is seen once, in batches of `batch`, in order.

    predict : a function, (n, 3, H, W) -> (n,) classes; pictures : (N, 3, H, W), labels : (N,)
    ->  accuracy : a number from 0 to 1
    """
    assert len(pictures) == len(labels), f"{len(pictures)} pictures, {len(labels)} labels"
    ### BEGIN SOLUTION
    right = 0
    for start in range(0, len(pictures), batch):
        answers = predict(pictures[start : start + batch])
        right += int(np.sum(answers == labels[start : start + batch]))
    return right / len(pictures)
    ### END SOLUTION
    raise NotImplementedError("lab 3, evaluate: return the accuracy, a number from 0 to 1")


# %% check="evaluate"
check("evaluate")

# %% [markdown]
# Now send five hundred pictures through 44 layers of NumPy. Then comes the interesting part: *which* mistakes does it
# make? Guess two classes that it confuses before you look.


# %% look="accuracy"
def measure(every=2):
    """Accuracy of `mini` on half of the embedded test pictures, and which classes it confuses."""
    net = classifier()
    pictures, labels = data.cifar10("test")
    pictures, labels = pictures[::every], labels[::every]
    advance = show.progress(len(pictures), "pictures")
    answers = []

    def predict(some):
        give(net, some)
        answers.append(classify(net.forward(), 1)[0][:, 0])
        advance(len(some))
        return answers[-1]

    accuracy = evaluate(predict, pictures, labels, batch=50)
    print(f"accuracy: {accuracy:.1%}")
    said = np.concatenate(answers)
    display(show.confusion(labels, said, net.class_names))
    wrong = np.flatnonzero(said != labels)[:10]
    titles = [f"{net.class_names[said[i]]}?\n({net.class_names[labels[i]]})" for i in wrong]
    display(show.gallery(pictures[wrong], titles))


with needs_answers():
    measure()

# %% [markdown]
# ## 8. What does it cost?
#
# *About 70 minutes, moderate.*
#
# Before a network runs on a phone or a new chip, someone counts two things for each layer:
#
# - **multiply-adds**: how many products are summed up for one image. They decide how fast a machine could be at
#   best;
# - **parameters**: how many numbers it has learned, weights *and* biases. They have to be stored, and fetched.
#
# For a convolution, the picture says how many multiply-adds there are. Adding the bias does not count as one.

# %% look="cost_picture"
show.layer_cost()

# %% [markdown]
# Only convolutions and fully connected layers have either; count 0 and 0 for the others. But a convolution does
# not know the size of its input: you have to follow the image through the network, `[C, H, W]` layer by layer.
# Compute height and width separately, by the rule of lab 2: $\lfloor (H + 2p - K) / s \rfloor + 1$. Pooling
# changes them too, without padding.
#
# Use the layers' sizes (`kernel_size`, `channel_in`, `channel_out`, `padding`, `stride`; `num_input`,
# `num_output`), not their weights: nobody loads 550 MB to count. Integers, please.


# %% code="cost"
def cost(layers, input_shape):
    """Count multiply-adds and parameters of each layer, for one picture.

    layers : name -> layer, in order; input_shape : (C, H, W)
    ->  counts : name -> (multiply_adds, parameters), for every layer
    """
    H, W = input_shape[1:]
    counts = {}
    for name, layer in layers.items():
        counts[name] = (0, 0)
        ### BEGIN SOLUTION
        if isinstance(layer, ConvolutionalLayer | MaxPoolingLayer):
            padding = getattr(layer, "padding", 0)
            H = (H + 2 * padding - layer.kernel_size) // layer.stride + 1
            W = (W + 2 * padding - layer.kernel_size) // layer.stride + 1
        if isinstance(layer, ConvolutionalLayer):
            weights = layer.channel_in * layer.kernel_size**2 * layer.channel_out
            counts[name] = (H * W * weights, weights + layer.channel_out)
        elif isinstance(layer, FullyConnectedLayer):
            weights = layer.num_input * layer.num_output
            counts[name] = (weights, weights + layer.num_output)
    return counts
    ### END SOLUTION
    raise NotImplementedError("lab 3, cost: return a dict, name -> (multiply_adds, parameters)")


# %% check="cost"
check("cost")

# %% [markdown]
# Here is the real VGG19 at 224 x 224, built by your `build_model` without a single weight:


# %% look="cost_bars"
def count_vgg19():
    """Multiply-adds and parameters of the official VGG19."""
    net = VGG19.__new__(VGG19)  # no file is read: these are the official sizes
    net.image_size, net.channels, net.hidden = 224, (64, 128, 256, 512, 512), (4096, 4096)
    net.class_names = tuple(map(str, range(1000)))
    net.build_model()
    counts = cost(net.layers, (3, 224, 224))
    multiply_adds, parameters = (sum(column) for column in zip(*counts.values(), strict=True))
    print(f"{multiply_adds / 1e9:.1f} G multiply-adds, {parameters / 1e6:.1f} M parameters")
    print(f"parameters as float32: {4 * parameters / 2**20:.0f} MB")
    display(show.cost_bars(counts))


with needs_answers():
    count_vgg19()

# %% [markdown]
# ### Think about it, in writing
#
# The two charts could hardly be more different. **Why do the fully connected layers hold most of the parameters,
# and the convolutions do most of the multiply-adds? And what does that mean for a machine that runs them?**
#
# A full answer, of some 150 to 250 words, explains the difference from *how often each weight is used* for one
# picture (with your counts for one layer of each kind); says what a machine has to *fetch* and what it has to
# *compute* for each kind, and which of the two makes it wait; says what changes when it runs *many pictures at
# once*, and for which layers; and draws *one consequence*, for a chip, a file or the network itself.

# %% [markdown] written="cost_why"
# **How often is a weight used?** A convolution uses each weight at every position: conv2_2 has 147,584 parameters
# and uses each weight $112 \cdot 112 = 12{,}544$ times, 1.85 G multiply-adds. A fully connected layer uses each
# weight once: fc6 has 102.8 M parameters and as many multiply-adds. Sharing is what makes convolutions small in
# memory and large in work; connecting everything with everything does the opposite. In all, three layers hold 86 %
# of the parameters and do less than 1 % of the multiply-adds.
#
# **What makes a machine wait?** fc6 fetches 411 MB of float32 for 0.1 G multiply-adds: four bytes for each. At 20
# GB/s that is 20 ms, while a core with 20 G multiply-adds a second needs 5 ms: memory is the limit, faster
# arithmetic buys nothing. conv2_2 fetches 0.6 MB of weights and some maps, and computes for 90 ms: arithmetic is
# the limit.
#
# **Many pictures at once.** A batch of 32 fetches the weights of fc6 once and uses each 32 times: nearly 32 times
# less traffic a picture. A convolution already uses its weights thousands of times and gains little.
#
# **A consequence.** To shrink the file, prune or quantise the fully connected layers, or replace them by an
# average over positions, as later networks do. To run faster, work on the convolutions. A chip needs both many
# multipliers near a small fast memory and a wide way to a large one.
#
# === BEGIN MARK SCHEME ===
#
# 10 points; award each part on its own, wording is free.
#
# - 3: weights of a convolution are used at every position, those of a fully connected layer once a picture (2); supported by counts of one layer of each kind or of the whole (1).
# - 3: bytes fetched against multiply-adds computed, for both kinds (2); memory limits the fully connected layers, arithmetic the convolutions (1).
# - 2: a batch fetches weights once for all its pictures (1), which helps the fully connected layers much and the convolutions little (1).
# - 2: a sound consequence with its reason: pruning or quantising fc, global average pooling, on-chip memory, batching, where to spend multipliers.
#
# Only "convolutions share weights", without what follows from it for a machine: 3 points at most.
#
# === END MARK SCHEME ===

# %% [markdown]
# ## 9. Where does the time go?
#
# *About 45 minutes, hard.*
#
# If time followed the multiply-adds, the orange and the blue bars below would be equal. Find the layers that take
# far more time than that. What do they do besides multiplying?


# %% look="time_bars"
def time_layers(times=10):
    """Time every layer of `mini` on one picture, beside its multiply-adds."""
    net = classifier()
    net.load_image(data.photo("cat"))
    counts = cost(net.layers, net.input_image.shape[1:])
    net.layers, seconds = show.stopwatches(net.layers)
    for _ in range(times):
        net.forward()
    display(show.time_bars(seconds, {name: multiply_adds for name, (multiply_adds, _) in counts.items()}))


with needs_answers():
    time_layers()

# %% [markdown]
# The layers of lab 2 were made for **training**. Each keeps its input, since `backward` will ask for it; pooling
# notes which value won in each window; ReLU makes a new array, because the old one is still needed. A network
# that only answers needs none of it. `forward_speedup` is that network: it returns the same probabilities, for a batch
# of inputs, as fast as you can make it. Here are ideas, from cheap to bold:
#
# - A ReLU may write into its own input: `np.maximum(x, 0, out=x)`. Nobody else reads that array. (Except where it
#   is the caller's own. Which layer comes first?)
# - Max pooling $2\times2$ is three `np.maximum` of strided slices, with no winners.
# - Keep `[N, H, W, C]` all the way: img2col then copies all channels of a pixel at once, one product serves the whole
#   batch, and flatten costs nothing.
# - Add up nine products of shifted inputs, instead of making columns.
#
# Everything must stay float32. You get full points up to {forward_speedup.full} times the reference's time, and none
# from {forward_speedup.zero} times on: the fast layers (`type=1`), called in order, are enough. The loops take more
# than a hundred times as long. The check runs your `build_model` and `load_model` too,
# for they decide what runs here.


# %% code="forward_speedup"
@add_to_class(VGG19)
def forward_speedup(self, images):
    """Probabilities for a batch of inputs, as fast as you can; nothing is kept for training.

    images : (N, 3, S, S), mean already subtracted  ->  prob : (N, classes)
    """
    assert images.shape[1:] == (3, self.image_size, self.image_size), images.shape
    ### BEGIN SOLUTION
    current = images
    for name in self.param_layer_name:
        if name.startswith("relu"):
            np.maximum(current, 0, out=current)  # always made by the layer before
        elif name.startswith("pool"):
            rows = np.maximum(current[:, :, 0::2], current[:, :, 1::2])
            current = np.maximum(rows[..., 0::2], rows[..., 1::2])
        else:
            current = self.layers[name].forward(current)
    return current
    ### END SOLUTION
    raise NotImplementedError("lab 3, forward_speedup: return the probabilities, [N, classes]")


# %% check="forward_speedup"
check("forward_speedup")


# %% look="race_picture"
def race(count=8, times=5):
    """Time the plain forward pass against forward_speedup, picture by picture and as one batch."""
    net = classifier()
    give(net, data.cifar10("test")[0][:count])
    images = net.input_image

    def one_by_one():
        for picture in images:
            net.forward_speedup(picture[None])

    ways = {
        "forward": net.forward,
        "forward_speedup, picture by picture": one_by_one,
        f"forward_speedup, a batch of {count}": lambda: net.forward_speedup(images),
    }
    display(show.race(show.timed(ways, times)))


with needs_answers():
    race()

# %% [markdown]
# ## 10. The real one
#
# *About 5 minutes, easy.*
#
# Everything above reads its sizes from the file. So if you have the official weights (`aics fetch official` in a
# terminal says how; it is 550 MB and needs about 2 GB of memory), the same code, unchanged, knows a thousand
# classes.


# %% look="official"
def name_photos(photos=("cat", "coffee", "rocket")):
    """Top-5 of ImageNet's 1000 classes for some photos, with the official weights."""
    net = classifier("official")
    shown, rows = [], []
    for photo in photos:
        net.load_image(data.photo(photo))
        rows.append(classify(net.forward_speedup(net.input_image)))
        shown.append(np.asarray(Image.open(data.photo(photo)).convert("RGB")))
    classes, probabilities = (np.concatenate(column) for column in zip(*rows, strict=True))
    display(show.top_classes(shown, classes, probabilities, net.class_names))


if data.has("official"):
    with needs_answers():
        name_photos()
else:
    print("The official weights are not on this computer: in a terminal, `aics fetch official` says how to get them.")

# %% [markdown]
# ## 11. Take it with you
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
# This cell writes your network to `stu_upload/vgg_cpu.py`, beside the layers that it uses.

# %% look="export"
from aics.notebook.export import export

with needs_answers():
    files = export("lab3_vgg19", globals())
