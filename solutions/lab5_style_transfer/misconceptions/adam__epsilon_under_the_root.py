"""epsilon stands under the root. Compared with the squares of tiny gradients it is large, and the steps become
too short: add it outside."""

@add_to_class(AdamOptimizer)
def update(self, input, grad):
    self.step += 1
    self.mt = self.beta1 * self.mt + (1 - self.beta1) * grad
    self.vt = self.beta2 * self.vt + (1 - self.beta2) * grad**2
    mean = self.mt / (1 - self.beta1**self.step)
    square = self.vt / (1 - self.beta2**self.step)
    return input - self.lr * mean / np.sqrt(square + self.eps)
