"""1 for yes and 0 for no, which evaluate averages just as well."""

@add_to_class(VGG19)
def get_top5(self, label):
    self.forward()
    prob = np.array(self.net.getOutputData())
    place = int(np.sum(prob > prob[label]))
    return int(place == 0), float(place < 5)
