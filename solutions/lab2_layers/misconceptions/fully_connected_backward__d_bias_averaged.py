"""d_bias is the mean over the batch, but all rows share the bias, so it is the sum of their gradients. The
loss has divided by the batch size already.

The line that makes `d_bias`. Compare it with the line of `d_weight`. Both have to bring the rows of the batch
together: which of the two divides by their number?

The bias is added to every row of the batch. If it grows a little, the outputs of all rows grow, and what each of them
does to the loss adds up. That the loss is a mean has been taken into account: the loss layer divided by the batch
size, so each row of `top_diff` is a small part already. Whoever divides again makes the bias learn too slowly, by as
many times as a batch has rows. It learns all the same, so the curve of the loss does not give it away.

The matrix product behind `d_weight` sums over the batch without being told. Do the same for the bias, without a
division, and keep its shape, which has one row.
"""


@add_to_class(FullyConnectedLayer)
def backward(self, top_diff):
    assert top_diff.shape == (len(self.input), self.num_output), top_diff.shape
    self.d_weight = self.input.T @ top_diff
    self.d_bias = top_diff.mean(axis=0, keepdims=True)
    return top_diff @ self.weight.T
