"""Python's max over pairs of value and place, for one window at a time."""


@add_to_class(MaxPoolingLayer)
def backward_raw_book(self, top_diff):
    N, C, Ho, Wo = top_diff.shape
    K, s = self.kernel_size, self.stride
    grad = np.zeros(self.input.shape, top_diff.dtype)
    for n in range(N):
        for c in range(C):
            x, g = self.input[n, c], grad[n, c]
            for h in range(Ho):
                for w in range(Wo):
                    cells = [(h * s + i, w * s + j) for i in range(K) for j in range(K)]
                    g[max(cells, key=lambda cell: x[cell])] += top_diff[n, c, h, w]
    return grad
