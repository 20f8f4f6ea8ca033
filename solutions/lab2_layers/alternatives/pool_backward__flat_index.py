"""argmax in a flat window, divided by K into row and column; np.ndindex for the loops."""


@add_to_class(MaxPoolingLayer)
def backward_raw_book(self, top_diff):
    K, s = self.kernel_size, self.stride
    bottom_diff = np.zeros_like(self.input, dtype=top_diff.dtype)
    for n, c, h, w in np.ndindex(top_diff.shape):
        top, left = h * s, w * s
        best = int(np.argmax(self.input[n, c, top : top + K, left : left + K].ravel()))
        bottom_diff[n, c, top + best // K, left + best % K] += top_diff[n, c, h, w]
    return bottom_diff
