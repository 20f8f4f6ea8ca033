"""One permutation of the entries, and its inverse on the way back."""


@add_to_class(FlattenLayer)
def forward(self, input):
    C, H, W = self.input_shape
    order = np.arange(C * H * W).reshape(C, H * W).T.ravel()
    rows = input.reshape(len(input), -1)
    return rows[:, order].reshape(len(input), *self.output_shape)


@add_to_class(FlattenLayer)
def backward(self, top_diff):
    C, H, W = self.input_shape
    order = np.arange(C * H * W).reshape(C, H * W).T.ravel()
    rows = top_diff.reshape(top_diff.shape[0], C * H * W)
    return rows[:, np.argsort(order)].reshape(-1, C, H, W)
