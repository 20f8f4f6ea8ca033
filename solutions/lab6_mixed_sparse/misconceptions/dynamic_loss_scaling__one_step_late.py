"""The scale grows one step too late: this step counts too.

The comparison of `clean` with `interval`. Write down, for an interval of 2 and no overflow, what `clean` is after
each step and in which step the scale doubles. Does it double after two clean steps, or after three?

`clean` counts the steps without an overflow since the scale last changed, and the step that you look at is one of
them. So it has to be counted first, and then compared: when the count reaches the interval, the scale is doubled
for the next step and the count starts anew at 0. Comparing the old count, or asking for more than the interval, is
the usual fence-post error: there is one more post than there are gaps.

Add one for this step, and double as soon as the sum equals the interval. The scaler that you return then holds a
count from 0 to interval - 1.
"""


def adjust_scale(scaler, gradients, interval=200):
    scale, clean = scaler["scale"], scaler["clean"]
    fine = all(np.isfinite(gradient).all() for gradient in gradients.values())
    if not fine:
        return {"scale": scale / 2, "clean": 0}, False
    clean += 1
    if clean > interval:
        return {"scale": scale * 2, "clean": 0}, True
    return {"scale": scale, "clean": clean}, True
