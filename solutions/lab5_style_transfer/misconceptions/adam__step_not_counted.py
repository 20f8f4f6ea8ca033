"""The updates are never counted, so every one is corrected like the first. self.step must grow by 1 each time."""

@add_to_class(AdamOptimizer)
def update(self, input, grad):
    step = self.step + 1
    self.mt = self.beta1 * self.mt + (1 - self.beta1) * grad
    self.vt = self.beta2 * self.vt + (1 - self.beta2) * grad**2
    mean = self.mt / (1 - self.beta1**step)
    square = self.vt / (1 - self.beta2**step)
    return input - self.lr * mean / (np.sqrt(square) + self.eps)
