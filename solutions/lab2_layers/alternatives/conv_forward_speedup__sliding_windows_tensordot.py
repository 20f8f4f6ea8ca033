"""sliding_window_view makes the windows, tensordot sums over them."""

@add_to_class(ConvolutionalLayer)
def forward_speedup(self, input):
    self.input = input
    N, C, H, W = input.shape
    K, p, s = self.kernel_size, self.padding, self.stride
    padded = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))
    Ho, Wo = (H + 2 * p - K) // s + 1, (W + 2 * p - K) // s + 1
    windows = np.lib.stride_tricks.sliding_window_view(padded, (K, K), axis=(2, 3))[:, :, ::s, ::s]
    output = np.tensordot(windows, self.weight, axes=([1, 4, 5], [0, 1, 2]))  # (N, Ho, Wo, Cout)
    return output.transpose(0, 3, 1, 2) + self.bias[None, :, None, None]
