"""All active places as pairs (size, place), sorted as Python sorts."""

def magnitude_prune(weight, mask, rate):
    places = list(zip(*np.nonzero(mask)))
    places.sort(key=lambda place: abs(weight[place]))
    new = np.array(mask)
    for place in places[: int(np.floor(rate * len(places)))]:
        new[place] = False
    return new
