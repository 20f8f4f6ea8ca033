"""Take a batch off the front until nothing is left; compare one by one."""

def evaluate(predict, pictures, labels, batch=50):
    wrong, left, truth = 0, pictures, list(labels)
    while len(left):
        some, left = left[:batch], left[batch:]
        for answer in predict(some):
            wrong += int(answer) != int(truth.pop(0))
    return 1 - wrong / len(pictures)
