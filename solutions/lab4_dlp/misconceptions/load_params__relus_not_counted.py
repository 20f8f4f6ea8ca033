"""The layers are numbered as if only those with weights counted: 0, 1, 2 ... layer_id counts every layer, ReLUs
and poolings too.

The first argument of `loadParams`. Print it for the first few layers with weights, and `getLayerName` of the same
number beside it. Whose weights do you hand over, and to whom?

The card keeps one list of layers in the order in which they were made, and everything is in it: convolutions, ReLUs,
poolings, flatten. `layer_id` is a position in that list. Your count knows only layers that have weights. It agrees
for the very first one and falls behind with every ReLU and every pooling. If you are lucky, the card says that a ReLU
takes no weights; if you are not, they reach another convolution.

A number that runs over all layers is there already: you ask for names by it. Hand that one over. A count over layers
with weights is right for the grids, of which the file holds one for each of them.
"""


@add_to_class(VGG19)
def load_model(self):
    mean_picture = self.params["normalization"][0][0][0]  # (H, W, 3)
    self.image_mean = mean_picture.mean(axis=(0, 1))
    learned = 0
    grids = iter(self.filter_quant_params)
    for number in range(self.net.size()):
        name = self.net.getLayerName(number)
        if name.startswith("conv"):
            weight, bias = self.entry(number)
            weight = weight.transpose(3, 2, 0, 1)
        elif name.startswith("fc"):
            weight, bias = self.entry(number - 1)  # the file has no flatten
            weight = weight.reshape(-1, weight.shape[3]).T
        else:
            continue
        numbers = (part.flatten().astype(np.float64) for part in (weight, bias))
        self.net.loadParams(learned, *numbers, next(grids))
        learned += 1
