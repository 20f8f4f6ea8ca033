"""The step goes up the gradient: it has to be subtracted."""

@add_to_class(AdamOptimizer)
def update(self, input, grad):
    self.step += 1
    self.mt = self.beta1 * self.mt + (1 - self.beta1) * grad
    self.vt = self.beta2 * self.vt + (1 - self.beta2) * grad**2
    mean = self.mt / (1 - self.beta1**self.step)
    square = self.vt / (1 - self.beta2**self.step)
    return input + self.lr * mean / (np.sqrt(square) + self.eps)
