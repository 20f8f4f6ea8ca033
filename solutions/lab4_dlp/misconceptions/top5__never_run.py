"""The network is not run: getOutputData has nothing to return. Call forward first."""

@add_to_class(VGG19)
def get_top5(self, label):
    prob = np.array(self.net.getOutputData())
    best = np.argsort(-prob, kind="stable")[:5]
    return bool(best[0] == label), bool(label in best)
