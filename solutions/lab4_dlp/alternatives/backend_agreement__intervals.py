"""The largest number that can come out, followed through every step, minus the exact one."""

def agreement_bound(terms, *, input_max, weight_max, bias_max, input_step, weight_step, half_weight):
    up = 1 + 2.0**-11
    x = input_max * up + input_step / 2
    w = weight_max * (up if half_weight else 1) + weight_step / 2
    result = (terms * x * w + bias_max * up) * up
    return result - (terms * input_max * weight_max + bias_max)
