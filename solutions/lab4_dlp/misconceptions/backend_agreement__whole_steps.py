"""Rounding to the nearest multiple moves a value by at most half a step, not by a whole one."""

def agreement_bound(terms, *, input_max, weight_max, bias_max, input_step, weight_step, half_weight):
    input_error = input_max * HALF + input_step
    weight_error = (weight_max * HALF if half_weight else 0) + weight_step
    exact = terms * input_max * weight_max
    largest = terms * (input_max + input_error) * (weight_max + weight_error)
    return (largest - exact) + bias_max * HALF + (largest + bias_max * (1 + HALF)) * HALF
