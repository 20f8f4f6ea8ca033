"""Products in the frequency domain; the stride picks from the full result."""

@add_to_class(ConvolutionalLayer)
def forward_speedup(self, input):
    self.input = input
    N, C, H, W = input.shape
    K, p, s = self.kernel_size, self.padding, self.stride
    padded = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))
    Ho, Wo = (H + 2 * p - K) // s + 1, (W + 2 * p - K) // s + 1
    size = padded.shape[2:]
    frequencies = np.fft.rfft2(padded).transpose(2, 3, 0, 1)  # (H, W / 2 + 1, N, Cin)
    kernels = np.conj(np.fft.rfft2(self.weight, s=size, axes=(1, 2))).transpose(1, 2, 0, 3)
    output = np.fft.irfft2(np.matmul(frequencies, kernels), s=size, axes=(0, 1))
    output = output[: Ho * s : s, : Wo * s : s].transpose(2, 3, 0, 1)  # correlation begins at 0
    return output + self.bias[:, None, None]
