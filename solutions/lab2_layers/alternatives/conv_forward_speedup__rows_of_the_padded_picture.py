"""A zero array filled by a slice instead of np.pad, channels last, rows times weight."""


@add_to_class(ConvolutionalLayer)
def forward_speedup(self, input):
    self.input = input
    N, C, H, W = input.shape
    K, p, s = self.kernel_size, self.padding, self.stride
    big = np.zeros((N, H + 2 * p, W + 2 * p, C), dtype=input.dtype)
    big[:, p : p + H, p : p + W, :] = np.transpose(input, (0, 2, 3, 1))
    Ho, Wo = (big.shape[1] - K) // s + 1, (big.shape[2] - K) // s + 1
    pieces = [big[:, i : i + (Ho - 1) * s + 1 : s, j : j + (Wo - 1) * s + 1 : s] for i in range(K) for j in range(K)]
    rows = np.concatenate(pieces, axis=-1).reshape(-1, K * K * C)
    table = self.weight.transpose(1, 2, 0, 3).reshape(-1, self.channel_out)
    out = rows @ table + self.bias
    return np.moveaxis(out.reshape(N, Ho, Wo, -1), 3, 1)
