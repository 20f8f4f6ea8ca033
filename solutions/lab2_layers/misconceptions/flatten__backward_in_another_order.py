"""Forward moved the channels last, but backward reshapes straight to N, C, H, W, so the gradients land on
other entries. Undo forward's steps, the last one first."""

@add_to_class(FlattenLayer)
def forward(self, input):
    assert input.shape[1:] == self.input_shape, f"input {input.shape}, expected N and {self.input_shape}"
    return input.transpose(0, 2, 3, 1).reshape((len(input),) + self.output_shape)


@add_to_class(FlattenLayer)
def backward(self, top_diff):
    assert top_diff.shape[1:] == self.output_shape, f"top_diff {top_diff.shape}"
    C, H, W = self.input_shape
    return top_diff.reshape(len(top_diff), C, H, W)
