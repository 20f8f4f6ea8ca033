"""FP16 has eleven bits, so a value moves by at most 2**-11 of itself, half a unit in its last place. 2**-10 is a
whole one."""

def agreement_bound(terms, *, input_max, weight_max, bias_max, input_step, weight_step, half_weight):
    input_error = input_max * HALF + input_step / 2
    weight_error = (weight_max * HALF if half_weight else 0) + weight_step / 2
    exact = terms * input_max * weight_max
    largest = terms * (input_max + input_error) * (weight_max + weight_error)
    return bias_max * HALF + (largest + bias_max) * HALF + (largest - exact) + bias_max * HALF + (largest + bias_max * (1 + HALF)) * HALF
