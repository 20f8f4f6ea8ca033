"""A helper says how far a product of two inexact factors can be off."""


def product_error(a, da, b, db):
    return a * db + b * da + da * db


def agreement_bound(terms, *, input_max, weight_max, bias_max, input_step, weight_step, half_weight):
    da = HALF * input_max + 0.5 * input_step
    db = HALF * weight_max * bool(half_weight) + 0.5 * weight_step
    off = terms * product_error(input_max, da, weight_max, db)
    db_bias = HALF * bias_max
    final = terms * input_max * weight_max + off + bias_max + db_bias
    return off + db_bias + HALF * final
