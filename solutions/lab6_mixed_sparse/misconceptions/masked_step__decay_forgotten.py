"""The decay is left out."""

def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    velocity = momentum * velocity + gradient
    return np.where(mask, weight - lr * velocity, 0), velocity
