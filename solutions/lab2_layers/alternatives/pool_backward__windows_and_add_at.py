"""All windows at once, argmax over them, and np.add.at."""


@add_to_class(MaxPoolingLayer)
def backward_raw_book(self, top_diff):
    N, C, Ho, Wo = top_diff.shape
    K, s = self.kernel_size, self.stride
    windows = np.lib.stride_tricks.sliding_window_view(self.input, (K, K), axis=(2, 3))[:, :, ::s, ::s]
    i, j = np.divmod(windows[:, :, :Ho, :Wo].reshape(N, C, Ho, Wo, K * K).argmax(-1), K)
    n, c, h, w = np.indices(top_diff.shape)
    out = np.zeros(self.input.shape, dtype=top_diff.dtype)
    np.add.at(out, (n, c, h * s + i, w * s + j), top_diff)
    return out
