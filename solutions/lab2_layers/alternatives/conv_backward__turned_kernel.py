"""Gathers instead of scattering: top_diff spread out by the stride, convolved with the kernel turned by 180
degrees."""

@add_to_class(ConvolutionalLayer)
def backward_raw(self, top_diff):
    N, Cout, Ho, Wo = top_diff.shape
    C, H, W = self.input.shape[1:]
    K, p, s = self.kernel_size, self.padding, self.stride
    padded = np.pad(self.input, ((0, 0), (0, 0), (p, p), (p, p)))
    self.d_bias = top_diff.sum(axis=(0, 2, 3))
    self.d_weight = np.zeros_like(self.weight)
    for i in range(K):
        for j in range(K):
            tap = padded[:, :, i : i + Ho * s : s, j : j + Wo * s : s]
            self.d_weight[:, i, j] = np.tensordot(tap, top_diff, axes=([0, 2, 3], [0, 2, 3]))
    spread = np.zeros((N, Cout, padded.shape[2] + K - 1, padded.shape[3] + K - 1), dtype=top_diff.dtype)
    spread[:, :, K - 1 : K - 1 + Ho * s : s, K - 1 : K - 1 + Wo * s : s] = top_diff
    turned = self.weight[:, ::-1, ::-1, :]
    bottom_diff = np.zeros_like(self.input)
    for n in range(N):
        for cin in range(C):
            for h in range(H):
                for w in range(W):
                    window = spread[n, :, h + p : h + p + K, w + p : w + p + K]
                    bottom_diff[n, cin, h, w] = np.einsum("oij,ijo->", window, turned[cin])
    return bottom_diff
