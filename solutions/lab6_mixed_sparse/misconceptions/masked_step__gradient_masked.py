"""The gradient of inactive weights is dropped, and with it what their momentum is for: it says where a weight is
missing."""

def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    velocity = momentum * velocity + gradient * mask + decay * weight
    return np.where(mask, weight - lr * velocity, 0), velocity
