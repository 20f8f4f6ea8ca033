"""Looks for the first maximum cell by cell."""

@add_to_class(MaxPoolingLayer)
def backward_raw_book(self, top_diff):
    K, s = self.kernel_size, self.stride
    bottom_diff = np.zeros_like(self.input)
    for (n, c, h, w), diff in np.ndenumerate(top_diff):
        best = h * s, w * s
        for row in range(h * s, h * s + K):
            for column in range(w * s, w * s + K):
                if self.input[n, c, row, column] > self.input[n, c, best[0], best[1]]:
                    best = row, column
        bottom_diff[n, c, best[0], best[1]] += diff
    return bottom_diff
