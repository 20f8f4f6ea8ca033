"""The running means are not kept: each update starts from 0 again, and every entry moves by the full learning
rate."""

@add_to_class(AdamOptimizer)
def update(self, input, grad):
    self.step += 1
    mean = (1 - self.beta1) * grad / (1 - self.beta1)
    square = (1 - self.beta2) * grad**2 / (1 - self.beta2)
    return input - self.lr * mean / (np.sqrt(square) + self.eps)
