"""Files in the form of the original course's, right in all that it asks, in both editions; written for these tests."""

from __future__ import annotations

LAYERS_1 = """\
# -*- coding: utf-8 -*-
import numpy as np


class FullyConnectedLayer(object):
    def __init__(self, num_input, num_output):
        self.num_input = num_input
        self.num_output = num_output

    def init_param(self, std=0.01):
        self.weight = std * np.random.randn(self.num_input, self.num_output)
        self.bias = np.zeros((1, self.num_output))

    def load_param(self, weight, bias):
        self.weight = weight
        self.bias = bias

    def forward(self, input):
        self.input = input
        return input @ self.weight + self.bias

    def backward(self, top_diff):
        self.d_weight = self.input.T @ top_diff
        self.d_bias = top_diff.sum(axis=0, keepdims=True)
        return top_diff @ self.weight.T


class ReLULayer(object):
    def forward(self, input):
        self.input = input
        return input * (input > 0)

    def backward(self, top_diff):
        return np.where(self.input >= 0, top_diff, 0.0)


class SoftmaxLossLayer(object):
    def forward(self, input):
        shifted = np.exp(input - input.max(axis=1, keepdims=True))
        self.prob = shifted / shifted.sum(axis=1, keepdims=True)
        return self.prob

    def get_loss(self, label):
        self.onehot = np.eye(self.prob.shape[1])[label]
        return -np.log((self.prob * self.onehot).sum(axis=1) + 1e-300).mean()

    def backward(self):
        return (self.prob - self.onehot) / len(self.prob)
"""

_CONVOLUTION = """
    def init_param(self, std=0.01):
        self.weight = std * np.random.randn(self.channel_in, self.kernel_size, self.kernel_size, self.channel_out)
        self.bias = np.zeros(self.channel_out)

    def load_param(self, weight, bias):
        self.weight = weight
        self.bias = bias

    def padded(self, input):
        self.input = input
        n, c, h, w = input.shape
        p = self.padding
        whole = np.zeros([n, c, h + 2 * p, w + 2 * p])
        whole[:, :, p:p + h, p:p + w] = input
        self.input_pad = whole
        k, s = self.kernel_size, self.stride
        self.height_out = (h + 2 * p - k) DIV s + 1
        self.width_out = (w + 2 * p - k) DIV s + 1
"""

_CONVOLUTION_LOOPS = """
    def FORWARD(self, input):
        self.padded(input)
        k, s = self.kernel_size, self.stride
        output = np.zeros([input.shape[0], self.channel_out, self.height_out, self.width_out])
        for n in range(input.shape[0]):
            for c in range(self.channel_out):
                for i in range(self.height_out):
                    for j in range(self.width_out):
                        window = self.input_pad[n, :, i * s:i * s + k, j * s:j * s + k]
                        output[n, c, i, j] = (window * self.weight[:, :, :, c]).sum() + self.bias[c]
        return output
"""

_BACKWARDS = """
    def backward_raw(self, top_diff):
        k, s, p = self.kernel_size, self.stride, self.padding
        self.d_weight = np.zeros(self.weight.shape)
        self.d_bias = np.zeros(self.bias.shape)
        whole = np.zeros(self.input_pad.shape)
        for n, c, i, j in np.ndindex(*top_diff.shape):
            place = n, slice(None), slice(i * s, i * s + k), slice(j * s, j * s + k)
            self.d_weight[:, :, :, c] += top_diff[n, c, i, j] * self.input_pad[place]
            self.d_bias[c] += top_diff[n, c, i, j]
            whole[place] += top_diff[n, c, i, j] * self.weight[:, :, :, c]
        return whole[:, :, p:p + self.input.shape[2], p:p + self.input.shape[3]]

    def forward_speedup(self, input):
        self.padded(input)
        k, s = self.kernel_size, self.stride
        rows, columns = s * (self.height_out - 1) + 1, s * (self.width_out - 1) + 1
        output = np.zeros([input.shape[0], self.channel_out, self.height_out, self.width_out])
        for i in range(k):
            for j in range(k):
                part = self.input_pad[:, :, i:i + rows:s, j:j + columns:s]
                output += np.einsum("nchw,co->nohw", part, self.weight[:, i, j, :])
        return output + self.bias[:, None, None]

    def backward_speedup(self, top_diff):
        k, s, p = self.kernel_size, self.stride, self.padding
        rows, columns = s * (self.height_out - 1) + 1, s * (self.width_out - 1) + 1
        self.d_weight, self.d_bias = np.zeros(self.weight.shape), top_diff.sum(axis=(0, 2, 3))
        whole = np.zeros(self.input_pad.shape)
        for i in range(k):
            for j in range(k):
                part = self.input_pad[:, :, i:i + rows:s, j:j + columns:s]
                self.d_weight[:, i, j, :] = np.einsum("nchw,nohw->co", part, top_diff)
                whole[:, :, i:i + rows:s, j:j + columns:s] += np.einsum(
                    "nohw,co->nchw", top_diff, self.weight[:, i, j, :])
        return whole[:, :, p:p + self.input.shape[2], p:p + self.input.shape[3]]
"""

_FLATTEN = """

class FlattenLayer(object):
    def __init__(self, input_shape, output_shape):
        self.input_shape = input_shape
        self.output_shape = output_shape
        assert np.prod(self.input_shape) == np.prod(self.output_shape)

    def forward(self, input):
        assert list(input.shape[1:]) == list(self.input_shape)
        rows = np.transpose(input, [0, 2, 3, 1])
        return rows.reshape([rows.shape[0]] + list(self.output_shape))

    def backward(self, top_diff):
        assert list(top_diff.shape[1:]) == list(self.output_shape)
        top_diff = np.transpose(top_diff, [0, 3, 1, 2])
        return top_diff.reshape([top_diff.shape[0]] + list(self.input_shape))
"""

#: Of the labs up to 3.2: no type, no backward, one forward. It is Python 2.
LAYERS_2_FIRST = (
    """\
# coding=utf-8
import numpy as np
import time


class ConvolutionalLayer(object):
    def __init__(self, kernel_size, channel_in, channel_out, padding, stride):
        self.kernel_size = kernel_size
        self.channel_in = channel_in
        self.channel_out = channel_out
        self.padding = padding
        self.stride = stride
        print '\\tConvolution of %d channels, kernel %d.' % (channel_in, kernel_size)
"""
    + (_CONVOLUTION + _CONVOLUTION_LOOPS)
    .replace("DIV", "/")
    .replace("FORWARD", "forward")
    .replace(" range(", " xrange(")
    + """

class MaxPoolingLayer(object):
    def __init__(self, kernel_size, stride):
        self.kernel_size = kernel_size
        self.stride = stride

    def forward(self, input):
        k, s = self.kernel_size, self.stride
        height_out = (input.shape[2] - k) / s + 1
        width_out = (input.shape[3] - k) / s + 1
        output = np.zeros([input.shape[0], input.shape[1], height_out, width_out])
        for i in xrange(height_out):
            for j in xrange(width_out):
                output[:, :, i, j] = input[:, :, i * s:i * s + k, j * s:j * s + k].max(axis=(2, 3))
        return output
"""
    + _FLATTEN[: _FLATTEN.index("\n    def backward")]
)

#: Of lab 3.3, in Python 3: types, both ways back, fast versions.
LAYERS_2 = (
    """\
import numpy as np


class ConvolutionalLayer(object):
    def __init__(self, kernel_size, channel_in, channel_out, padding, stride, type=0):
        self.kernel_size = kernel_size
        self.channel_in = channel_in
        self.channel_out = channel_out
        self.padding = padding
        self.stride = stride
        self.forward = self.forward_speedup if type == 1 else self.forward_raw
        self.backward = self.backward_speedup if type == 1 else self.backward_raw
"""
    + (_CONVOLUTION + _CONVOLUTION_LOOPS + _BACKWARDS).replace("DIV", "//").replace("FORWARD", "forward_raw")
    + """

class MaxPoolingLayer(object):
    def __init__(self, kernel_size, stride, type=0):
        self.kernel_size = kernel_size
        self.stride = stride
        self.forward = self.forward_speedup if type == 1 else self.forward_raw
        self.backward = self.backward_speedup if type == 1 else self.backward_raw_book

    def forward_raw(self, input):
        self.input = input
        k, s = self.kernel_size, self.stride
        self.max_index = np.zeros(input.shape)
        height_out, width_out = (input.shape[2] - k) // s + 1, (input.shape[3] - k) // s + 1
        output = np.zeros([input.shape[0], input.shape[1], height_out, width_out])
        for n, c, i, j in np.ndindex(*output.shape):
            window = input[n, c, i * s:i * s + k, j * s:j * s + k]
            output[n, c, i, j] = window.max()
        return output

    def forward_speedup(self, input):
        self.input = input
        k, s = self.kernel_size, self.stride
        height_out, width_out = (input.shape[2] - k) // s + 1, (input.shape[3] - k) // s + 1
        parts = [input[:, :, i:i + s * (height_out - 1) + 1:s, j:j + s * (width_out - 1) + 1:s]
                 for i in range(k) for j in range(k)]
        self.place = np.argmax(parts, axis=0)
        return np.max(parts, axis=0)

    def backward_raw_book(self, top_diff):
        k, s = self.kernel_size, self.stride
        bottom_diff = np.zeros(self.input.shape)
        for n, c, i, j in np.ndindex(*top_diff.shape):
            window = self.input[n, c, i * s:i * s + k, j * s:j * s + k]
            row, column = np.unravel_index(np.argmax(window), [k, k])
            bottom_diff[n, c, i * s + row, j * s + column] = top_diff[n, c, i, j]
        return bottom_diff

    def backward_speedup(self, top_diff):
        k, s = self.kernel_size, self.stride
        bottom_diff = np.zeros(self.input.shape)
        n, c, i, j = np.indices(top_diff.shape)
        bottom_diff[n, c, i * s + self.place // k, j * s + self.place % k] = top_diff
        return bottom_diff
"""
    + _FLATTEN
)

LAYERS_3 = """\
import numpy as np


class ContentLossLayer(object):
    def forward(self, input_layer, content_layer):
        return ((input_layer - content_layer) ** 2).sum() / (2.0 * input_layer.size)

    def backward(self, input_layer, content_layer):
        return (input_layer - content_layer) / float(input_layer.size)


class StyleLossLayer(object):
    def forward(self, input_layer, style_layer):
        n, c, h, w = input_layer.shape
        self.rows = input_layer.reshape(n, c, h * w)
        style = style_layer.reshape(n, c, h * w)
        self.difference = self.rows @ self.rows.transpose(0, 2, 1) - style @ style.transpose(0, 2, 1)
        self.divisor = float(n * c * c * (h * w) ** 2)
        return (self.difference ** 2).sum() / (4 * self.divisor)

    def backward(self, input_layer, style_layer):
        return (self.difference.transpose(0, 2, 1) @ self.rows / self.divisor).reshape(input_layer.shape)
"""

_NAMES = """
    def names(self, rest):
        found = []
        for block, count in ((1, 2), (2, 2), (3, 4), (4, 4), (5, 4)):
            for number in range(1, count + 1):
                found += ["conv%d_%d" % (block, number), "relu%d_%d" % (block, number)]
            found.append("pool%d" % block)
        return found + list(rest)
"""

_BUILT = """
        self.layers = {}
        before = 3
        for block, count, after in ((1, 2, 64), (2, 2, 128), (3, 4, 256), (4, 4, 512), (5, 4, 512)):
            for number in range(1, count + 1):
                self.layers["conv%d_%d" % (block, number)] = ConvolutionalLayer(3, before, after, 1, 1)
                self.layers["relu%d_%d" % (block, number)] = ReLULayer()
                before = after
            self.layers["pool%d" % block] = MaxPoolingLayer(2, 2)
"""

_VGG_CPU = (
    """

class VGG19(object):
    def __init__(self, param_path="../../imagenet-vgg-verydeep-19.mat"):
        self.param_path = param_path
        self.param_layer_name = tuple(self.names(["flatten", "fc6", "relu6", "fc7", "relu7", "fc8", "softmax"]))
"""
    + _NAMES
    + """
    def build_model(self):
        PRINT("build the network of %d layers" % len(self.param_layer_name))
"""
    + _BUILT
    + """
        self.layers["flatten"] = FlattenLayer([512, 7, 7], [25088])
        self.layers["fc6"] = FullyConnectedLayer(25088, 4096)
        self.layers["relu6"] = ReLULayer()
        self.layers["fc7"] = FullyConnectedLayer(4096, 4096)
        self.layers["relu7"] = ReLULayer()
        self.layers["fc8"] = FullyConnectedLayer(4096, 1000)
        self.layers["softmax"] = SoftmaxLossLayer()
        self.update_layer_list = [name for name in self.layers.keys() if "conv" in name or "fc" in name]

    def init_model(self):
        for name in self.update_layer_list:
            self.layers[name].init_param()

    def load_model(self):
        params = scipy.io.loadmat(self.param_path)
        self.image_mean = np.mean(params["normalization"][0][0][0], axis=(0, 1))
        for idx in range(43):
            name = self.param_layer_name[idx]
            if "conv" in name:
                weight, bias = params["layers"][0][idx][0][0][0][0]
                self.layers[name].load_param(np.transpose(weight, [2, 0, 1, 3]), bias.reshape(-1))
            if idx >= 37 and "fc" in name:
                weight, bias = params["layers"][0][idx - 1][0][0][0][0]
                rows = weight.shape[0] * weight.shape[1] * weight.shape[2]
                self.layers[name].load_param(weight.reshape([rows, weight.shape[3]]), bias)

    def load_image(self, image_dir):
        PRINT("image %s" % image_dir)
        LOADED
        image = np.array(image).astype(np.float32) - self.image_mean
        self.input_image = np.transpose(image[None], [0, 3, 1, 2])

    def forward(self):
        PRINT("inferencing...")
        start = time.time()
        current = self.input_image
        for name in self.param_layer_name:
            current = self.layers[name].forward(current)
        PRINT("took %f s" % (time.time() - start))
        return current

    def evaluate(self):
        prob = self.forward()
        PRINT("id = %d, prob = %f" % (np.argmax(prob[0]), np.max(prob[0])))


if __name__ == "__main__":
    vgg = VGG19()
    vgg.build_model()
    vgg.init_model()
    vgg.load_model()
    vgg.load_image("../../cat1.jpg")
    vgg.evaluate()
"""
)

#: First edition: Python 2, bare imports, scipy.misc.
VGG_CPU_FIRST = (
    """\
# coding:utf-8
import numpy as np
import scipy.io
import scipy.misc
import time
from layers_1 import FullyConnectedLayer, ReLULayer, SoftmaxLossLayer
from layers_2 import ConvolutionalLayer, MaxPoolingLayer, FlattenLayer
"""
    + _VGG_CPU.replace(
        "LOADED",
        "image = scipy.misc.imread(image_dir)\n        image = scipy.misc.imresize(image, [224, 224, 3])",
    )
).replace("PRINT(", "print (")
VGG_CPU_FIRST = VGG_CPU_FIRST.replace('print ("inferencing...")', 'print "inferencing..."').replace(
    'print ("took %f s" % (time.time() - start))', 'print "took %f s" % (time.time() - start)'
)

#: Second edition: Python 3, sys.path and __file__, Pillow with its own choice of a filter.
VGG_CPU = """\
import os
import sys
import time
import numpy as np
import scipy.io
from PIL import Image

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
from layers_1 import FullyConnectedLayer, ReLULayer, SoftmaxLossLayer
from layers_2 import ConvolutionalLayer, MaxPoolingLayer, FlattenLayer
""" + _VGG_CPU.replace("LOADED", "image = Image.open(image_dir).resize((224, 224))").replace("PRINT", "print")

_DEMO = """

class VGG19(object):
    def __init__(self):
        self.net = CARD
        self.input_quant_params = []
        self.filter_quant_params = []

    def build_model(self, param_path="../../vgg19.mat", quant_param_path="../../vgg19_quant_param_new.npz"):
        self.param_path = param_path
        params = np.load(quant_param_path)
        for place in range(0, len(params["input"]), 2):
            self.input_quant_params.append(
                LIBRARY.QuantParam(int(params["input"][place]), float(params["input"][place + 1])))
        for place in range(0, len(params["filter"]), 2):
            self.filter_quant_params.append(
                LIBRARY.QuantParam(int(params["filter"][place]), float(params["filter"][place + 1])))
        self.net.setInputShape(1, 3, 224, 224)
        count = 0
        for block, layers, channels in ((1, 2, 64), (2, 2, 128), (3, 4, 256), (4, 4, 512), (5, 4, 512)):
            for number in range(1, layers + 1):
                name = "%d_%d" % (block, number)
                self.net.createConvLayer("conv" + name, channels, 3, 1, 1, 1, self.input_quant_params[count])
                self.net.createReLuLayer("relu" + name)
                count += 1
            self.net.createPoolingLayer("pool%d" % block, 2, 2)
        self.net.createFlattenLayer("flatten", [1, 25088, 1, 1])
        self.net.createMlpLayer("fc6", 4096, self.input_quant_params[16])
        self.net.createReLuLayer("relu6")
        self.net.createMlpLayer("fc7", 4096, self.input_quant_params[17])
        self.net.createReLuLayer("relu7")
        self.net.createMlpLayer("fc8", 1000, self.input_quant_params[18])
        self.net.createSoftmaxLayer("softmax", 1)

    def load_model(self):
        params = scipy.io.loadmat(self.param_path)
        self.image_mean = np.mean(params["normalization"][0][0][0], axis=(0, 1))
        count = 0
        for idx in range(self.net.size()):
            if "conv" in self.net.getLayerName(idx):
                weight, bias = params["layers"][0][idx][0][0][0][0]
                weight = np.transpose(weight, [3, 2, 0, 1]).flatten().astype(np.float)
            elif "fc" in self.net.getLayerName(idx):
                weight, bias = params["layers"][0][idx - 1][0][0][0][0]
                rows = weight.shape[0] * weight.shape[1] * weight.shape[2]
                weight = np.transpose(weight.reshape([rows, weight.shape[3]]), [1, 0]).flatten().astype(np.float)
            else:
                continue
            bias = bias.reshape(-1).astype(np.float)
            self.net.loadParams(idx, weight, bias, self.filter_quant_params[count])
            count += 1

    def load_image(self, image_dir):
        self.image = image_dir
        image = scipy.misc.imresize(scipy.misc.imread(image_dir), [224, 224, 3]).astype(np.float32)
        self.net.setInputData((image - self.image_mean).flatten().astype(np.float))

    def forward(self):
        return self.net.forward()

    def get_top5(self, label):
        start = time.time()
        self.forward()
        print("inference %f s" % (time.time() - start))
        result = self.net.getOutputData()
        top1, top5 = False, False
        with open("../synset_words.txt", "r") as file:
            labels = file.readlines()
        print("------ Top 5 of " + self.image + " ------")
        prob = sorted(list(result), reverse=True)[:6]
        if result.index(prob[0]) == label:
            top1 = True
        for place in range(5):
            idx = result.index(prob[place])
            if idx == label:
                top5 = True
            print("%f - " % prob[place] + labels[idx].strip())
        return top1, top5
"""

VGG19_DEMO_FIRST = "import pycnml\nimport time\nimport numpy as np\nimport scipy.io, scipy.misc\n" + _DEMO.replace(
    "CARD", "pycnml.CnmlNet(16)"
).replace("LIBRARY", "pycnml")
#: The first edition's calls under the second's name.
VGG19_DEMO_RENAMED = (
    "import pycnnl\nimport time\nimport numpy as np\nimport scipy.io\nfrom scipy import misc\n"
    + _DEMO.replace("CARD", "pycnnl.CnnlNet()").replace("LIBRARY", "pycnnl").replace("scipy.misc.", "misc.")
)

#: Second edition: every shape is told, nothing is quantised, weights in Cout, H, W, Cin and in Cin, Cout order.
VGG19_DEMO = """\
# -*- coding: UTF-8 -*-
import pycnnl
import time
import numpy as np
import os
import scipy.io


class VGG19(object):
    def __init__(self):
        self.net = pycnnl.CnnlNet()
        self.input_quant_params = []
        self.filter_quant_params = []

    def shape(self, *sizes):
        vector = pycnnl.IntVector(len(sizes))
        for place in range(len(sizes)):
            vector[place] = sizes[place]
        return vector

    def build_model(self, param_path="../../imagenet-vgg-verydeep-19.mat"):
        self.param_path = param_path
        self.net.setInputShape(1, 3, 224, 224)
        before, side = 3, 224
        for block, layers, channels in ((1, 2, 64), (2, 2, 128), (3, 4, 256), (4, 4, 512), (5, 4, 512)):
            for number in range(1, layers + 1):
                shape = self.shape(1, before, side, side)
                self.net.createConvLayer("conv%d_%d" % (block, number), shape, channels, 3, 1, 1, 1)
                self.net.createReLuLayer("relu%d_%d" % (block, number))
                before = channels
            self.net.createPoolingLayer("pool%d" % block, self.shape(1, channels, side, side), 2, 2)
            side = side // 2
        for number, inputs, outputs in ((6, 25088, 4096), (7, 4096, 4096), (8, 4096, 1000)):
            shapes = self.shape(1, 1, 1, inputs), self.shape(1, 1, inputs, outputs), self.shape(1, 1, 1, outputs)
            self.net.createMlpLayer("fc%d" % number, *shapes)
            if number < 8:
                self.net.createReLuLayer("relu%d" % number)
        self.net.createSoftmaxLayer("softmax", self.shape(1, 1, 1000), 1)

    def load_model(self):
        params = scipy.io.loadmat(self.param_path)
        self.image_mean = np.mean(params["normalization"][0][0][0], axis=(0, 1))
        for idx in range(self.net.size()):
            if "conv" in self.net.getLayerName(idx):
                weight, bias = params["layers"][0][idx][0][0][0][0]
                weight = np.transpose(weight, [3, 0, 1, 2]).flatten().astype(np.float)
                self.net.loadParams(idx, weight, bias.reshape(-1).astype(np.float))
            if "fc" in self.net.getLayerName(idx):
                weight, bias = params["layers"][0][idx][0][0][0][0]
                weight = weight.reshape([weight.shape[0] * weight.shape[1] * weight.shape[2], weight.shape[3]])
                weight = weight.flatten().astype(np.float)
                self.net.loadParams(idx, weight, bias.reshape(-1).astype(np.float))
""" + _DEMO[_DEMO.index("\n    def load_image") :]

_TRANSFER = (
    """

class VGG19(object):
    def __init__(self, param_path="../../imagenet-vgg-verydeep-19.mat"):
        self.param_path = param_path
        self.param_layer_name = self.names([])
"""
    + _NAMES
    + """
    def build_model(self):
"""
    + _BUILT
    + """
    def forward(self, input_image, layer_list):
        current, features = input_image, {}
        for idx in range(len(self.param_layer_name)):
            current = self.layers[self.param_layer_name[idx]].forward(current)
            if self.param_layer_name[idx] in layer_list:
                features[self.param_layer_name[idx]] = current
        return features

    def backward(self, dloss, layer_name):
        layer_idx = list.index(self.param_layer_name, layer_name)
        for idx in range(layer_idx, -1, -1):
            dloss = self.layers[self.param_layer_name[idx]].backward(dloss)
        return dloss

    def save_image(self, input_image, image_shape, image_dir):
        picture = np.transpose(input_image, [0, 2, 3, 1])[0] + self.image_mean
        picture = np.clip(picture, 0, 255).astype(np.uint8)
        SAVED


def get_random_img(content_image, noise):
    noise_image = np.random.uniform(-20, 20, content_image.shape)
    return noise_image * noise + content_image * (1 - noise)


class AdamOptimizer(object):
    def __init__(self, lr, diff_shape):
        self.beta1, self.beta2, self.eps = 0.9, 0.999, 1e-8
        self.lr, self.step = lr, 0
        self.mt, self.vt = np.zeros(diff_shape), np.zeros(diff_shape)

    def update(self, input, grad):
        self.step += 1
        self.mt = self.beta1 * self.mt + (1 - self.beta1) * grad
        self.vt = self.beta2 * self.vt + (1 - self.beta2) * np.square(grad)
        mt_hat = self.mt / (1 - self.beta1 ** self.step)
        vt_hat = self.vt / (1 - self.beta2 ** self.step)
        return input - self.lr * mt_hat / (np.sqrt(vt_hat) + self.eps)
"""
)

EXP_3_3_FIRST = """\
# coding:utf-8
import numpy as np
import scipy.io
from scipy.misc import imresize, imsave
from layers_1 import ReLULayer
from layers_2 import ConvolutionalLayer, MaxPoolingLayer
from layers_3 import ContentLossLayer, StyleLossLayer
""" + _TRANSFER.replace("SAVED", "imsave(image_dir, imresize(picture, image_shape))")
EXP_3_3 = """\
import os, sys
import numpy as np
import scipy.io
from PIL import Image

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "stu_upload"))
from stu_upload.layers_1 import ReLULayer
from stu_upload.layers_2 import ConvolutionalLayer, MaxPoolingLayer
from stu_upload.layers_3 import ContentLossLayer, StyleLossLayer
""" + _TRANSFER.replace("SAVED", "Image.fromarray(picture).resize((image_shape[1], image_shape[0])).save(image_dir)")

#: What a student of each edition has at the end of the course.
FIRST = {
    "exp_2_1_mnist_mlp/stu_upload/layers_1.py": LAYERS_1,
    "exp_3_1_vgg/stu_upload/layers_2.py": LAYERS_2_FIRST,
    "exp_3_1_vgg/stu_upload/vgg_cpu.py": VGG_CPU_FIRST,
    "exp_3_2/stu_upload/vgg19_demo.py": VGG19_DEMO_FIRST,
    "exp_3_3_style_transfer/stu_upload/layers_2.py": LAYERS_2,
    "exp_3_3_style_transfer/stu_upload/layers_3.py": LAYERS_3,
    "exp_3_3_style_transfer/stu_upload/exp_3_3_style_transfer.py": EXP_3_3_FIRST,
}
SECOND = {
    "stu_upload/layers_1.py": LAYERS_1,
    "stu_upload/layers_2.py": LAYERS_2,
    "stu_upload/layers_3.py": LAYERS_3,
    "stu_upload/vgg_cpu.py": VGG_CPU,
    "stu_upload/vgg19_demo.py": VGG19_DEMO,
    "stu_upload/exp_3_3_style_transfer.py": EXP_3_3,
}
