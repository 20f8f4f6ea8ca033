"""A sum of n products can be off n times as far as one product. The bound does not depend on how many there
are."""

def agreement_bound(terms, *, input_max, weight_max, bias_max, input_step, weight_step, half_weight):
    input_error = input_max * HALF + input_step / 2
    weight_error = (weight_max * HALF if half_weight else 0) + weight_step / 2
    exact = input_max * weight_max
    largest = (input_max + input_error) * (weight_max + weight_error)
    return (largest - exact) + bias_max * HALF + (largest + bias_max * (1 + HALF)) * HALF
