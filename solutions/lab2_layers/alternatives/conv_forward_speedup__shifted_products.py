"""K * K shifted matrix products that are summed, nine for a 3x3 kernel; no columns."""

@add_to_class(ConvolutionalLayer)
def forward_speedup(self, input):
    self.input = input
    N, C, H, W = input.shape
    K, p, s = self.kernel_size, self.padding, self.stride
    padded = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))
    Ho, Wo = (H + 2 * p - K) // s + 1, (W + 2 * p - K) // s + 1
    output = np.zeros((N, self.channel_out, Ho * Wo), dtype=input.dtype)
    for i in range(K):
        for j in range(K):
            tap = padded[:, :, i : i + Ho * s : s, j : j + Wo * s : s].reshape(N, C, Ho * Wo)
            output += np.matmul(self.weight[:, i, j, :].T, tap)
    output += self.bias[:, None]
    return output.reshape(N, self.channel_out, Ho, Wo)
