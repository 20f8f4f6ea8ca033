"""K * K shifted matrix products for each gradient; no columns."""

@add_to_class(ConvolutionalLayer)
def backward_speedup(self, top_diff):
    N, Cout, Ho, Wo = top_diff.shape
    C, H, W = self.input.shape[1:]
    K, p, s = self.kernel_size, self.padding, self.stride
    padded = np.pad(self.input, ((0, 0), (0, 0), (p, p), (p, p)))
    self.d_bias = top_diff.sum(axis=(0, 2, 3))
    self.d_weight = np.empty_like(self.weight)
    padded_diff = np.zeros_like(padded)
    diff = top_diff.transpose(1, 0, 2, 3).reshape(Cout, -1)
    for i in range(K):
        for j in range(K):
            place = np.s_[:, :, i : i + Ho * s : s, j : j + Wo * s : s]
            self.d_weight[:, i, j] = padded[place].transpose(1, 0, 2, 3).reshape(C, -1) @ diff.T
            part = (self.weight[:, i, j] @ diff).reshape(C, N, Ho, Wo)
            padded_diff[place] += part.transpose(1, 0, 2, 3)
    return padded_diff[:, :, p : p + H, p : p + W]
