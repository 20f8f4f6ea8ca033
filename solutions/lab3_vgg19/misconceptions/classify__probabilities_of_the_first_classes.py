"""The classes are right, but the probabilities are those of classes 0, 1, 2 and so on. Pick from each row the
entries at its own classes."""

def classify(prob, top=5):
    assert prob.ndim == 2, prob.shape
    assert top <= prob.shape[1], f"top {top} of {prob.shape[1]} classes"
    classes = np.argsort(-prob, axis=1)[:, :top]
    return classes, prob[:, :top]
