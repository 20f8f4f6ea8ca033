"""Pairs of numbers, sorted as Python sorts."""

def regrow(mask, momentum, count):
    free = [tuple(place) for place in np.argwhere(~mask)]
    free = sorted(free, key=lambda place: abs(momentum[place]), reverse=True)
    new = np.array(mask)
    for row, column in free[:count]:
        new[row, column] = True
    return new
