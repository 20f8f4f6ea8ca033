"""The result was written back into self.bias, so the second call starts from the first call's answer. The
bias is a parameter: forward may read it but must not change it."""

@add_to_class(FullyConnectedLayer)
def forward(self, input):
    self.input = input  # backward needs it
    assert input.shape[1] == self.num_input, f"input {input.shape}, num_input {self.num_input}"
    self.bias = input @ self.weight + self.bias
    return self.bias
