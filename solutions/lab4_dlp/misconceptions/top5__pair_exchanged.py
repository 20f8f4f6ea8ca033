"""The two answers are exchanged: first whether the label is the most probable, then whether it is among
five."""


@add_to_class(VGG19)
def get_top5(self, label):
    self.forward()
    prob = np.array(self.net.getOutputData())
    best = np.argsort(-prob, kind="stable")[:5]
    return (bool(label in best), bool(best[0] == label))
