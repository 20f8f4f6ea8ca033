"""The corrected means are kept for the next update. Keep m and v themselves; the correction is made anew in
each step."""

@add_to_class(AdamOptimizer)
def update(self, input, grad):
    self.step += 1
    self.mt = self.beta1 * self.mt + (1 - self.beta1) * grad
    self.vt = self.beta2 * self.vt + (1 - self.beta2) * grad**2
    self.mt = self.mt / (1 - self.beta1**self.step)
    self.vt = self.vt / (1 - self.beta2**self.step)
    return input - self.lr * self.mt / (np.sqrt(self.vt) + self.eps)
