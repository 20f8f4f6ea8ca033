"""The pictures were drawn at random, so some were seen twice and others never. Go through all of them in
order."""

def evaluate(predict, pictures, labels, batch=50):
    assert len(pictures) == len(labels), f"{len(pictures)} pictures, {len(labels)} labels"
    chosen = np.random.default_rng(0).integers(0, len(pictures), len(pictures))
    pictures, labels = pictures[chosen], labels[chosen]
    right = 0
    for start in range(0, len(pictures), batch):
        answers = predict(pictures[start : start + batch])
        right += int(np.sum(answers == labels[start : start + batch]))
    return right / len(pictures)
