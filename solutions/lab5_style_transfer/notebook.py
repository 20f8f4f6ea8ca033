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
# # Lab 5: style transfer, watched as it happens
#
# Here is a photo, and here is a painting. Could somebody paint *this* cat with *that* brush? A network can, and it
# was never trained to paint: VGG19 only learned to name things. Nothing in it will be trained today either. All
# its weights stay as they are; what learns is **the image**. You start from noise, ask the network how far it is
# from the cat and how far from the brush, pass the answer back through all layers, not to the weights but down to
# the pixels, and let the pixels take a step. A hundred steps later there is a painting.
#
# L. Gatys, A. Ecker and M. Bethge found this in 2015, and it needs every part that you have built so far:
# convolutions, ReLUs and poolings forward *and* backward, a whole network, and an eye on the time.
#
# **How to work.** As before: fill a stub, run it, run the `check(...)` below it. The questions do not depend on
# one another: a mistake in one costs nothing in the next. (Only `transfer`, the last, runs everything.) An answer may
# use NumPy, Python's standard library, Pillow and `scipy.io`.
#
# **Your network.** The lab starts from lab 2's layers and lab 3's VGG19. What you have finished and exported there is
# used; finished ones stand in for the rest. The next cell says which are in use. Only the answers of this lab are
# graded, with finished layers.

# %% given="setup"
import time
from functools import lru_cache

import numpy as np
from PIL import Image
from threadpoolctl import threadpool_limits

from aics import add_to_class, data, open_lab, start_from
from aics.lab5_style_transfer import pictures as show
from aics.lab5_style_transfer.doubles import features_of
from aics.notebook.needs_answers import needs_answers

start_from("layers", "network")  # your own of earlier labs, or finished ones
from stu_upload.layers_1 import ReLULayer
from stu_upload.layers_2 import ConvolutionalLayer, MaxPoolingLayer
from stu_upload.vgg_cpu import VGG19 as Classifier

check = open_lab("lab5_style_transfer")

# %% look="pictures"
show.photos({"the photo": show.opened(data.photo("cat")), "the painting": show.opened(data.style("scream"))}, columns=2)

# %% [markdown]
# ## 1. What does a layer keep of an image?
#
# *About 10 minutes, easy.*
#
# This is the network of lab 3, up to `pool5`. The layers behind it named things and are left out; with them goes the
# fixed size, because convolutions and poolings take images of any height and width.
#
# One thing is new. In lab 2, `backward` of a convolution computed three gradients: those of its weight, its bias and
# its input. The weights stay as they are, so two of the three are wasted, and they cost half of the time. The
# class below is a convolution that no longer learns; its `backward_input(top_diff)` returns `bottom_diff` and
# computes nothing else. Look at how it does so: *the gradient of a convolution with respect to its input is a
# convolution too*, with the kernels turned by 180 degrees. (Why turned? Take one input pixel; list the outputs
# that it touches, and the entry of the kernel that multiplies it in each.)

# %% look="turned"
show.turned()


# %% given="network"
class FrozenConvolution(ConvolutionalLayer):
    """A 3x3 convolution (padding 1, stride 1) whose weights stay as they are."""

    def load_param(self, weight, bias):
        """Take weight (Cin, 3, 3, Cout) and bias (Cout,), and keep the turned kernels too, from Cout to Cin."""
        super().load_param(weight, bias)
        self.turned = ConvolutionalLayer(3, self.channel_out, self.channel_in, 1, 1, type=1)
        kernels = np.flip(weight, axis=(1, 2)).swapaxes(0, 3)
        self.turned.load_param(np.ascontiguousarray(kernels), np.zeros(self.channel_in, weight.dtype))

    def backward_input(self, top_diff):
        """Pass the gradient down to the input; compute no gradient of the weight or the bias.

        top_diff : (N, Cout, H, W)  ->  bottom_diff : (N, Cin, H, W)
        """
        bottom_diff = self.turned.forward(top_diff)
        self.turned.input = None  # it kept top_diff for a backward pass that never comes
        return bottom_diff


class VGG19(Classifier):
    """The 37 layers of VGG19 up to pool5, for images of any size; nothing in it learns."""

    param_layer_name = Classifier.param_layer_name[:37]

    def read_sizes(self):
        """Read from the file how many layers it has, and the number of channels of the five blocks."""
        entries = self.params["layers"][0]
        self.param_layer_name = self.param_layer_name[: len(entries)]  # a file may end before pool5
        channels = [entries[index][0][0][0][0][0].shape[3] for index in (0, 5, 10, 19, 28) if index < len(entries)]
        self.channels = (*channels, *channels[-1:] * (5 - len(channels)))
        self.image_size, self.hidden, self.class_names = 32, (1, 1), ("",)  # for layers that are left out

    def build_model(self):
        """Build the network of lab 3, keep what comes before flatten, and freeze its convolutions."""
        super().build_model()
        self.layers = {name: self.layers[name] for name in self.param_layer_name}
        for name, layer in self.layers.items():
            if isinstance(layer, ConvolutionalLayer):
                self.layers[name] = FrozenConvolution(3, layer.channel_in, layer.channel_out, 1, 1, type=1)

    def load_image(self, image_dir, image_height, image_width):
        """Read an image file in this size.

        ->  image : (1, 3, image_height, image_width) float32, mean colour subtracted; shape : (H, W, 3) of the file
        """
        with Image.open(image_dir) as file:
            shape = (file.height, file.width, 3)
            rgb = file.convert("RGB").resize((image_width, image_height), Image.Resampling.BILINEAR)
        image = np.array(rgb, np.float32)[None] - np.float32(self.image_mean)
        return np.ascontiguousarray(np.moveaxis(image, 3, 1)), shape


# %% [markdown]
# Which weights should it have? A network that has seen a million large photos knows more about textures than one that
# has seen small ones. The cell takes the best weights that this computer has:
#
# | name | what | how to get it |
# |---|---|---|
# | `official` | VGG19, 550 MB, as in the paper | `aics fetch official` says how |
# | `vgg16-conv` | VGG19's smaller sister, 59 MB, up to pool5 | `aics fetch vgg16-conv` |
# | `vgg16-int8` | embedded: the same sister up to relu4_1, each weight in 8 bits, by lab 4's arithmetic | nothing to do |
# | `mini` | embedded: few channels, trained on CIFAR-10 at 64 x 64 | nothing to do |
#
# `vgg16-int8` ends with `relu4_1`. Where the text below says `relu4_2`, the pictures ask `relu4_1` in its place, and the
# style is asked of four layers instead of five; `LAYERS` says which, and the checks do not depend on it. `mini` is much
# quicker, but do not expect a Munch: a network that has only seen thumbnails of ten things knows colours and short
# strokes, not the long swirls of a brush. (To try another one of them, name it below and run the cell.)

# %% look="weights"
from aics.lab5_style_transfer.weights import USUAL, drop_untrained, weights_here

WEIGHTS = weights_here()[0]
HEIGHT, WIDTH = USUAL[WEIGHTS].longer * 2 // 3, USUAL[WEIGHTS].longer
BETA = USUAL[WEIGHTS].beta  # their features differ in size
LAYERS = USUAL[WEIGHTS].layers  # what the pictures below ask; which of them the lab asks for is said in section 8
(CONTENT,), STYLE = LAYERS["content_layers"], LAYERS["style_layers"]
threadpool_limits(1 if WEIGHTS == "mini" else None)  # for matrices as small as mini's, a second core is in the way


def network(weights=WEIGHTS):
    """Build the network, with its weights."""
    net = VGG19(data.weights(weights))
    net.build_model()
    net.load_model()
    net.params = None  # what is left of the file would only take memory
    drop_untrained(net, weights)
    return net


def both_pictures(net, height, width):
    """Read the photo and the painting in this size."""
    return [net.load_image(file, height, width)[0] for file in (data.photo("cat"), data.style("scream"))]


@lru_cache
def prepared():
    """Read the network, the photo and the painting, once."""
    net = network()
    return net, *both_pictures(net, HEIGHT, WIDTH)


@lru_cache
def small_pictures():
    """Return the network, and the photo and the painting at half the size: a quarter of the time."""
    net = prepared()[0]
    return net, *both_pictures(net, HEIGHT // 2, WIDTH // 2)


def looked_at(image, names):
    """Return the features of an image: what these layers make of it."""
    layers = prepared()[0].layers
    deepest = max(list(layers).index(name) for name in names)
    outputs = features_of(dict(list(layers.items())[: deepest + 1]), image)
    return {name: outputs[name] for name in names}


with needs_answers():
    print(f"{WEIGHTS}: {len(prepared()[0].layers)} layers up to {[*prepared()[0].layers][-1]}; filters of the first:")
    display(show.first_filters(np.moveaxis(prepared()[0].layers["conv1_1"].weight, 0, 2)))

# %% [markdown]
# Now look at what some layers say about the cat. Near the
# input each map is nearly a copy of the image, edge for edge. Deeper down a map says *here is something of my
# kind*, and only roughly where: whether a whisker was brown or grey, one pixel further left or right, is gone.
#
# So which layer would you ask whether two images show **the same thing**, whatever the brush?

# %% look="stages"
with needs_answers():
    net, photo, painting = prepared()
    maps = looked_at(photo, [*STYLE[:3], CONTENT, *STYLE[4:]])
    picture = show.picture_of(photo, net.image_mean)
    display(show.stages(picture, {name: features[0] for name, features in maps.items()}))

# %% [markdown]
# ## 2. Content: the same features
#
# *About 25 minutes, easy.*
#
# Take a layer that is deep enough to forget the brush and not so deep that it forgets the cat: `relu4_2`. Let $Y$
# be its features for the photo and $X$ those for the image that we are making. Half the mean squared difference
# says how far the content is off:
#
# $$L_{\text{content}} = \frac{1}{2\,N C H W} \sum_{n,c,h,w} \left(X_{nchw} - Y_{nchw}\right)^2$$
#
# The loss is one number, for all $N$ images together. Leave $X$ and $Y$ as they are: the gradient is computed from them
# too, and $Y$ is needed in every step.

# %% look="difference"
with needs_answers():
    photo = prepared()[1]
    mirrored, straight = (looked_at(image, [CONTENT])[CONTENT][0] for image in (photo[..., ::-1], photo))
    display(show.difference(mirrored, straight, titles=("X: of the mirrored cat", "Y: of the cat", "X - Y")))


# %% given="content_loss_layer"
class ContentLossLayer:
    """How far features are from those of the photo."""


# %% code="content_loss"
@add_to_class(ContentLossLayer)
def forward(self, input_layer, content_layer):
    """Compare the features X of the image with the features Y of the photo, in one layer.

    input_layer, content_layer : (N, C, H, W)  ->  loss : a number
    """
    assert input_layer.shape == content_layer.shape, f"{input_layer.shape}, {content_layer.shape}"
    ### BEGIN SOLUTION
    return np.sum((input_layer - content_layer) ** 2) / (2 * input_layer.size)
    ### END SOLUTION
    raise NotImplementedError("lab 5, content_loss: return the loss, a number")


# %% check="content_loss"
check("content_loss")

# %% [markdown]
# ### Its gradient
#
# How does the loss change with each feature? That is $\partial L / \partial X$, one entry for each entry of $X$. What
# becomes of the 2 in the denominator? And which sign does the gradient have where $X$ is too large? Leave $X$ and $Y$ as
# they are here, too: the network still needs them on the way down, and a style loss may look at the same layer.


# %% code="content_loss_backward"
@add_to_class(ContentLossLayer)
def backward(self, input_layer, content_layer):
    """Return the gradient of the loss with respect to the features X of the image.

    input_layer, content_layer : (N, C, H, W)  ->  bottom_diff : (N, C, H, W)
    """
    assert input_layer.shape == content_layer.shape, f"{input_layer.shape}, {content_layer.shape}"
    ### BEGIN SOLUTION
    return (input_layer - content_layer) / input_layer.size
    ### END SOLUTION
    raise NotImplementedError("lab 5, content_loss_backward: return bottom_diff, [N, C, H, W]")


# %% check="content_loss_backward"
check("content_loss_backward")

# %% [markdown]
# There is a test that every gradient must pass, and it needs no check from us: move one value a tiny bit up and
# down, look at how the loss changes, and compare. The picture does that for some entries of $X$, with *your*
# `forward` and *your* `backward`. All points lie on the line, or one of the two is wrong.


# %% look="content_gradient"
def some_features():
    """A few features of a corner of the photo, mirrored and as it is, in double precision."""
    photo = prepared()[1][..., :32, :48]
    both = (looked_at(image, [CONTENT])[CONTENT] for image in (photo[..., ::-1], photo))
    return [features[:, :6, :3, :4].astype(np.float64) for features in both]


with needs_answers():
    display(show.gradient_check(ContentLossLayer(), *some_features()))

# %% [markdown]
# ## 3. Style: which features occur together
#
# *About 50 minutes, easy.*
#
# What makes a painting look like *its* painter's work, wherever you look? It is not which thing is where, but what
# goes with what: swirling strokes **with** orange, short dashes **with** blue. Each map of a layer looks for one such
# thing. So ask of each pair of maps $c, d$ how strongly they respond at the same positions, summed over *all* of them:
#
# $$G_{ncd} = \sum_{h,w} X_{nchw}\, X_{ndhw}$$
#
# Each image has one $C \times C$ matrix, its **Gram matrix**. No height and no width is left in it. The picture
# shows what that means: it takes red, green and blue for three maps and shuffles all pixels of the cat.

# %% look="shuffled"
show.shuffled_grams(show.opened(data.photo("cat")), show.opened(data.style("scream")))

# %% [markdown]
# The cat is gone; its colours and how they go together are all there. In deeper layers each map stands for a small
# pattern instead of a colour, and the Gram matrix says which patterns go together.
#
# The sum over all positions is a product of the right two matrices: unfold each map into a row. No loop over
# channels is needed, and the images of a batch must not mix. The matrix is **not** divided by anything here.


# %% code="gram"
def gram_matrix(features):
    """Ask of each pair of maps how strongly they respond at the same positions.

    features : (N, C, H, W)  ->  gram : (N, C, C)
    """
    assert features.ndim == 4, features.shape
    ### BEGIN SOLUTION
    N, C, H, W = features.shape
    rows = features.reshape(N, C, H * W)
    return rows @ rows.transpose(0, 2, 1)
    ### END SOLUTION
    raise NotImplementedError("lab 5, gram: return the Gram matrices, [N, C, C]")


# %% check="gram"
check("gram")

# %% [markdown]
# Here are your Gram matrices of `relu2_1`: for the cat, for the cat upside down, and for two paintings. Compare the
# first two, then the others. (In all four the channels are sorted by their strength for the cat.)

# %% look="grams"
with needs_answers():
    net, photo, painting = prepared()
    another, _ = net.load_image(data.style("wave"), HEIGHT, WIDTH)
    pictures = {
        "the cat": photo,
        "upside down": photo[:, :, ::-1].copy(),
        "The Scream": painting,
        "The Ninth Wave": another,
    }
    grams = {}
    for title, image in pictures.items():
        grams[title] = gram_matrix(looked_at(image, ["relu2_1"])["relu2_1"])[0]
    display(show.grams({t: show.picture_of(image, net.image_mean) for t, image in pictures.items()}, grams))

# %% [markdown]
# ### How far the style is off
#
# Let $G$ be the Gram matrices of the image that we are making and $A$ those of the painting, in one layer:
#
# $$L_{\text{style}} = \frac{1}{4\,N C^2 (HW)^2} \sum_{n,c,d} \left(G_{ncd} - A_{ncd}\right)^2$$
#
# $C^2$ is the number of entries. $(HW)^2$ is there since each entry is a sum over $HW$ positions, and the
# difference is squared: a larger image of the same style should not be further off.


# %% given="style_loss_layer"
class StyleLossLayer:
    """How far the Gram matrices of features are from those of the painting."""


# %% code="style_loss"
@add_to_class(StyleLossLayer)
def forward(self, input_layer, style_layer):
    """Compare the Gram matrices of the image's features with those of the painting's, in one layer.

    input_layer, style_layer : (N, C, H, W)  ->  loss : a number
    """
    assert input_layer.shape == style_layer.shape, f"{input_layer.shape}, {style_layer.shape}"
    ### BEGIN SOLUTION
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    return np.sum(difference**2) / (4 * N * C**2 * (H * W) ** 2)
    ### END SOLUTION
    raise NotImplementedError("lab 5, style_loss: return the loss, a number")


# %% check="style_loss"
check("style_loss")

# %% [markdown]
# ### Its gradient
#
# Feature $X_{nchw}$ takes part in row $c$ and in column $c$ of $G_n$, in each entry times the feature of another map
# at the same position. Collect these terms, and the factor 4 is used up:
#
# $$\frac{\partial L_{\text{style}}}{\partial X_n} = \frac{1}{N C^2 (HW)^2}\,(G_n - A_n)^T X_n \qquad X_n \text{ as } C \times HW$$
#
# Before you write it down: **whose features** are $X$? Two arrays stand ready, the image's and the painting's. Both
# have the right shape, and with the wrong one the loss even falls for a while. A published solution of this lab had
# it wrong. Think of it as the chain rule: with respect to what is this a gradient?


# %% code="style_loss_backward"
@add_to_class(StyleLossLayer)
def backward(self, input_layer, style_layer):
    """Return the gradient of the loss with respect to the features of the image.

    input_layer, style_layer : (N, C, H, W)  ->  bottom_diff : (N, C, H, W)
    """
    assert input_layer.shape == style_layer.shape, f"{input_layer.shape}, {style_layer.shape}"
    ### BEGIN SOLUTION
    N, C, H, W = input_layer.shape
    difference = gram_matrix(input_layer) - gram_matrix(style_layer)
    bottom_diff = difference.transpose(0, 2, 1) @ input_layer.reshape(N, C, H * W)
    return (bottom_diff / (N * C**2 * (H * W) ** 2)).reshape(N, C, H, W)
    ### END SOLUTION
    raise NotImplementedError("lab 5, style_loss_backward: return bottom_diff, [N, C, H, W]")


# %% check="style_loss_backward"
check("style_loss_backward")

# %% look="style_gradient"
with needs_answers():
    display(show.gradient_check(StyleLossLayer(), *some_features()))

# %% [markdown]
# ## 4. Up the network, and down again
#
# *About 45 minutes, moderate.*
#
# Content asks one layer, style asks five. `forward` runs an image through the network once and returns the
# features of all layers that were asked for, as a dict. You know it from lab 3, but a transfer runs it hundreds
# of times: it **stops at the deepest** layer that was asked for. The list may be in any order.


# %% code="vgg_forward_layers"
@add_to_class(VGG19)
def forward(self, input_image, layer_list):
    """Run the layers in order on an image, as far as needed.

    input_image : (N, 3, H, W); layer_list : names, in any order, such as ["relu4_2", "relu1_1"]
    ->  features : a dict with these names only, name -> output of that layer
    """
    unknown = set(layer_list) - set(self.param_layer_name)
    assert not unknown, f"no such layers: {unknown}"
    ### BEGIN SOLUTION
    features, current = {}, input_image
    for name in self.param_layer_name:
        current = self.layers[name].forward(current)
        if name in layer_list:
            features[name] = current
        if len(features) == len(set(layer_list)):
            break
    return features
    ### END SOLUTION
    raise NotImplementedError("lab 5, vgg_forward_layers: return a dict, name -> features")


# %% check="vgg_forward_layers"
check("vgg_forward_layers")

# %% [markdown]
# Now down again. A loss layer hands over `dloss`, the gradient with respect to the **output** of the layer
# `layer_name`. Pass it through that layer, then through the one before, and so on to the very first; what comes out
# at the end is the gradient with respect to the image. Each layer remembers what it saw in the last `forward`.
#
# Convolutions pass it down by `backward_input`, without the gradients that nobody needs; ReLUs and poolings by
# `backward`. (The check looks whether any convolution computed a `d_weight`.)


# %% code="vgg_backward_from"
@add_to_class(VGG19)
def backward(self, dloss, layer_name):
    """Pass a gradient from the output of one layer down to the image.

    dloss : the shape of that layer's output  ->  image_diff : (N, 3, H, W)
    """
    assert layer_name in self.layers, f"no such layer: {layer_name}"
    ### BEGIN SOLUTION
    depth = self.param_layer_name.index(layer_name)
    for name in self.param_layer_name[depth::-1]:
        layer = self.layers[name]
        dloss = layer.backward_input(dloss) if name.startswith("conv") else layer.backward(dloss)
    return dloss
    ### END SOLUTION
    raise NotImplementedError("lab 5, vgg_backward_from: return the gradient of the image, [N, 3, H, W]")


# %% check="vgg_backward_from"
check("vgg_backward_from")

# %% [markdown]
# What can one do with a gradient of the image, even without a loss? Ask a single entry of a layer's output *which
# pixels could change you?* The answer is: those where its gradient is not zero. *Guess first: how wide is the patch
# that one entry of `relu4_1` looks at?*

# %% look="fields"
with needs_answers():
    net, photo, painting = prepared()
    fields = {}
    for name in ("relu1_2", "relu2_2", "relu3_2", "relu4_1"):
        features = net.forward(photo, [name])[name]
        one = np.zeros_like(features)
        middle = features[0, :, features.shape[2] // 2, features.shape[3] // 2]
        one[0, middle.argmax(), features.shape[2] // 2, features.shape[3] // 2] = 1
        fields[name] = net.backward(one, name)[0]
    display(show.receptive_fields(show.picture_of(photo, net.image_mean), fields))

# %% [markdown]
# ## 5. A noisy start
#
# *About 15 minutes, easy.*
#
# Where should the image start? If it starts from the photo, it may never leave it; from pure noise, it takes long to
# find the cat. So mix the two: a fraction `noise` of each value is drawn uniformly from -20 to 20, and the rest comes
# from the photo. (Both have the mean colour subtracted, so that 0 is nearly grey.)
#
# $$\text{image} = \text{noise} \cdot U(-20, 20) + (1 - \text{noise}) \cdot \text{content}$$
#
# Draw every entry of the image on its own, anew at each call, with NumPy. The photo itself must stay as it is:
# it is needed again.


# %% code="random_image"
def get_random_img(content_image, noise):
    """Mix the photo with uniformly distributed noise.

    content_image : (N, 3, H, W), mean subtracted; noise : from 0 (the photo) to 1 (noise)  ->  (N, 3, H, W)
    """
    assert 0 <= noise <= 1, noise
    ### BEGIN SOLUTION
    drawn = np.random.uniform(-20, 20, content_image.shape).astype(content_image.dtype)
    return drawn * noise + content_image * (1 - noise)
    ### END SOLUTION
    raise NotImplementedError("lab 5, random_image: return the start, the shape of content_image")


# %% check="random_image"
check("random_image")

# %% look="noises"
with needs_answers():
    net, photo, painting = prepared()
    starts = {f"noise {noise}": get_random_img(photo, noise) for noise in (0.0, 0.3, 0.5, 0.8, 1.0)}
    display(show.photos({t: show.picture_of(image, net.image_mean) for t, image in starts.items()}, columns=5))

# %% [markdown]
# ## 6. Adam: steps that know how long to be
#
# *About 25 minutes, easy.*
#
# The plain rule, *image minus learning rate times gradient*, has a hard time here: some pixels have gradients a
# thousand times as large as others. Adam (D. Kingma and J. Ba, 2015) gives each entry a step length of its own. It
# keeps two running means of each entry's gradient $g$, of its value and of its square, both 0 at the start:
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1)\, g \qquad v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2$$
#
# As they start from 0 they are too small at first; in step $t = 1, 2, \dots$ that is corrected by
#
# $$\hat m = \frac{m}{1 - \beta_1^{\,t}} \qquad \hat v = \frac{v}{1 - \beta_2^{\,t}} \qquad
# \text{input} \leftarrow \text{input} - \text{lr} \cdot \frac{\hat m}{\sqrt{\hat v} + \epsilon}$$
#
# *How long is the first step of an entry whose gradient is 0.00001, and of one whose gradient is 1000?* Gradients of
# images are tiny, which is why it matters that $\epsilon$ stands outside the root.
#
# `self.step` counts the updates; `self.mt` and `self.vt` keep the means from one update to the next.


# %% given="adam_optimizer"
class AdamOptimizer:
    """Gives each entry a step length of its own."""

    def __init__(self, lr, diff_shape):
        self.beta1, self.beta2, self.eps = 0.9, 0.999, 1e-8
        self.lr = lr
        self.mt = np.zeros(diff_shape, np.float32)
        self.vt = np.zeros(diff_shape, np.float32)
        self.step = 0


# %% code="adam"
@add_to_class(AdamOptimizer)
def update(self, input, grad):
    """Take one step down the gradient; keep self.mt, self.vt and self.step for the next.

    input, grad : the same shape  ->  the new input
    """
    assert input.shape == grad.shape == self.mt.shape, f"{input.shape}, {grad.shape}, {self.mt.shape}"
    ### BEGIN SOLUTION
    self.step += 1
    self.mt = self.beta1 * self.mt + (1 - self.beta1) * grad
    self.vt = self.beta2 * self.vt + (1 - self.beta2) * grad**2
    mean = self.mt / (1 - self.beta1**self.step)
    square = self.vt / (1 - self.beta2**self.step)
    return input - self.lr * mean / (np.sqrt(square) + self.eps)
    ### END SOLUTION
    raise NotImplementedError("lab 5, adam: return the new input, the shape of input")


# %% check="adam"
check("adam")

# %% [markdown]
# This valley is steep across and nearly flat along its length. Plain steps that are short enough for the steep
# direction hardly move along the flat one; your Adam does not care how steep it is.

# %% look="valley"
with needs_answers():
    display(show.valley(AdamOptimizer(0.25, (2,)).update))

# %% [markdown]
# ## 7. Back to a file
#
# *About 25 minutes, easy.*
#
# This is `load_image` in reverse. Given an image `(1, 3, H, W)`, add the mean colour (`self.image_mean`, red,
# green, blue), put the axes into a file's order, and make bytes of it: clip what lies below 0 or above 255, and
# **round** the rest (`astype` alone cuts the decimals off, and `300` becomes `44`). Then resize it bilinearly to the
# photo's original size, and save it.
#
# There are two traps. `image_shape` is `(height, width, 3)`, but Pillow asks for `(width, height)`. And the image to
# save is the **argument**: `self.input_image`, if there is one, is some image that the network saw before.

# %% look="levels"
show.byte_conversion()


# %% code="save_image"
@add_to_class(VGG19)
def save_image(self, input_image, image_shape, image_dir):
    """Save an image as a file of the original size.

    input_image : (1, 3, H, W), mean subtracted; image_shape : (height, width, 3) of the file; image_dir : its path
    """
    assert input_image.shape[:2] == (1, 3), input_image.shape
    # This one returns nothing: delete the last line once the file is written.
    ### BEGIN SOLUTION
    pixels = input_image[0].transpose(1, 2, 0) + self.image_mean
    pixels = np.round(np.clip(pixels, 0, 255)).astype(np.uint8)
    height, width = image_shape[:2]
    Image.fromarray(pixels).resize((width, height), Image.Resampling.BILINEAR).save(image_dir)
    return
    ### END SOLUTION
    raise NotImplementedError("lab 5, save_image: write the image to image_dir")


# %% check="save_image"
check("save_image")

# %% look="saved"
with needs_answers():
    net, photo, painting = prepared()
    shape = net.load_image(data.photo("cat"), HEIGHT, WIDTH)[1]
    net.save_image(get_random_img(photo, 0.3), shape, "start.png")
    display(
        show.photos({"the photo": show.opened(data.photo("cat")), "start.png": show.opened("start.png")}, columns=2)
    )

# %% [markdown]
# ## 8. One step
#
# *About 45 minutes, hard.*
#
# All parts are there. What the image should become is kept in one object:
#
# | attribute | meaning |
# |---|---|
# | `goal.net` | the network |
# | `goal.content` | name -> features of the **photo**, for each content layer |
# | `goal.style` | name -> features of the **painting**, for each style layer |
# | `goal.alpha`, `goal.beta` | how much content and style count |
# | `goal.content_loss`, `goal.style_loss` | a `ContentLossLayer` and a `StyleLossLayer` |
#
# The total loss weighs the **mean** over the content layers against the **mean** over the style layers:
#
# $$L = \alpha \cdot \frac{1}{|\text{content}|}\sum_{l \in \text{content}} L_{\text{content}}^{(l)} + \beta \cdot \frac{1}{|\text{style}|}\sum_{l \in \text{style}} L_{\text{style}}^{(l)}$$
#
# One step of the transfer:
#
# 1. run the image forward, once, to all layers of both kinds;
# 2. ask the loss layers for the loss in each layer, and for its gradient with respect to the features;
# 3. pass each gradient down to the image and add them up, **each with its weight in $L$**: $\alpha$ or $\beta$,
#    divided by the number of layers of its kind;
# 4. let the optimizer take a step.
#
# For step 3 you can call `net.backward(dloss, name)` for each layer and add up, or collect the weighted gradients in
# a dict and call `net.backward_all(dlosses)`, which does the same: the cell below defines it. (A layer may be of both
# kinds; then its two gradients add up.)

# %% look="one_step"
show.one_step()


# %% given="goal"
#: Layers that say what is in an image, and layers that say how it is painted.
CONTENT_LAYERS = ("relu4_2",)
STYLE_LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1")


class Goal:
    """What an image should become: content like the photo's, style like the painting's."""

    def __init__(self, net, content, style, alpha=1, beta=500):
        self.net = net
        self.content, self.style = content, style
        self.alpha, self.beta = alpha, beta
        self.content_loss, self.style_loss = ContentLossLayer(), StyleLossLayer()


@add_to_class(VGG19)
def backward_all(self, dlosses):
    """Pass the gradients of several layers down to the image, one after another, and add them up.

    dlosses : name -> gradient of that layer's output  ->  image_diff : (N, 3, H, W)
    """
    return sum(self.backward(dloss, name) for name, dloss in dlosses.items())


# %% code="transfer_step"
def transfer_step(goal, optimizer, image):
    """Take one step towards the goal.

    goal : Goal; optimizer : with update(input, grad), to be called once; image : (1, 3, H, W)
    ->  the new image, and the losses of the old one: (total, content, style), three numbers
    """
    assert image.ndim == 4, image.shape
    ### BEGIN SOLUTION
    features = goal.net.forward(image, [*goal.content, *goal.style])
    dlosses, means = {}, []
    for weight, layer, targets in (
        (goal.alpha, goal.content_loss, goal.content),
        (goal.beta, goal.style_loss, goal.style),
    ):
        losses = []
        for name, target in targets.items():
            losses.append(layer.forward(features[name], target))
            share = weight / len(targets) * layer.backward(features[name], target)
            dlosses[name] = dlosses.get(name, 0) + share
        means.append(np.mean(losses))
    content, style = means
    image = optimizer.update(image, goal.net.backward_all(dlosses))
    return image, (goal.alpha * content + goal.beta * style, content, style)
    ### END SOLUTION
    raise NotImplementedError("lab 5, transfer_step: return the new image and (total, content, style)")


# %% check="transfer_step"
check("transfer_step")

# %% [markdown]
# Which way do the two pull? The picture shows where a step goes from a noisy start, once for the content alone and
# once for the style alone. Where do they disagree?

# %% look="pulls"
with needs_answers():

    class Keep:
        """An optimizer that keeps the gradient and stays where it is."""

        def update(self, input, grad):
            self.grad = grad
            return input

    net, photo, painting = prepared()
    start, pulls = get_random_img(photo, 0.5), {}
    for title, alpha, beta in (("content pulls here", 1, 0), ("style pulls here", 0, 1)):
        keep = Keep()
        content, style = net.forward(photo, [CONTENT]), net.forward(painting, STYLE)
        transfer_step(Goal(net, content, style, alpha, beta), keep, start)
        pulls[title] = -keep.grad[0]
    display(show.pulls(show.picture_of(start, net.image_mean), pulls))

# %% [markdown]
# ## 9. All the way down, once
#
# *About 45 minutes, moderate.*
#
# Six layers have something to say, and `backward_all` walks down six times, through `conv1_1` six times, through
# `conv1_2` five times, ... But gradients add up, and a layer makes of a sum the sum of what it makes of the parts.

# %% look="passes"
show.passes(["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu4_2", "relu5_1"])

# %% [markdown]
# So walk down **once**, from the deepest layer that has a gradient, and add the others where you pass them.
# The result is the same; the time is that of one walk. You get full points up to {one_backward.full} times the
# reference's time, none from {one_backward.zero} times on. A walk for each layer takes about five times as long.
#
# Mind the place: a gradient belongs to the layer's **output**, so is it added before or after you pass through the
# layer? Mind the order: a dict comes as it was filled, and the deepest is not always last. And mind whose arrays you
# add into: the caller may want them again.


# %% code="one_backward"
@add_to_class(VGG19)
def backward_once(self, dlosses):
    """Pass the gradients of several layers down to the image, in one walk from the deepest of them.

    dlosses : name -> gradient of that layer's output  ->  image_diff : (N, 3, H, W)
    """
    assert dlosses, "no gradients"
    ### BEGIN SOLUTION
    flow = None
    for name in reversed(self.param_layer_name):
        if name in dlosses:
            flow = dlosses[name] if flow is None else flow + dlosses[name]
        if flow is not None:
            layer = self.layers[name]
            flow = layer.backward_input(flow) if name.startswith("conv") else layer.backward(flow)
    return flow
    ### END SOLUTION
    raise NotImplementedError("lab 5, one_backward: return the gradient of the image, [N, 3, H, W]")


# %% check="one_backward"
check("one_backward")

# %% [markdown]
# If both ways agree, this cell lets yours take over: from here on `backward_all` is `backward_once`.


# %% look="switch"
def compare_walks(times=3):
    """Time both ways to walk down, and let yours take over if they agree."""
    net, photo, _ = small_pictures()
    several_walks = vars(VGG19).get("several_walks", VGG19.backward_all)
    features = net.forward(photo, list(dict.fromkeys([CONTENT, *STYLE])))
    rng = np.random.default_rng(0)
    dlosses = {name: rng.standard_normal(maps.shape).astype(np.float32) for name, maps in features.items()}
    ways = {"a walk for each layer": several_walks, "one walk": VGG19.backward_once}
    several, one = (walk(net, dlosses) for walk in ways.values())
    display(show.race(show.timed({title: lambda walk=walk: walk(net, dlosses) for title, walk in ways.items()}, times)))
    if np.allclose(one, several, atol=1e-4 * np.abs(several).max()):
        VGG19.several_walks, VGG19.backward_all = several_walks, VGG19.backward_once
        print("They agree: backward_all is one walk now.")
    else:
        print("They do not agree, so nothing changes.")


with needs_answers():
    compare_walks()

# %% [markdown]
# ## 10. The transfer
#
# *About 30 minutes, moderate.*
#
# Write two functions. `begin_transfer` gets everything ready:
#
# - the features of the photo in the content layers, those of the painting in the style layers, and a `Goal` of them;
# - an `AdamOptimizer` for an image of this shape;
# - the image to start from.
#
# `transfer` begins, takes `steps` steps, and returns the image and what the losses were before each step.


# %% code="transfer"
def begin_transfer(
    net,
    photo,
    painting,
    *,
    alpha=1,
    beta=500,
    lr=1.0,
    noise=0.5,
    content_layers=CONTENT_LAYERS,
    style_layers=STYLE_LAYERS,
):
    """Get everything ready for a transfer.

    photo, painting : (1, 3, H, W), mean subtracted
    ->  goal, optimizer, image : a Goal, an AdamOptimizer, and the image to start from
    """
    ### BEGIN SOLUTION
    content = net.forward(photo, content_layers)
    style = net.forward(painting, style_layers)
    goal = Goal(net, content, style, alpha, beta)
    return goal, AdamOptimizer(lr, photo.shape), get_random_img(photo, noise)
    ### END SOLUTION
    raise NotImplementedError("lab 5, transfer: return goal, optimizer and image")


def transfer(net, photo, painting, steps=100, **choices):
    """Give the photo the painting's style.

    choices : what begin_transfer takes by keyword
    ->  image : (1, 3, H, W), losses : (steps, 3), the total, content and style loss before each step
    """
    ### BEGIN SOLUTION
    goal, optimizer, image = begin_transfer(net, photo, painting, **choices)
    losses = []
    for _ in range(steps):
        image, loss = transfer_step(goal, optimizer, image)
        losses.append(loss)
    return image, np.array(losses)
    ### END SOLUTION
    raise NotImplementedError("lab 5, transfer: return the image and the losses, [steps, 3]")


# %% check="transfer"
check("transfer")

# %% [markdown]
# ## 11. Watch it
#
# *About 10 minutes, easy.*
#
# A transfer of a hundred steps takes a while, so watch it as it grows: the image and the losses are drawn anew two or
# three times a second. The first cell begins a run, with the course's choices but a larger learning rate. The second
# one goes on with it. **Stop it when you like** (Kernel > Interrupt, or the square button) and look at it in peace;
# **run the second cell again**, and it goes on where it was, without losing a step. Run the first one to begin anew.

# %% look="begin"
from aics.lab5_style_transfer.picture_run import PictureRun


def begin_run(photo, painting, **choices):
    """Begin a run of your transfer that can be watched, stopped and continued."""
    goal, optimizer, image = begin_transfer(prepared()[0], photo, painting, **LAYERS, **choices)
    return PictureRun(lambda image: transfer_step(goal, optimizer, image), image, optimizer)


run = None
with needs_answers():
    net, photo, painting = prepared()
    run = begin_run(photo, painting, lr=4.0, beta=BETA)
    print(run)

# %% look="watch"
with needs_answers():
    if run:
        show.watch_transfer(run, 40, net.image_mean)
        print(run.pace)

# %% [markdown]
# Here is a film strip of it. At which step is the cat there, and at which the brush? What comes last?

# %% look="film"
with needs_answers():
    if run:
        display(show.film_strip(run.film, net.image_mean))

# %% [markdown]
# Save the result in the photo's own size (with `save_image`, as `painted.png`), and the run itself. To go on with it
# tomorrow, write in a cell of your own below the first one of this section:
#
# ```python
# net, photo, painting = prepared()
# goal, optimizer, _ = begin_transfer(net, photo, painting, lr=4.0, beta=BETA, **LAYERS)
# run = PictureRun.load("cat.run", lambda image: transfer_step(goal, optimizer, image), optimizer)
# ```

# %% look="keep"
with needs_answers():
    if run:
        shape = net.load_image(data.photo("cat"), HEIGHT, WIDTH)[1]
        net.save_image(run.image, shape, "painted.png")
        run.save("cat.run")
        shown = {"the photo": data.photo("cat"), "painted.png": "painted.png"}
        display(show.photos({title: show.opened(file) for title, file in shown.items()}, columns=2))

# %% [markdown]
# ## 12. Choices
#
# *About 10 minutes, easy.*
#
# $\alpha$ and $\beta$ say how much content and style count. Only their ratio decides where the image goes (why? and
# why does their size not even change the length of Adam's steps?). Guess how the corners of this grid look before it
# is drawn: rows change the weight of the style, columns the noise of the start.


# %% look="grid"
with needs_answers():
    net, *small = small_pictures()
    show.compare_parameters(
        lambda beta, noise: transfer(net, *small, steps=20, lr=6.0, beta=beta, noise=noise, **LAYERS)[0],
        rows=("beta", [BETA / 100, BETA / 10, BETA]),
        columns=("noise", [0.0, 0.5, 1.0]),
        mean=net.image_mean,
    )

# %% [markdown]
# And what does one layer alone keep? Start from pure noise and count nothing but the content, in one layer.


# %% look="layers_keep"
def rebuilt(net, photo, painting, layer, noise):
    """Begin with noise, and count only what this layer says of the photo; the network runs up to this layer."""
    layers = {"content_layers": [layer], "style_layers": [layer]}
    return transfer(net, photo, painting, steps=40, lr=5.0, beta=0, noise=noise, **layers)[0]


with needs_answers():
    net, *small = small_pictures()
    show.compare_parameters(
        lambda layer, noise: rebuilt(net, *small, layer, noise),
        rows=("noise", [1.0]),
        columns=("layer", [*STYLE[:3], CONTENT, *STYLE[4:]]),
        mean=net.image_mean,
    )

# %% [markdown]
# ## 13. Your own pictures
#
# *About 45 minutes, moderate.*
#
# Any two pictures work, in any size: put their files beside this notebook, write their names and a height here, and
# run the cell. It says first how much memory the run will need. (Time and memory grow with the number of pixels.)

# %% look="own"
from aics.lab5_style_transfer.memory import estimate_memory


def own_run(photo_file, painting_file, height, **choices):
    """Begin a run on your own pictures; the width follows from the photo."""
    net = prepared()[0]
    original = show.opened(photo_file)
    width = round(height * original.shape[1] / original.shape[0])
    print(estimate_memory(net.layers, height, width))
    images = [net.load_image(file, height, width)[0] for file in (photo_file, painting_file)]
    return begin_run(*images, **choices), original.shape


with needs_answers():
    own, own_shape = own_run(data.photo("coffee"), data.style("wave"), 96, lr=4.0, beta=BETA)
    show.watch_transfer(own, 30, prepared()[0].image_mean)
    prepared()[0].save_image(own.image, own_shape, "own.png")

# %% [markdown]
# Is it too slow? Two thirds of a step are convolutions, and there are quicker ways than lab 2's matrix product.
# `aics.layers.fast` has layers that compute the same (compare!). Where there are many channels they take about half of
# the time, so that a step is as fast as PyTorch's on the same cores. Write `net.layers = fast_layers(net.layers)`, and
# everything above uses them.

# %% look="fast"
from aics.layers.fast import fast_layers


def up_and_down(layers, x):
    """Run an image through all layers, and the output back through all of them."""
    for layer in layers:
        x = layer.forward(x)
    for layer in reversed(layers):
        x = (layer.backward_input if hasattr(layer, "backward_input") else layer.backward)(x)
    return x


def compare_layers(times=3):
    """Time one pass up and down, with lab 2's layers and with fast ones, and say how far apart the gradients are."""
    net, photo, _ = prepared()
    both = {"layers of lab 2": list(net.layers.values()), "fast layers": list(fast_layers(net.layers).values())}
    answers = [up_and_down(layers, photo) for layers in both.values()]
    ways = {title: lambda layers=layers: up_and_down(layers, photo) for title, layers in both.items()}
    display(show.race(show.timed(ways, times)))
    print(f"The gradients differ by {np.abs(answers[1] - answers[0]).max() / np.abs(answers[0]).max():.0e} at most.")


with needs_answers():
    compare_layers()

# %% [markdown]
# ### Think about it, in writing
#
# **Why does the Gram matrix hold the style of a picture and not its content, and what does the noise do at the
# start?**
#
# A full answer, of some 150 to 250 words, says *what is left out* when a Gram matrix is computed and what stays
# (use the shuffled cat); why *several layers* are asked for the style and *one deep layer* for the content; what
# would happen *without noise* and with *noise alone* (use your grid), and whether noise decides *where* the run ends
# or only *how* it gets there; and *one thing that this loss cannot see*, something a person would call style.

# %% [markdown] written="style_why"
# **What is left out?** $G_{cd}$ sums products over all positions, so nothing in it says where they came from: any
# permutation of the positions gives the same matrix. The shuffled cat has its old matrix of colours, but the
# cat is gone. What stays is which features respond, how strongly, and which of them respond at the same positions. A
# feature is a small pattern, so "orange together with curved edges" survives, and "an ear at the upper left" does not.
#
# **Why several layers, and why one?** A texture has several scales: relu1_1 sees colours and edges of three pixels,
# relu5_1 patterns of a hundred. Each holds a part of the style. Content should fix what is where and nothing else;
# a shallow layer would fix every pixel, and with it the brush. A deep layer forgets exact colours and edges, and
# leaves room for the style.
#
# **The noise.** Without it the run starts at a content loss of 0: the style has to push the image out of it, and
# it stays near the photo's own texture. From noise alone no edge stands in the way, but the content must be found,
# which takes more steps. Both losses are the same either way; but they have many minima, and the start decides which
# of them is found. So it matters for both.
#
# **What it cannot see.** Composition: that the figure stands at the front and the sky at the top. Sums over all
# positions cannot tell.
#
# === BEGIN MARK SCHEME ===
#
# 10 points; award each part on its own, wording is free.
#
# - 3: positions are summed over, so that any shuffling keeps the matrix (1); joint answers of features stay (1); supported by the shuffled picture or an equal argument (1).
# - 3: several layers hold patterns of several sizes (1); a deep layer keeps what and roughly where (1), and leaves edges and colours open for the style (1).
# - 2: without noise the start lies at the photo and hardly leaves its texture, from pure noise content takes longer (1); the start changes which low place is found, not the loss (1).
# - 2: a sound limit with its reason: composition, large shapes beyond the receptive field, the meaning of things, the order of strokes.
#
# Only "the Gram matrix has no positions", without what stays in it: 3 points at most.
#
# === END MARK SCHEME ===

# %% [markdown]
# ## 14. Take it with you
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
# This cell writes your losses to `stu_upload/layers_3.py` and the transfer to
# `stu_upload/exp_3_3_style_transfer.py`, beside the files that they use.

# %% look="export"
from aics.notebook.export import export

with needs_answers():
    files = export("lab5_style_transfer", globals())

# %% [markdown]
# ### The studio
#
# Here is your code as something to play with, or to show: choose two pictures, start, watch, stop, go on, save. In a
# terminal, `aics studio` opens the same as a page of its own, with the files that the cell above wrote.

# %% look="studio"
from aics.lab5_style_transfer.studio import open_studio

open_studio(globals())
