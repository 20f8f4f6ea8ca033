"""The number of right answers was divided by the size of one batch. Divide by the number of all pictures."""


def evaluate(predict, pictures, labels, batch=50):
    assert len(pictures) == len(labels), f"{len(pictures)} pictures, {len(labels)} labels"
    right = 0
    for start in range(0, len(pictures), batch):
        answers = predict(pictures[start : start + batch])
        right += int(np.sum(answers == labels[start : start + batch]))
    return right / batch
