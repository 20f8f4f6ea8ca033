"""This is the average of the batches' accuracies, in which a picture of a short batch weighs more. Count the
right answers over all batches, and divide once.

What each batch adds to the sum. Take three pictures in batches of two, of which only the third is named right. What
is the accuracy, and what do you get?

A mean of means is the mean of all only where the groups are equally large. The last batch is often shorter, and each
picture in it weighs more than any other. Where the number of pictures is divisible by the batch size nothing is
wrong, and that is how this mistake lives on. The accuracy must not depend on how the pictures were cut into batches:
they were cut to save memory, and for no other reason.

Let a batch add a count and not a fraction: how many of its pictures are named right. Divide once, behind the loop,
and by what all the counts together are a part of.
"""


def evaluate(predict, pictures, labels, batch=50):
    assert len(pictures) == len(labels), f"{len(pictures)} pictures, {len(labels)} labels"
    right = 0
    for start in range(0, len(pictures), batch):
        answers = predict(pictures[start : start + batch])
        right += np.mean(answers == labels[start : start + batch])
    return right / -(-len(pictures) // batch)
