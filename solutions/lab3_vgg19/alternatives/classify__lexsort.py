"""np.lexsort by probability, then by number of the class."""


def classify(prob, top=5):
    order = np.empty((len(prob), top), dtype=np.int64)
    for n in range(len(prob)):
        order[n] = np.lexsort((np.arange(prob.shape[1]), np.negative(prob[n])))[:top]
    return order, np.array([prob[n, order[n]] for n in range(len(prob))]).reshape(len(prob), top)
