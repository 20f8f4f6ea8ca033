"""The weights are rounded too, and each error of a weight is multiplied by an input."""

def agreement_bound(terms, *, input_max, weight_max, bias_max, input_step, weight_step, half_weight):
    input_error = input_max * HALF + input_step / 2
    weight_error = 0
    exact = terms * input_max * weight_max
    largest = terms * (input_max + input_error) * (weight_max + weight_error)
    return (largest - exact) + bias_max * HALF + (largest + bias_max * (1 + HALF)) * HALF
