"""The K * K slices stacked; argmax keeps the winner, and where gives the gradient."""


@add_to_class(MaxPoolingLayer)
def forward_speedup(self, input):
    self.input = input
    H, W = input.shape[2:]
    K, s = self.kernel_size, self.stride
    self.Ho, self.Wo = (H - K) // s + 1, (W - K) // s + 1
    best = None
    for k in range(K * K):
        i, j = k // K, k % K
        piece = input[:, :, i : i + s * self.Ho : s, j : j + s * self.Wo : s]
        if best is None:
            best, self.arg = piece.copy(), np.zeros(piece.shape, np.int16)
        else:
            larger = piece > best
            best = np.where(larger, piece, best)
            self.arg[larger] = k
    return best


@add_to_class(MaxPoolingLayer)
def backward_speedup(self, top_diff):
    K, s = self.kernel_size, self.stride
    out = np.zeros(self.input.shape, top_diff.dtype)
    for k in range(K * K):
        i, j = divmod(k, K)
        out[:, :, i : i + s * self.Ho : s, j : j + s * self.Wo : s] += np.where(self.arg == k, top_diff, 0)
    return out
