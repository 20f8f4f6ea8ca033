"""All corrections in one factor of the learning rate, square roots by power."""


@add_to_class(AdamOptimizer)
def update(self, input, grad):
    self.step += 1
    t = self.step
    np.copyto(self.mt, self.beta1 * self.mt + (1.0 - self.beta1) * grad)
    np.copyto(self.vt, self.beta2 * self.vt + (1.0 - self.beta2) * grad * grad)
    m_hat = np.divide(self.mt, 1.0 - self.beta1**t)
    v_hat = np.divide(self.vt, 1.0 - self.beta2**t)
    return np.subtract(input, np.divide(self.lr * m_hat, np.power(v_hat, 0.5) + self.eps))
