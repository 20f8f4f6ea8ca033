"""A helper for the average, float64 inside, float32 outside."""


def moving_average(old, new, beta):
    return beta * old.astype(np.float64) + (1.0 - beta) * new


@add_to_class(AdamOptimizer)
def update(self, input, grad):
    self.step += 1
    g = grad.astype(np.float64)
    m, v = moving_average(self.mt, g, self.beta1), moving_average(self.vt, g * g, self.beta2)
    self.mt, self.vt = m.astype(np.float32), v.astype(np.float32)
    m_hat = m / (1.0 - np.power(self.beta1, self.step))
    v_hat = v / (1.0 - np.power(self.beta2, self.step))
    return (input - self.lr * m_hat / (v_hat**0.5 + self.eps)).astype(input.dtype)
