"""All images went through one product. Its result is ordered by channel first and image second, but was
reshaped as if the image came first. With one image both are the same; with more, transpose.

The last reshape, behind the product. Print the product's shape for two images, and say of its first row what stands
in it from left to right: values of which channel, and of which image?

The product has a row for each output channel, and in the row come all positions of the first image, then all of the
second. So in memory the channel comes first and the image second. A reshape cuts this long row into pieces without
asking what they mean. Asked for images first, it gives image 0 the rows of the first channels, with both images in
them. With a single image that axis has length 1, both orders are the same, and a test says nothing.

Fold the product in the order in which it lies, with one axis each for channels, images, rows and columns. Then
exchange the first two. Check it with two different images, each also computed alone.
"""


def img2col(padded, kernel_size, stride):
    N, C, H, W = padded.shape
    Ho = (H - kernel_size) // stride + 1
    Wo = (W - kernel_size) // stride + 1
    columns = np.empty((N, C, kernel_size, kernel_size, Ho, Wo), dtype=padded.dtype)
    for i in range(kernel_size):
        for j in range(kernel_size):
            columns[:, :, i, j] = padded[:, :, i : i + Ho * stride : stride, j : j + Wo * stride : stride]
    return columns.reshape(N, C * kernel_size * kernel_size, Ho * Wo)


@add_to_class(ConvolutionalLayer)
def forward_speedup(self, input):
    self.input = input  # backward needs it
    N, C, H, W = input.shape
    K, p, s = self.kernel_size, self.padding, self.stride
    assert C == self.channel_in, f"input has {C} channels, the layer takes {self.channel_in}"
    padded = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))
    Ho = (H + 2 * p - K) // s + 1
    Wo = (W + 2 * p - K) // s + 1
    filters = self.weight.reshape(C * K * K, self.channel_out)
    columns = img2col(padded, K, s).transpose(1, 0, 2).reshape(C * K * K, N * Ho * Wo)
    output = filters.T @ columns  # (Cout, N * Ho * Wo)
    output += self.bias[:, None]
    return output.reshape(N, self.channel_out, Ho, Wo)
