"""sliding_window_view and one einsum, no loop at all."""


@add_to_class(ConvolutionalLayer)
def forward_raw(self, input):
    self.input = input
    K, p, s = self.kernel_size, self.padding, self.stride
    padded = np.pad(input, [(0, 0)] * 2 + [(p, p)] * 2)
    view = np.lib.stride_tricks.sliding_window_view(padded, (K, K), (2, 3))[:, :, ::s, ::s]
    return np.einsum("nchwij,cijo->nohw", view, self.weight) + self.bias[None, :, None, None]
