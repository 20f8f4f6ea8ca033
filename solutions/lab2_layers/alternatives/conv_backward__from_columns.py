"""img2col written for one picture at a time; gradients by three small products."""


@add_to_class(ConvolutionalLayer)
def backward_raw(self, top_diff):
    N, Cout, Ho, Wo = top_diff.shape
    C, H, W = self.input.shape[1:]
    K, p, s = self.kernel_size, self.padding, self.stride
    W_rows = self.weight.reshape(C * K * K, Cout)
    dW = np.zeros_like(W_rows)
    db = np.zeros(Cout, dtype=top_diff.dtype)
    dx = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=top_diff.dtype)
    x = np.pad(self.input, ((0, 0), (0, 0), (p, p), (p, p)))
    for n in range(N):
        for h in range(Ho):
            for w in range(Wo):
                g = top_diff[n, :, h, w]
                box = np.index_exp[n, :, h * s : h * s + K, w * s : w * s + K]
                dW += np.outer(x[box], g)
                dx[box] += (W_rows @ g).reshape(C, K, K)
                db += g
    self.d_weight, self.d_bias = dW.reshape(self.weight.shape), db
    return dx[:, :, p : p + H, p : p + W]
