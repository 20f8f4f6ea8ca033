"""The smallest value of each window was kept. Max pooling keeps the largest."""


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
                    output[n, c, h, w] = input[n, c, h * s : h * s + K, w * s : w * s + K].min()
    return output
