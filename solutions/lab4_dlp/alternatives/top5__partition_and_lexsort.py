"""np.lexsort by probability and then by class."""


@add_to_class(VGG19)
def get_top5(self, label):
    self.net.forward()
    prob = np.asarray(self.net.getOutputData(), dtype=np.float64).ravel()
    order = np.lexsort((np.arange(len(prob)), -prob))
    rank = int(np.where(order == label)[0][0])
    return rank == 0, rank < 5
