"""An entry that lies in several windows kept only the last one's gradient. Each of them adds its own
part.

The line that writes into `padded_diff`. Take a picture of 1 x 3 pixels, a kernel of 1 x 2 and stride 1: there are
two windows, and both hold the pixel in the middle. How often is its entry written to, and what remains of the first
time?

A pixel is part of every window that covers it, so it has touched several outputs. Each of these outputs sends its part
of the gradient back, and the gradient of the pixel is the *sum* of all these parts: if a value counts in two outputs, a
small change of it counts twice. Only where windows do not overlap is there nothing to add, which is why such code is
right as long as the stride is at least the kernel's size.

The slice of `padded_diff` that belongs to the window must grow by the kernel times this one entry of `top_diff`.
It begins at zero.
"""


@add_to_class(ConvolutionalLayer)
def backward_raw(self, top_diff):
    N, Cout, Ho, Wo = top_diff.shape
    H, W = self.input.shape[2:]
    K, p, s = self.kernel_size, self.padding, self.stride
    assert (N, Cout) == (len(self.input), self.channel_out), top_diff.shape
    padded = np.pad(self.input, ((0, 0), (0, 0), (p, p), (p, p)))
    padded_diff = np.zeros_like(padded)  # the gradient of `padded`: borders included
    self.d_weight = np.zeros_like(self.weight)
    self.d_bias = np.zeros_like(self.bias)
    for n in range(N):
        for cout in range(Cout):
            for h in range(Ho):
                for w in range(Wo):
                    rows, columns = slice(h * s, h * s + K), slice(w * s, w * s + K)
                    diff = top_diff[n, cout, h, w]
                    self.d_weight[:, :, :, cout] += diff * padded[n, :, rows, columns]
                    self.d_bias[cout] += diff
                    padded_diff[n, :, rows, columns] = diff * self.weight[:, :, :, cout]
    return padded_diff[:, :, p : p + H, p : p + W]
