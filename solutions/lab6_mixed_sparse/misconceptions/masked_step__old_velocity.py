"""The step is taken with the velocity from before. Compute the new one first."""

def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    new = momentum * velocity + gradient + decay * weight
    return np.where(mask, weight - lr * velocity, 0), new
