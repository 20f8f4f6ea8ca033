"""The bias is rounded to FP16 before it is added. That error comes on top of the rounding of the result."""

def agreement_bound(terms, *, input_max, weight_max, bias_max, input_step, weight_step, half_weight):
    input_error = input_max * HALF + input_step / 2
    weight_error = (weight_max * HALF if half_weight else 0) + weight_step / 2
    exact = terms * input_max * weight_max
    largest = terms * (input_max + input_error) * (weight_max + weight_error)
    return (largest - exact) + (largest + bias_max * (1 + HALF)) * HALF
