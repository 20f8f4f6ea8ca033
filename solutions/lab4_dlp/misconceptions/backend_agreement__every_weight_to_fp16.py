"""Only a fully connected layer's weight is rounded to FP16 first. A convolution's weight goes straight to its
grid: see half_weight."""

def agreement_bound(terms, *, input_max, weight_max, bias_max, input_step, weight_step, half_weight):
    input_error = input_max * HALF + input_step / 2
    weight_error = weight_max * HALF + weight_step / 2
    exact = terms * input_max * weight_max
    largest = terms * (input_max + input_error) * (weight_max + weight_error)
    return (largest - exact) + bias_max * HALF + (largest + bias_max * (1 + HALF)) * HALF
