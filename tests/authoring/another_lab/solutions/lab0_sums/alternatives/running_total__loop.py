"""A loop that keeps the sum."""


def running_total(x):
    output, total = np.empty_like(x), 0
    for place, number in enumerate(x):
        total = total + number
        output[place] = total
    return output
