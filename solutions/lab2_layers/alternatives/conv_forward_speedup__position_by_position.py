"""A loop over the output's positions copies the windows of all pictures into a table; one product does the rest."""


@add_to_class(ConvolutionalLayer)
def forward_speedup(self, input):
    self.input = input
    k, s, p = self.kernel_size, self.stride, self.padding
    padded = np.pad(input, ((0, 0), (0, 0), (p, p), (p, p)))
    height, width = (padded.shape[2] - k) // s + 1, (padded.shape[3] - k) // s + 1
    table = np.zeros((len(input), height * width, self.channel_in * k * k))
    for i in range(height):
        for j in range(width):
            window = padded[:, :, i * s : i * s + k, j * s : j * s + k]
            table[:, i * width + j] = window.reshape(len(input), -1)
    product = np.matmul(table, self.weight.reshape(-1, self.channel_out)) + self.bias
    return product.reshape(len(input), height, width, -1).transpose(0, 3, 1, 2)
