"""A running average of right and wrong, picture by picture."""


def evaluate(predict, pictures, labels, batch=50):
    seen, average = 0, 0.0
    for first in range(0, len(pictures), batch):
        for said, truth in zip(predict(pictures[first : first + batch]), labels[first : first + batch]):
            seen += 1
            average += (float(said == truth) - average) / seen
    return average
