"""Recomputes in backward: goes through the places of a window and gives the gradient to the first that
equals the maximum."""

@add_to_class(MaxPoolingLayer)
def forward_speedup(self, input):
    self.input = input
    N, C, H, W = input.shape
    K, s = self.kernel_size, self.stride
    Ho, Wo = (H - K) // s + 1, (W - K) // s + 1
    rows = np.max([input[:, :, i : i + Ho * s : s] for i in range(K)], axis=0)
    self.output = np.max([rows[..., j : j + Wo * s : s] for j in range(K)], axis=0)
    return self.output


@add_to_class(MaxPoolingLayer)
def backward_speedup(self, top_diff):
    K, s = self.kernel_size, self.stride
    Ho, Wo = top_diff.shape[2:]
    bottom_diff = np.zeros_like(self.input)
    left = top_diff.copy()  # what no cell has got yet
    for i in range(K):
        for j in range(K):
            place = np.s_[:, :, i : i + Ho * s : s, j : j + Wo * s : s]
            given = np.where(self.input[place] == self.output, left, 0)
            bottom_diff[place] += given
            left -= given
    return bottom_diff
