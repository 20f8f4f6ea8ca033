"""lab3_vgg19: VGG19, fc_order, classify, evaluate, cost.

Written by aics.notebook.export from the notebook; change the notebook and export again.
"""

from stu_upload.layers_1 import FullyConnectedLayer
from stu_upload.layers_1 import ReLULayer
from stu_upload.layers_1 import SoftmaxLossLayer
from stu_upload.layers_2 import ConvolutionalLayer
from stu_upload.layers_2 import FlattenLayer
from stu_upload.layers_2 import MaxPoolingLayer
import PIL.Image as Image
import numpy as np
import scipy


def entry(params, index):
    """Weight and bias of one entry of the file: [H, W, Cin, Cout] and (1, Cout)."""
    weight, bias = params["layers"][0][index][0][0][0][0]
    return weight, bias


class VGG19:
    """VGG19 of any width: 16 convolutions, 3 fully connected layers, and what stands between them.

    After build_model, `layers` holds them by name; after load_image, `input_image` the picture.
    """

    param_layer_name = ('conv1_1', 'relu1_1', 'conv1_2', 'relu1_2', 'pool1', 'conv2_1', 'relu2_1', 'conv2_2', 'relu2_2', 'pool2', 'conv3_1', 'relu3_1', 'conv3_2', 'relu3_2', 'conv3_3', 'relu3_3', 'conv3_4', 'relu3_4', 'pool3', 'conv4_1', 'relu4_1', 'conv4_2', 'relu4_2', 'conv4_3', 'relu4_3', 'conv4_4', 'relu4_4', 'pool4', 'conv5_1', 'relu5_1', 'conv5_2', 'relu5_2', 'conv5_3', 'relu5_3', 'conv5_4', 'relu5_4', 'pool5', 'flatten', 'fc6', 'relu6', 'fc7', 'relu7', 'fc8', 'softmax')

    def __init__(self, param_path):
        self.param_path = param_path
        self.params = scipy.io.loadmat(param_path)
        self.read_sizes()

    def read_sizes(self):
        """Take from the file what differs between VGG19s: widths, names of classes, the picture's size."""
        widths = [entry(self.params, index)[0].shape[3] for index in (0, 5, 10, 19, 28, 37, 39)]
        self.channels, self.hidden = tuple(widths[:5]), tuple(widths[5:])
        self.image_size = self.params["normalization"][0][0][0].shape[0]
        described = self.params["classes"][0][0]["description"]
        self.class_names = tuple(str(np.ravel(name)[0]) for name in np.ravel(described))

    def build_model(self):
        """Fill self.layers: the name of each layer -> the layer, 44 of them, in order."""
        self.layers = {}
        positions = self.image_size // 32  # height and width after five poolings
        classes = len(self.class_names)
        # This one returns nothing: delete the last line once self.layers is filled.
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

    def load_model(self):
        """Give every convolution and every fully connected layer its weight and bias; set self.image_mean, (3,)."""
        mean_picture = self.params["normalization"][0][0][0]
        assert mean_picture.shape[2] == 3, mean_picture.shape
        # This one returns nothing: delete the last line once every layer has its numbers.
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

    def load_image(self, image_dir):
        """Read a photo and set self.input_image, [1, 3, S, S] float32, S = self.image_size.

        image_dir : a path, or an open file: hand it to Image.open as it is
        """
        size = (self.image_size, self.image_size)
        # This one returns nothing: delete the last line once self.input_image is set.
        image = Image.open(image_dir).convert("RGB").resize(size, Image.Resampling.BILINEAR)
        pixels = np.asarray(image, dtype=np.float32) - self.image_mean.astype(np.float32)
        self.input_image = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None])
        return

    def forward(self):
        """Run all layers on self.input_image, in order.

        ->  prob : (N, classes), every row sums to 1
        """
        return self.forward_features(["softmax"])["softmax"]

    def forward_features(self, layer_list):
        """Run all layers on self.input_image, in order, and keep the outputs of some.

        layer_list : names of layers, such as ["conv1_1", "pool5"]
        ->  features : a dict, name -> output of that layer
        """
        features, current = {}, self.input_image
        for name in self.param_layer_name:
            current = self.layers[name].forward(current)
            if name in layer_list:
                features[name] = current
        return features

    def forward_speedup(self, images):
        """Probabilities for a batch of inputs, as fast as you can; nothing is kept for training.

        images : (N, 3, S, S), mean already subtracted  ->  prob : (N, classes)
        """
        assert images.shape[1:] == (3, self.image_size, self.image_size), images.shape
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


def fc_order(weight, shape):
    """Put the rows of a fully connected weight from H, W, C order into C, H, W order.

    weight : (H * W * C, num_output), shape : (C, H, W)  ->  (C * H * W, num_output)
    """
    C, H, W = shape
    assert len(weight) == C * H * W, f"weight {weight.shape}, shape {shape}"
    return weight.reshape(H, W, C, -1).transpose(2, 0, 1, 3).reshape(C * H * W, -1)


def classify(prob, top=5):
    """Find the most probable classes of each picture, the most probable first.

    prob : (N, classes)  ->  classes : (N, top) integers, probabilities : (N, top)
    """
    assert prob.ndim == 2, prob.shape
    assert top <= prob.shape[1], f"top {top} of {prob.shape[1]} classes"
    classes = np.argsort(-prob, axis=1)[:, :top]
    return classes, np.take_along_axis(prob, classes, axis=1)


def evaluate(predict, pictures, labels, batch=50):
    """Share of pictures that are named right; each picture is seen once, in batches of `batch`, in order.

    predict : a function, (n, 3, H, W) -> (n,) classes; pictures : (N, 3, H, W), labels : (N,)
    ->  accuracy : a number from 0 to 1
    """
    assert len(pictures) == len(labels), f"{len(pictures)} pictures, {len(labels)} labels"
    right = 0
    for start in range(0, len(pictures), batch):
        answers = predict(pictures[start : start + batch])
        right += int(np.sum(answers == labels[start : start + batch]))
    return right / len(pictures)


def cost(layers, input_shape):
    """Count multiply-adds and parameters of each layer, for one picture.

    layers : name -> layer, in order; input_shape : (C, H, W)
    ->  counts : name -> (multiply_adds, parameters), for every layer
    """
    H, W = input_shape[1:]
    counts = {}
    for name, layer in layers.items():
        counts[name] = (0, 0)
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
