"""functools.reduce with np.maximum over the K * K strided slices."""

from functools import reduce


@add_to_class(MaxPoolingLayer)
def forward_raw(self, input):
    self.input = input
    H, W = input.shape[2:]
    K, s = self.kernel_size, self.stride
    rows, cols = (H - K) // s * s + 1, (W - K) // s * s + 1
    slices = [input[:, :, i : i + rows : s, j : j + cols : s] for i in range(K) for j in range(K)]
    return reduce(np.maximum, slices).copy()
