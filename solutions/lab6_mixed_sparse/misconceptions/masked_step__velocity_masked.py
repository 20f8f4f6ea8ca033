"""The momentum is masked, too. Then inactive weights have none, and nothing says where one is missing: keep it
whole."""

def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    velocity = momentum * velocity + gradient + decay * weight
    return np.where(mask, weight - lr * velocity, 0), velocity * mask
