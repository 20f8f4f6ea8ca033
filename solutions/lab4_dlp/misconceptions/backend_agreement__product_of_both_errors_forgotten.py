"""The corner of the picture is missing: where both factors are off, the product of both errors adds to the
rest."""

def agreement_bound(terms, *, input_max, weight_max, bias_max, input_step, weight_step, half_weight):
    input_error = input_max * HALF + input_step / 2
    weight_error = (weight_max * HALF if half_weight else 0) + weight_step / 2
    exact = terms * input_max * weight_max
    largest = exact + terms * (input_max * weight_error + weight_max * input_error)
    return (largest - exact) + bias_max * HALF + (largest + bias_max * (1 + HALF)) * HALF
