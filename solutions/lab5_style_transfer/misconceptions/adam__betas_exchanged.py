"""beta1 and beta2 are exchanged: beta1 belongs to the mean of the gradient, beta2 to that of its square."""

@add_to_class(AdamOptimizer)
def update(self, input, grad):
    self.step += 1
    self.mt = self.beta2 * self.mt + (1 - self.beta2) * grad
    self.vt = self.beta1 * self.vt + (1 - self.beta1) * grad**2
    mean = self.mt / (1 - self.beta2**self.step)
    square = self.vt / (1 - self.beta1**self.step)
    return input - self.lr * mean / (np.sqrt(square) + self.eps)
