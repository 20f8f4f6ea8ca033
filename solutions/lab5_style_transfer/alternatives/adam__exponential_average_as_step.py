"""The averages as steps towards the new value; corrections as factors."""


@add_to_class(AdamOptimizer)
def update(self, input, grad):
    self.step = self.step + 1
    self.mt = self.mt + (1 - self.beta1) * (grad - self.mt)
    self.vt = self.vt + (1 - self.beta2) * (np.square(grad) - self.vt)
    c1, c2 = (1 / (1 - beta**self.step) for beta in (self.beta1, self.beta2))
    return input - self.lr * (self.mt * c1) / (np.sqrt(self.vt * c2) + self.eps)
