"""The six most probable classes are looked at."""

@add_to_class(VGG19)
def get_top5(self, label):
    self.forward()
    prob = np.array(self.net.getOutputData())
    best = np.argsort(-prob, kind="stable")[:6]
    return bool(best[0] == label), bool(label in best)
