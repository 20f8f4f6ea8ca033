"""np.ndindex over the output; gradients gathered in float64 and cast back."""


@add_to_class(ConvolutionalLayer)
def backward_raw(self, top_diff):
    K, p, s = self.kernel_size, self.padding, self.stride
    H, W = self.input.shape[-2:]
    x = np.pad(self.input, ((0, 0), (0, 0), (p, p), (p, p))).astype(np.float64)
    kernels = np.moveaxis(self.weight, -1, 0).astype(np.float64)
    dx, dk, db = np.zeros_like(x), np.zeros_like(kernels), np.zeros(self.channel_out)
    for n, o, h, w in np.ndindex(*top_diff.shape):
        g = float(top_diff[n, o, h, w])
        top, left = h * s, w * s
        dk[o] += g * x[n, :, top : top + K, left : left + K]
        dx[n, :, top : top + K, left : left + K] += g * kernels[o]
        db[o] += g
    self.d_weight = np.moveaxis(dk, 0, -1).astype(self.weight.dtype)
    self.d_bias = db.astype(self.bias.dtype)
    return dx[:, :, p : p + H, p : p + W].astype(top_diff.dtype)
