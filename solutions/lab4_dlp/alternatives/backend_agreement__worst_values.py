"""The worst input, weight and bias as rounded values, and the last rounding as a factor."""


def agreement_bound(terms, *, input_max, weight_max, bias_max, input_step, weight_step, half_weight):
    worst_x = input_max * (1 + HALF) + input_step / 2
    worst_w = weight_max * (1 + HALF if half_weight else 1) + weight_step / 2
    worst_b = bias_max * (1 + HALF)
    exact = np.float64(terms) * input_max * weight_max + bias_max
    return (terms * worst_x * worst_w + worst_b) * (1 + HALF) - exact
