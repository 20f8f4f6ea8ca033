"""The decay shrinks the weight outside the velocity. Here it is added to the gradient, so that it goes through
the velocity."""

def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    velocity = momentum * velocity + gradient
    return np.where(mask, weight - lr * velocity - lr * decay * weight, 0), velocity
