"""The weight was transposed before the product. It is stored as (num_input, num_output), so it fits the
rows of the input as it is."""

@add_to_class(FullyConnectedLayer)
def forward(self, input):
    self.input = input  # backward needs it
    assert input.shape[1] == self.num_input, f"input {input.shape}, num_input {self.num_input}"
    return input @ self.weight.T + self.bias
