"""argmax over the windows' last axis; np.add.at sums the gradients of overlapping windows."""

@add_to_class(MaxPoolingLayer)
def forward_speedup(self, input):
    self.input = input
    N, C, H, W = input.shape
    K, s = self.kernel_size, self.stride
    Ho, Wo = (H - K) // s + 1, (W - K) // s + 1
    windows = np.lib.stride_tricks.sliding_window_view(input, (K, K), axis=(2, 3))[:, :, ::s, ::s]
    windows = windows.reshape(N, C, Ho, Wo, K * K)
    self.max_index = windows.argmax(axis=-1)
    return np.take_along_axis(windows, self.max_index[..., None], axis=-1)[..., 0]


@add_to_class(MaxPoolingLayer)
def backward_speedup(self, top_diff):
    K, s = self.kernel_size, self.stride
    n, c, h, w = np.indices(top_diff.shape)
    bottom_diff = np.zeros_like(self.input)
    place = (n, c, h * s + self.max_index // K, w * s + self.max_index % K)
    np.add.at(bottom_diff, place, top_diff)
    return bottom_diff
