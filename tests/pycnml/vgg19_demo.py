# ruff: noqa: E731, UP031
"""A program for the card as a student of the original course would hand it in; it knows nothing of the workbook.

vgg19_demo.py weights.mat quant_param.npz picture.png label
"""

import sys

import numpy as np
import pycnml
import scipy.io
from PIL import Image


class VGG19:
    def __init__(self):
        self.net = pycnml.CnmlNet(16)
        self.input_quant_params = []
        self.filter_quant_params = []

    def build_model(self, param_path, quant_param_path):
        self.param_path = param_path
        stored = np.load(quant_param_path)
        for kind, kept in (("input", self.input_quant_params), ("filter", self.filter_quant_params)):
            for i in range(0, len(stored[kind]), 2):
                kept.append(pycnml.QuantParam(int(stored[kind][i]), float(stored[kind][i + 1])))
        stored.close()

        layers = scipy.io.loadmat(param_path)["layers"][0]
        width = lambda idx: layers[idx][0][0][0][0][0].shape[3]
        self.net.setInputShape(1, 3, 32, 32)
        q, used, idx = self.input_quant_params, 0, 0
        for block, count in enumerate((2, 2, 4, 4, 4), 1):
            for i in range(1, count + 1):
                self.net.createConvLayer("conv%d_%d" % (block, i), width(idx), 3, 1, 1, 1, q[used])
                self.net.createReLuLayer("relu%d_%d" % (block, i))
                used, idx = used + 1, idx + 2
            self.net.createPoolingLayer("pool%d" % block, 2, 2)
            idx += 1
        self.net.createFlattenLayer("flatten", [1, width(34), 1, 1])
        self.net.createMlpLayer("fc6", width(37), q[16])
        self.net.createReLuLayer("relu6")
        self.net.createMlpLayer("fc7", width(39), q[17])
        self.net.createReLuLayer("relu7")
        self.net.createMlpLayer("fc8", width(41), q[18])
        self.net.createSoftmaxLayer("softmax", axis=1)

    def load_model(self):
        params = scipy.io.loadmat(self.param_path)
        self.image_mean = np.mean(params["normalization"][0][0][0], axis=(0, 1))
        count = 0
        for idx in range(self.net.size()):
            if "conv" in self.net.getLayerName(idx):
                weight, bias = params["layers"][0][idx][0][0][0][0]
                weight = np.transpose(weight, [3, 2, 0, 1])
            elif "fc" in self.net.getLayerName(idx):
                weight, bias = params["layers"][0][idx - 1][0][0][0][0]
                weight = np.transpose(weight.reshape(-1, weight.shape[3]), [1, 0])
            else:
                continue
            weight, bias = weight.flatten().astype(float), bias.reshape(-1).astype(float)
            self.net.loadParams(idx, weight, bias, self.filter_quant_params[count])
            count += 1

    def load_image(self, image_dir):
        with Image.open(image_dir) as photo:
            image = np.array(photo.convert("RGB").resize((32, 32)), dtype=np.float32)
        image = np.transpose(image - self.image_mean, [2, 0, 1])
        self.net.setInputData(image.flatten().astype(float))

    def forward(self):
        return self.net.forward()

    def get_top5(self, label):
        self.forward()
        result = np.array(self.net.getOutputData())
        order = np.argsort(-result)
        for place in order[:5]:
            print("%f - class %d" % (result[place], place))
        return order[0] == label, label in order[:5]


if __name__ == "__main__":
    vgg = VGG19()
    vgg.build_model(sys.argv[1], sys.argv[2])
    vgg.load_model()
    vgg.load_image(sys.argv[3])
    top1, top5 = vgg.get_top5(int(sys.argv[4]))
    print("top1 %s top5 %s" % (top1, top5))
