"""The class of a probability is looked up with index, which returns the first of equal values: of two classes
that are equally probable, one is counted twice and the other never."""

@add_to_class(VGG19)
def get_top5(self, label):
    self.forward()
    result = self.net.getOutputData()
    best = [result.index(value) for value in sorted(result, reverse=True)[:5]]
    return best[0] == label, label in best
