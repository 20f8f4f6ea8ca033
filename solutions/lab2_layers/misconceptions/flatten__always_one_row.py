"""The result is always one row per image. The layer knows the shape asked for: output_shape, which may have several
axes."""


@add_to_class(FlattenLayer)
def forward(self, input):
    assert input.shape[1:] == self.input_shape, f"input {input.shape}, expected N and {self.input_shape}"
    return input.transpose(0, 2, 3, 1).reshape(len(input), -1)


@add_to_class(FlattenLayer)
def backward(self, top_diff):
    assert top_diff.shape[1:] == self.output_shape, f"top_diff {top_diff.shape}"
    C, H, W = self.input_shape
    return top_diff.reshape(len(top_diff), H, W, C).transpose(0, 3, 1, 2)
