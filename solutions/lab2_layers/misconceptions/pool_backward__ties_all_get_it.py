"""Every entry that equals the maximum got the whole gradient. Ties are common (after ReLU many windows
hold several zeros): only the first maximum gets it.

The line that finds the winners. Take a window of four zeros, as ReLU leaves many of them, and a `top_diff` of 1. What
do the gradients that this window hands down add up to?

A window makes one output, and it took that value from one entry. What comes in as 1 must go out as 1; a comparison
with the maximum says yes to every tied entry and hands down 4. Mathematics does not say which of the equal entries
should have it, so there must be an agreement, and all who want to get the same numbers keep to it: the first in
reading order. Random floats hardly ever tie, which is why a test with them passes.

Ask NumPy where the maximum is, not which entries equal it. It counts through the flattened window and returns the
first; turn that index into a row and a column, and add the gradient at this one entry.
"""


@add_to_class(MaxPoolingLayer)
def backward_raw_book(self, top_diff):
    N, C, Ho, Wo = top_diff.shape
    K, s = self.kernel_size, self.stride
    assert (N, C) == self.input.shape[:2], top_diff.shape
    bottom_diff = np.zeros(self.input.shape, dtype=top_diff.dtype)
    for n in range(N):
        for c in range(C):
            for h in range(Ho):
                for w in range(Wo):
                    window = self.input[n, c, h * s : h * s + K, w * s : w * s + K]
                    winners = window == window.max()
                    bottom_diff[n, c, h * s : h * s + K, w * s : w * s + K] += top_diff[n, c, h, w] * winners
    return bottom_diff
