"""The step is counted after it was used: in the first update t is 0, and 1 - beta**0 is 0."""

@add_to_class(AdamOptimizer)
def update(self, input, grad):
    with np.errstate(all='ignore'):
        self.mt = self.beta1 * self.mt + (1 - self.beta1) * grad
        self.vt = self.beta2 * self.vt + (1 - self.beta2) * grad**2
        mean = self.mt / (1 - self.beta1**self.step)
        square = self.vt / (1 - self.beta2**self.step)
        self.step += 1
        return input - self.lr * mean / (np.sqrt(square) + self.eps)
