"""Errors that cancel grow like the root of the number of terms. That is likely, but it is no bound: all of them
may point the same way.

The root of the number of terms. Choose inputs and weights so that every rounding goes the same way, for instance all
of them equal. How far is the sum off then, for 4 terms and for 100?

Two questions are easily mixed up. How far is a sum off as a rule? Errors of both signs cancel, and what remains grows
like the root: a good estimate. How far can it be off at worst? Nothing forbids that all errors point the same way,
and then they add up one by one. A bound answers the second: two machines that differ by more cannot both be right,
and bad luck is no excuse.

Let each term count with its full error, and the sum with as many of them as it has terms. Nothing cancels in a bound.
The roundings of the bias and of the result happen once each and stay as you have them.
"""


def agreement_bound(terms, *, input_max, weight_max, bias_max, input_step, weight_step, half_weight):
    input_error = input_max * HALF + input_step / 2
    weight_error = (weight_max * HALF if half_weight else 0) + weight_step / 2
    exact = terms * input_max * weight_max
    largest = terms * (input_max + input_error) * (weight_max + weight_error)
    return (largest - exact) / np.sqrt(terms) + bias_max * HALF + (largest + bias_max * (1 + HALF)) * HALF
