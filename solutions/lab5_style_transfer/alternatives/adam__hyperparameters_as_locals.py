"""Hyperparameters unpacked first; both corrections in one expression."""


@add_to_class(AdamOptimizer)
def update(self, input, grad):
    b1, b2, eps, lr = self.beta1, self.beta2, self.eps, self.lr
    t = self.step = self.step + 1
    self.mt = m = b1 * self.mt + (1 - b1) * grad
    self.vt = v = b2 * self.vt + (1 - b2) * (grad * grad)
    return input - lr * (m / (1 - b1**t)) / (eps + np.sqrt(v / (1 - b2**t)))
