"""Pictures were ranked for each class. Rank the classes of each picture: along axis 1."""


def classify(prob, top=5):
    assert prob.ndim == 2, prob.shape
    assert top <= prob.shape[1], f"top {top} of {prob.shape[1]} classes"
    classes = np.argsort(-prob, axis=0)[:, :top]
    return (classes, np.take_along_axis(prob, classes, axis=1))
