"""Each cause on its own line, errors of errors left out except where both factors are off."""

def agreement_bound(terms, *, input_max, weight_max, bias_max, input_step, weight_step, half_weight):
    dx = 0.5 * input_step + input_max / 2048
    dw = 0.5 * weight_step
    if half_weight:
        dw += weight_max / 2048
    from_inputs = terms * dx * weight_max
    from_weights = terms * dw * input_max
    from_both = terms * dx * dw
    from_bias = bias_max / 2048
    from_result = (terms * input_max * weight_max + bias_max + from_inputs + from_weights + from_both) / 2048
    return from_inputs + from_weights + from_both + from_bias + from_result
