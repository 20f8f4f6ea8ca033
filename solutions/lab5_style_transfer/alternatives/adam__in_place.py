"""Everything in place."""

@add_to_class(AdamOptimizer)
def update(self, input, grad):
    self.step = self.step + 1
    self.mt *= self.beta1
    self.mt += (1.0 - self.beta1) * grad
    self.vt *= self.beta2
    self.vt += (1.0 - self.beta2) * np.square(grad)
    mt_hat = self.mt / (1.0 - np.power(self.beta1, self.step))
    vt_hat = self.vt / (1.0 - np.power(self.beta2, self.step))
    input -= self.lr * mt_hat / (np.power(vt_hat, 0.5) + self.eps)
    return input
