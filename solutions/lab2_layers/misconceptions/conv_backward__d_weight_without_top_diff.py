"""d_weight is the sum of the windows. Each counts as much as its entry of top_diff says: multiply by it."""


@add_to_class(ConvolutionalLayer)
def backward_raw(self, top_diff):
    N, Cout, Ho, Wo = top_diff.shape
    H, W = self.input.shape[2:]
    K, p, s = (self.kernel_size, self.padding, self.stride)
    assert (N, Cout) == (len(self.input), self.channel_out), top_diff.shape
    padded = np.pad(self.input, ((0, 0), (0, 0), (p, p), (p, p)))
    padded_diff = np.zeros_like(padded)
    self.d_weight = np.zeros_like(self.weight)
    self.d_bias = np.zeros_like(self.bias)
    for n in range(N):
        for cout in range(Cout):
            kernel = self.weight[:, :, :, cout].copy()
            d_kernel = np.zeros_like(kernel)
            for h in range(Ho):
                for w in range(Wo):
                    rows, columns = (slice(h * s, h * s + K), slice(w * s, w * s + K))
                    diff = top_diff[n, cout, h, w]
                    d_kernel += padded[n, :, rows, columns]
                    self.d_bias[cout] += diff
                    padded_diff[n, :, rows, columns] += diff * kernel
            self.d_weight[:, :, :, cout] += d_kernel
    return padded_diff[:, :, p : p + H, p : p + W]
