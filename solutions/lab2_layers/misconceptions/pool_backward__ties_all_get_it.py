"""Every entry that equals the maximum got the whole gradient. Ties are common (after ReLU many windows
hold several zeros): only the first maximum gets it."""

@add_to_class(MaxPoolingLayer)
def backward_raw_book(self, top_diff):
    N, C, Ho, Wo = top_diff.shape
    K, s = self.kernel_size, self.stride
    assert (N, C) == self.input.shape[:2], top_diff.shape
    bottom_diff = np.zeros(self.input.shape, dtype=top_diff.dtype)
    for n in range(N):
        for c in range(C):
            for h in range(Ho):
                for w in range(Wo):
                    window = self.input[n, c, h * s : h * s + K, w * s : w * s + K]
                    winners = window == window.max()
                    bottom_diff[n, c, h * s : h * s + K, w * s : w * s + K] += top_diff[n, c, h, w] * winners
    return bottom_diff
