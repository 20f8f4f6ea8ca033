"""The first of all places that hold the maximum."""

@add_to_class(MaxPoolingLayer)
def backward_raw_book(self, top_diff):
    K, s = self.kernel_size, self.stride
    N, C, Ho, Wo = top_diff.shape
    bottom_diff = np.zeros(self.input.shape)
    for n in range(N):
        for c in range(C):
            for h in range(Ho):
                for w in range(Wo):
                    window = self.input[n, c, h * s : h * s + K, w * s : w * s + K]
                    i, j = np.argwhere(window == window.max())[0]
                    bottom_diff[n, c, h * s + i, w * s + j] += top_diff[n, c, h, w]
    return bottom_diff
