"""The weight was reshaped from [Cin, K, K, Cout] to [Cout, Cin, K, K], which keeps the order in memory and
mixes up the entries. To move an axis, transpose; or index it where it is."""

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
                    window = padded[n, :, h * s : h * s + K, w * s : w * s + K]
                    output[n, cout, h, w] = np.sum(window * self.weight.reshape(self.channel_out, C, K, K)[cout]) + self.bias[cout]
    return output
