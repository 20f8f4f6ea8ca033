"""A loop over output positions only: all images and channels of one position at once."""


@add_to_class(ConvolutionalLayer)
def backward_raw(self, top_diff):
    N, Cout, Ho, Wo = top_diff.shape
    _, C, H, W = self.input.shape
    K, p, s = self.kernel_size, self.padding, self.stride
    x = np.pad(self.input, ((0, 0), (0, 0), (p, p), (p, p)))
    dx = np.zeros_like(x)
    self.d_weight = np.zeros_like(self.weight)
    self.d_bias = np.sum(top_diff, axis=(0, 2, 3))
    for h in range(Ho):
        for w in range(Wo):
            area = np.s_[:, :, h * s : h * s + K, w * s : w * s + K]
            g = top_diff[:, :, h, w]
            self.d_weight += np.einsum("ncij,no->cijo", x[area], g)
            dx[area] += np.einsum("cijo,no->ncij", self.weight, g)
    return dx[:, :, p : H + p, p : W + p]
