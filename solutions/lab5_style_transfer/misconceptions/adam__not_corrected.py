"""The means are not corrected. They start from 0 and are too small at first, the square more so than the value: the
first steps come out three times too long.

The two means, after the very first step, with a gradient of 1. The first mean is 0.1 and the second 0.001. What
would the true means of the one gradient seen so far be?

Both means start at zero, as if there had been an endless row of zero gradients before. In the first steps they are
therefore far too small, and not by the same factor: the first lacks a factor of 10, the second one of 1000.
Dividing by its root makes the first steps about three times too long. How much of a mean is real after t steps is
known: 1 - beta ** t of it. Dividing by that makes a true mean of what was seen.

Correct each mean with its own beta and the number of steps, this one included, just before they are used. Keep the
uncorrected ones: the next step goes on with those.
"""


@add_to_class(AdamOptimizer)
def update(self, input, grad):
    self.step += 1
    self.mt = self.beta1 * self.mt + (1 - self.beta1) * grad
    self.vt = self.beta2 * self.vt + (1 - self.beta2) * grad**2
    return input - self.lr * self.mt / (np.sqrt(self.vt) + self.eps)
