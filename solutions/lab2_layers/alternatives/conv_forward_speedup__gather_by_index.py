"""Columns by one fancy index, then one product for the whole batch."""

@add_to_class(ConvolutionalLayer)
def forward_speedup(self, input):
    self.input = input
    N, C, H, W = input.shape
    K, p, s = self.kernel_size, self.padding, self.stride
    padded = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))
    Ho, Wo = (H + 2 * p - K) // s + 1, (W + 2 * p - K) // s + 1
    c, i, j = (index.reshape(-1, 1) for index in np.indices((C, K, K)))
    h, w = (index.reshape(1, -1) for index in np.indices((Ho, Wo)))
    columns = padded[:, c, h * s + i, w * s + j]  # (N, Cin * K * K, Ho * Wo)
    columns = columns.transpose(1, 2, 0).reshape(C * K * K, -1)
    output = self.weight.reshape(C * K * K, -1).T @ columns + self.bias.reshape(-1, 1)
    return output.reshape(self.channel_out, Ho, Wo, N).transpose(3, 0, 1, 2)
