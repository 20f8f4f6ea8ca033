"""The classes are right, but in the wrong order: the most probable must come first.

The first and the last column of each of your two results. Print them for one row of probabilities: which of the two
is the larger one, and which class would you name if you had only one guess?

argsort sorts upwards, as all sorting in NumPy does, so the largest probabilities are at the end of a row, and the
very largest stands last. Cutting off the end finds the right classes and leaves them in rising order. As long as one
asks only whether the label is among the five, that looks harmless. But whoever takes the first column for the
network's answer gets its fifth guess.

Turn the order around, along the axis of the classes and not along the batch, and take as many as `top` says. The
probabilities need no sorting of their own: they are looked up at the classes, and so follow their order.
"""


def classify(prob, top=5):
    assert prob.ndim == 2, prob.shape
    assert top <= prob.shape[1], f"top {top} of {prob.shape[1]} classes"
    classes = np.argsort(prob, axis=1)[:, -top:]
    return classes, np.take_along_axis(prob, classes, axis=1)
