"""Two mistakes at once: the bias was not added, and windows begin one row or column apart in place of `stride` of
them."""


def img2col(padded, kernel_size, stride):
    N, C, H, W = padded.shape
    Ho = (H - kernel_size) // stride + 1
    Wo = (W - kernel_size) // stride + 1
    columns = np.empty((N, C, kernel_size, kernel_size, Ho, Wo), dtype=padded.dtype)
    for i in range(kernel_size):
        for j in range(kernel_size):
            columns[:, :, i, j] = padded[:, :, i : i + Ho, j : j + Wo]
    return columns.reshape(N, C * kernel_size * kernel_size, Ho * Wo)


@add_to_class(ConvolutionalLayer)
def forward_speedup(self, input):
    self.input = input
    N, C, H, W = input.shape
    K, p, s = (self.kernel_size, self.padding, self.stride)
    assert self.channel_in == C, f"input has {C} channels, the layer takes {self.channel_in}"
    padded = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))
    Ho = (H + 2 * p - K) // s + 1
    Wo = (W + 2 * p - K) // s + 1
    filters = self.weight.reshape(C * K * K, self.channel_out)
    output = filters.T @ img2col(padded, K, s)
    return output.reshape(N, self.channel_out, Ho, Wo)
