"""All windows at once by sliding_window_view."""

@add_to_class(MaxPoolingLayer)
def forward_raw(self, input):
    self.input = input
    N, C, H, W = input.shape
    K, s = self.kernel_size, self.stride
    Ho, Wo = (H - K) // s + 1, (W - K) // s + 1
    windows = np.lib.stride_tricks.sliding_window_view(input, (K, K), axis=(2, 3))
    return windows[:, :, ::s, ::s].max(axis=(4, 5))
