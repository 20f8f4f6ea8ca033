"""The means are not corrected. They start from 0 and are too small at first, the square more so than the
value: the first steps come out three times too long."""

@add_to_class(AdamOptimizer)
def update(self, input, grad):
    self.step += 1
    self.mt = self.beta1 * self.mt + (1 - self.beta1) * grad
    self.vt = self.beta2 * self.vt + (1 - self.beta2) * grad**2
    return input - self.lr * self.mt / (np.sqrt(self.vt) + self.eps)
