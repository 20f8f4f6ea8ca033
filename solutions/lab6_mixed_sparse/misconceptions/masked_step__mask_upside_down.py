"""The active weights are set to 0 and the others move. True in the mask means active."""

def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    velocity = momentum * velocity + gradient + decay * weight
    return np.where(mask, 0, weight - lr * velocity), velocity
