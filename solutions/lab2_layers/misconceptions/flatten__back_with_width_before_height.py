"""On the way back rows and columns were exchanged. From N, H, W, C to N, C, H, W the channels move, and H stays before
W."""


@add_to_class(FlattenLayer)
def forward(self, input):
    assert input.shape[1:] == self.input_shape, f"input {input.shape}, expected N and {self.input_shape}"
    return input.transpose(0, 2, 3, 1).reshape((len(input), *self.output_shape))


@add_to_class(FlattenLayer)
def backward(self, top_diff):
    assert top_diff.shape[1:] == self.output_shape, f"top_diff {top_diff.shape}"
    C, H, W = self.input_shape
    return top_diff.reshape(len(top_diff), H, W, C).transpose(0, 3, 2, 1)
