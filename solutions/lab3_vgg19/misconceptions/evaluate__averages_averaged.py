"""This is the average of the batches' accuracies, in which a picture of a short batch weighs more. Count the
right answers over all batches, and divide once."""

def evaluate(predict, pictures, labels, batch=50):
    assert len(pictures) == len(labels), f"{len(pictures)} pictures, {len(labels)} labels"
    right = 0
    for start in range(0, len(pictures), batch):
        answers = predict(pictures[start : start + batch])
        right += np.mean(answers == labels[start : start + batch])
    return right / -(-len(pictures) // batch)
