"""Only the active weights are gathered, moved and put back; float64 inside."""


def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    wide = gradient.astype(np.float64) + momentum * velocity + decay * weight
    new_velocity = wide.astype(velocity.dtype)
    new_weight = np.zeros_like(weight)
    new_weight[mask] = weight[mask] - lr * wide[mask]
    return new_weight, new_velocity
