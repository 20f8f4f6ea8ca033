"""The second mean is that of the gradient itself, which may be negative and then has no root. It is the mean of the
gradient's square."""


@add_to_class(AdamOptimizer)
def update(self, input, grad):
    assert input.shape == grad.shape == self.mt.shape, f"{input.shape}, {grad.shape}, {self.mt.shape}"
    self.step += 1
    self.mt = self.beta1 * self.mt + (1 - self.beta1) * grad
    self.vt = self.beta2 * self.vt + (1 - self.beta2) * grad
    mean = self.mt / (1 - self.beta1**self.step)
    square = self.vt / (1 - self.beta2**self.step)
    return input - self.lr * mean / (np.sqrt(square) + self.eps)
