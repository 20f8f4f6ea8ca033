"""Only the first mean was corrected for its start at zero. The second starts at zero as well, and needs it more: its
beta is closer to 1."""


@add_to_class(AdamOptimizer)
def update(self, input, grad):
    assert input.shape == grad.shape == self.mt.shape, f"{input.shape}, {grad.shape}, {self.mt.shape}"
    self.step += 1
    self.mt = self.beta1 * self.mt + (1 - self.beta1) * grad
    self.vt = self.beta2 * self.vt + (1 - self.beta2) * grad**2
    mean = self.mt / (1 - self.beta1**self.step)
    square = self.vt
    return input - self.lr * mean / (np.sqrt(square) + self.eps)
