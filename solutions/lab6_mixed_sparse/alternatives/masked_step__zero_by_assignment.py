"""In place on copies, inactive weights set to 0 by assignment."""


def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    v = velocity.copy()
    v *= momentum
    v += gradient
    v += decay * weight
    w = weight - lr * v
    w[np.logical_not(mask)] = 0
    return w, v
