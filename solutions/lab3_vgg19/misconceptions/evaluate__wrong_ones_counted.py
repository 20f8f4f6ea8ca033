"""The wrong answers were counted. The accuracy is the fraction of right answers."""


def evaluate(predict, pictures, labels, batch=50):
    assert len(pictures) == len(labels), f"{len(pictures)} pictures, {len(labels)} labels"
    right = 0
    for start in range(0, len(pictures), batch):
        answers = predict(pictures[start : start + batch])
        right += int(np.sum(answers != labels[start : start + batch]))
    return right / len(pictures)
