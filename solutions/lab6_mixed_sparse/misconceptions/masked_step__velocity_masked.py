"""The momentum is masked, too. Then inactive weights have none, and nothing says where one is missing: keep it whole.

The velocity that you return, at a position where the mask is False. It is 0, after this step and after every other.
Which function later asks for just these values?

An inactive weight is 0 and has no part in the answer; but it has a gradient, which says how much the loss would
fall if it were there. The velocity collects these gradients over an epoch. When new weights are to be chosen,
`regrow` takes the inactive positions where the loss has pulled the most: it reads the velocity of weights that do not
exist. If it is zero there, regrowing is a lottery, and the training is no better than a mask that never changes.

Update the velocity of all positions alike, with gradient and decay, and without the mask. Use the mask once, at the
end, where the new weight is made: active ones take their step, all others are 0.
"""


def masked_step(weight, velocity, gradient, mask, lr, momentum=0.9, decay=0.0):
    velocity = momentum * velocity + gradient + decay * weight
    return np.where(mask, weight - lr * velocity, 0), velocity * mask
