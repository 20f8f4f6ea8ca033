"""The kernel was turned by 180 degrees: that is a convolution in the mathematical sense. The layer multiplies the
window by the kernel as it is stored.

The product of the window and the kernel. Check it with a kernel that is 1 in its upper left corner and 0 elsewhere,
with padding 1: the output should be the picture moved by one pixel. Is it moved down to the right or up to the
left?

Mathematicians turn the kernel around before they multiply, because that makes their convolution commute. Networks
do not: their kernels are learned, and whether they are stored turned or not makes no difference to learning. So
what deep learning calls a convolution is a plain comparison, entry by entry, of the window with the kernel as it
is stored. With weights from a file it matters, since they were learned that way.

Entry (i, j) of the window meets entry (i, j) of the kernel. Take the reversal out, in both directions; nothing else
changes.
"""


@add_to_class(ConvolutionalLayer)
def forward_raw(self, input):
    self.input = input  # backward needs it
    N, C, H, W = input.shape
    K, p, s = self.kernel_size, self.padding, self.stride
    assert C == self.channel_in, f"input has {C} channels, the layer takes {self.channel_in}"
    padded = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))  # (N, Cin, H + 2p, W + 2p)
    Ho = (H + 2 * p - K) // s + 1
    Wo = (W + 2 * p - K) // s + 1
    output = np.zeros((N, self.channel_out, Ho, Wo), dtype=input.dtype)
    for n in range(N):
        for cout in range(self.channel_out):
            for h in range(Ho):
                for w in range(Wo):
                    window = padded[n, :, h * s : h * s + K, w * s : w * s + K]
                    output[n, cout, h, w] = np.sum(window * self.weight[:, ::-1, ::-1, cout]) + self.bias[cout]
    return output
