"""The output has the right size, but the window moved one pixel at a time. The window of output (h, w)
begins stride times further in both directions."""

@add_to_class(ConvolutionalLayer)
def forward_raw(self, input):
    self.input = input  # backward needs it
    N, C, H, W = input.shape
    K, p, s = self.kernel_size, self.padding, self.stride
    assert C == self.channel_in, f"input has {C} channels, the layer takes {self.channel_in}"
    padded = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))  # (N, Cin, H + 2p, W + 2p)
    Ho = (H + 2 * p - K) // s + 1
    Wo = (W + 2 * p - K) // s + 1
    output = np.zeros((N, self.channel_out, Ho, Wo), dtype=input.dtype)
    for n in range(N):
        for cout in range(self.channel_out):
            for h in range(Ho):
                for w in range(Wo):
                    window = padded[n, :, h : h + K, w : w + K]
                    output[n, cout, h, w] = np.sum(window * self.weight[:, :, :, cout]) + self.bias[cout]
    return output
