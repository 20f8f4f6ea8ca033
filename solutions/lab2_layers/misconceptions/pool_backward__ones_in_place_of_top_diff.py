"""The winners got 1. They get the entry of top_diff that belongs to their window."""


@add_to_class(MaxPoolingLayer)
def backward_raw_book(self, top_diff):
    N, C, Ho, Wo = top_diff.shape
    K, s = (self.kernel_size, self.stride)
    assert self.input.shape[:2] == (N, C), top_diff.shape
    bottom_diff = np.zeros(self.input.shape, dtype=top_diff.dtype)
    for n in range(N):
        for c in range(C):
            for h in range(Ho):
                for w in range(Wo):
                    window = self.input[n, c, h * s : h * s + K, w * s : w * s + K]
                    i, j = np.unravel_index(window.argmax(), (K, K))
                    bottom_diff[n, c, h * s + i, w * s + j] += 1
    return bottom_diff
