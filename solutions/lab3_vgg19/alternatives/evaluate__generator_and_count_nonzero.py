"""A sum over a generator of batches, counted by np.count_nonzero."""


def evaluate(predict, pictures, labels, batch=50):
    starts = np.arange(0, len(pictures), batch)
    right = sum(np.count_nonzero(predict(pictures[s : s + batch]) == labels[s : s + batch]) for s in starts)
    return float(right) / len(labels)
