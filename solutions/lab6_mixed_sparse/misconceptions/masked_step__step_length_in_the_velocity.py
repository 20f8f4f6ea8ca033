"""The learning rate is part of the velocity. It belongs to the step: here the velocity knows nothing of lr."""

def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    velocity = momentum * velocity + lr * (gradient + decay * weight)
    return np.where(mask, weight - velocity, 0), velocity
