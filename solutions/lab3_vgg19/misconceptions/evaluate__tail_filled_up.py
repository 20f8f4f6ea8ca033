"""The last batch was filled up with pictures that had been counted before. It may be shorter."""

def evaluate(predict, pictures, labels, batch=50):
    assert len(pictures) == len(labels), f"{len(pictures)} pictures, {len(labels)} labels"
    right = 0
    for start in range(0, len(pictures), batch):
        chosen = np.arange(start, start + batch) % len(pictures)
        answers = predict(pictures[chosen])
        right += int(np.sum(answers == labels[chosen]))
    return right / len(pictures)
