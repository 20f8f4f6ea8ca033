"""bottom_diff as a convolution: top_diff spread out by the stride, with the kernel turned by 180
degrees."""

@add_to_class(ConvolutionalLayer)
def backward_speedup(self, top_diff):
    N, Cout, Ho, Wo = top_diff.shape
    C, H, W = self.input.shape[1:]
    K, p, s = self.kernel_size, self.padding, self.stride
    padded = np.pad(self.input, ((0, 0), (0, 0), (p, p), (p, p)))
    self.d_bias = top_diff.sum(axis=(0, 2, 3))
    self.d_weight = np.zeros_like(self.weight)
    for i in range(K):
        for j in range(K):
            tap = padded[:, :, i : i + Ho * s : s, j : j + Wo * s : s]
            self.d_weight[:, i, j] = np.tensordot(tap, top_diff, axes=([0, 2, 3], [0, 2, 3]))
    spread = np.zeros((N, Cout, padded.shape[2] + K - 1, padded.shape[3] + K - 1), dtype=top_diff.dtype)
    spread[:, :, K - 1 : K - 1 + Ho * s : s, K - 1 : K - 1 + Wo * s : s] = top_diff
    windows = np.lib.stride_tricks.sliding_window_view(spread, (K, K), axis=(2, 3))
    windows = windows[:, :, p : p + H, p : p + W]
    turned = self.weight[:, ::-1, ::-1, :]
    return np.tensordot(windows, turned, axes=([1, 4, 5], [3, 1, 2])).transpose(0, 3, 1, 2)
