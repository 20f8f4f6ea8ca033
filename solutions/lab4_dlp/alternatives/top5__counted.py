"""Count the classes that are more probable than the label."""

@add_to_class(VGG19)
def get_top5(self, label):
    self.net.forward()
    prob = self.net.getOutputData()
    better = sum(other > prob[label] for other in prob)
    return better < 1, better < 5
