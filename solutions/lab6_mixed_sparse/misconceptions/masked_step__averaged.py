"""The gradient is weighted by 1 - momentum. Here it is added as it is."""

def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    velocity = momentum * velocity + (1 - momentum) * (gradient + decay * weight)
    return np.where(mask, weight - lr * velocity, 0), velocity
