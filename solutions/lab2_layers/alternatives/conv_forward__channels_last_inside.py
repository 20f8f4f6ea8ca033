"""Windows and kernels with the channels last, one vector product for each position."""


@add_to_class(ConvolutionalLayer)
def forward_raw(self, input):
    self.input = input
    N, C, H, W = input.shape
    K, p, s = self.kernel_size, self.padding, self.stride
    x = np.zeros((N, H + 2 * p, W + 2 * p, C), input.dtype)
    x[:, p : p + H, p : p + W] = input.transpose(0, 2, 3, 1)
    kernels = self.weight.transpose(3, 1, 2, 0).reshape(self.channel_out, -1)
    Ho, Wo = (H + 2 * p - K) // s + 1, (W + 2 * p - K) // s + 1
    out = np.empty((N, Ho, Wo, self.channel_out), input.dtype)
    for n in range(N):
        for h in range(Ho):
            for w in range(Wo):
                patch = x[n, h * s : h * s + K, w * s : w * s + K]
                out[n, h, w] = kernels.dot(patch.reshape(-1)) + self.bias
    return out.transpose(0, 3, 1, 2)
