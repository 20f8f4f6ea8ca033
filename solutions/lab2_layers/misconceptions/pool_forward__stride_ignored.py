"""Windows begin one row or column apart. They begin `stride` apart: multiply h and w by it."""


@add_to_class(MaxPoolingLayer)
def forward_raw(self, input):
    self.input = input
    N, C, H, W = input.shape
    K, s = (self.kernel_size, self.stride)
    Ho = (H - K) // s + 1
    Wo = (W - K) // s + 1
    output = np.zeros((N, C, Ho, Wo), dtype=input.dtype)
    for n in range(N):
        for c in range(C):
            for h in range(Ho):
                for w in range(Wo):
                    output[n, c, h, w] = input[n, c, h : h + K, w : w + K].max()
    return output
