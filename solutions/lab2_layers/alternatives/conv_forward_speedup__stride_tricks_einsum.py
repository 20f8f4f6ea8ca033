"""Windows by as_strided, summed by einsum with an optimised path."""

@add_to_class(ConvolutionalLayer)
def forward_speedup(self, input):
    self.input = input
    N, C, H, W = input.shape
    K, p, s = self.kernel_size, self.padding, self.stride
    padded = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))
    Ho, Wo = (H + 2 * p - K) // s + 1, (W + 2 * p - K) // s + 1
    b, c, h, w = padded.strides
    shape, strides = (N, C, Ho, Wo, K, K), (b, c, h * s, w * s, h, w)
    windows = np.lib.stride_tricks.as_strided(padded, shape, strides, writeable=False)
    output = np.einsum("nchwij,cijo->nohw", windows, self.weight, optimize=True)
    return output + self.bias.reshape(1, -1, 1, 1)
