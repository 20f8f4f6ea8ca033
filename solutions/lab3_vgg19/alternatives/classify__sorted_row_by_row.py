"""Python's own sort, one row at a time."""

def classify(prob, top=5):
    classes, probabilities = [], []
    for row in prob:
        best = sorted(enumerate(row), key=lambda pair: pair[1], reverse=True)[:top]
        classes.append([k for k, _ in best])
        probabilities.append([p for _, p in best])
    return np.array(classes), np.array(probabilities)
