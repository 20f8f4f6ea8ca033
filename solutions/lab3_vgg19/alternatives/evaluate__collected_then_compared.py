"""All answers first, then one comparison."""

def evaluate(predict, pictures, labels, batch=50):
    answers = [predict(pictures[i : i + batch]) for i in range(0, len(pictures), batch)]
    return np.mean(np.concatenate(answers) == labels)
