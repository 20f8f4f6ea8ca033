"""Loops over the K * K places of the kernel: one shifted product each."""

@add_to_class(ConvolutionalLayer)
def backward_raw(self, top_diff):
    N, Cout, Ho, Wo = top_diff.shape
    C, H, W = self.input.shape[1:]
    K, p, s = self.kernel_size, self.padding, self.stride
    padded = np.pad(self.input, ((0, 0), (0, 0), (p, p), (p, p)))
    self.d_weight = np.zeros_like(self.weight)
    self.d_bias = np.einsum("nohw->o", top_diff)
    padded_diff = np.zeros_like(padded)
    for i in range(K):
        for j in range(K):
            place = np.s_[:, :, i : i + Ho * s : s, j : j + Wo * s : s]
            self.d_weight[:, i, j, :] = np.einsum("nchw,nohw->co", padded[place], top_diff)
            padded_diff[place] += np.einsum("nohw,co->nchw", top_diff, self.weight[:, i, j, :])
    return padded_diff[:, :, p : H + p, p : W + p]
