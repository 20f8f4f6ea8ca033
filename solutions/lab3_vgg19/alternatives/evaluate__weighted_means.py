"""The mean of each batch, weighted by its size."""


def evaluate(predict, pictures, labels, batch=50):
    N = len(pictures)
    accuracy = 0.0
    for i in range(-(-N // batch)):
        part = slice(i * batch, min(N, (i + 1) * batch))
        hits = np.equal(predict(pictures[part]), labels[part])
        accuracy += hits.mean() * len(hits) / N
    return accuracy
