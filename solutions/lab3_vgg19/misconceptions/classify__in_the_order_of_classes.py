"""The right classes, but in ascending order of their indices. The most probable comes first."""


def classify(prob, top=5):
    assert prob.ndim == 2, prob.shape
    assert top <= prob.shape[1], f"top {top} of {prob.shape[1]} classes"
    classes = np.sort(np.argsort(-prob, axis=1)[:, :top], axis=1)
    return (classes, np.take_along_axis(prob, classes, axis=1))
