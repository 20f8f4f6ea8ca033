"""The corrections are drawn into the step length; epsilon is scaled with them."""

@add_to_class(AdamOptimizer)
def update(self, input, grad):
    self.step += 1
    self.mt += (1 - self.beta1) * (grad - self.mt)
    self.vt += (1 - self.beta2) * (grad * grad - self.vt)
    root = np.sqrt(1 - self.beta2**self.step)
    lr = self.lr * root / (1 - self.beta1**self.step)
    return input - lr * self.mt / (np.sqrt(self.vt) + self.eps * root)
