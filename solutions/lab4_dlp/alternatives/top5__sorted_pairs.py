"""Sort pairs of probability and class."""

@add_to_class(VGG19)
def get_top5(self, label):
    self.forward()
    ranked = sorted(((p, k) for k, p in enumerate(self.net.getOutputData())), key=lambda pair: pair[0], reverse=True)
    classes = [k for _, k in ranked[:5]]
    return classes.index(label) == 0 if label in classes else False, label in classes
