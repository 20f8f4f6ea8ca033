"""The running means belong to the class, so that all optimizers share them. They belong to self."""

@add_to_class(AdamOptimizer)
def update(self, input, grad):
    cls = AdamOptimizer
    self.step += 1
    if self.step == 1 and getattr(cls, 'latest', 0) != 1:
        cls.m, cls.v = np.zeros_like(grad), np.zeros_like(grad)
    cls.latest = self.step
    cls.m = self.beta1 * cls.m + (1 - self.beta1) * grad
    cls.v = self.beta2 * cls.v + (1 - self.beta2) * grad**2
    mean = cls.m / (1 - self.beta1**self.step)
    square = cls.v / (1 - self.beta2**self.step)
    return input - self.lr * mean / (np.sqrt(square) + self.eps)
