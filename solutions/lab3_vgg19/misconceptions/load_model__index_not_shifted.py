"""The fully connected layers take the entry at their own index. The file has no entry for flatten, so theirs
come one earlier.

The index by which a fully connected layer asks for its entry. Print the names of the file's entries beside the
names of your layers, from pool5 on. Up to which index do they agree?

The file was written by MatConvNet, whose network has no layer for flattening: there the first fully connected layer
is a convolution over the whole map. Your network has one more layer in the middle. All that stands before it has
the same index in both lists, and all that stands behind it is one index later in yours. A list that has one entry
more is shifted from there on.

For a convolution the index can stay. For a fully connected layer, go one index back before you ask the file. If
the shapes still do not fit, print the shape of the entry that you get: the one of fc6 has as many rows and columns
as pool5.
"""


@add_to_class(VGG19)
def load_model(self):
    mean_picture = self.params["normalization"][0][0][0]
    assert mean_picture.shape[2] == 3, mean_picture.shape
    self.image_mean = mean_picture.mean(axis=(0, 1))
    for index, name in enumerate(self.param_layer_name):
        if name.startswith("conv"):
            weight, bias = entry(self.params, index)
            # In memory too the numbers should lie in the new order: every forward pass reads them.
            self.layers[name].load_param(np.ascontiguousarray(weight.transpose(2, 0, 1, 3)), bias.reshape(-1))
        elif name.startswith("fc"):
            weight, bias = entry(self.params, index)  # the file has no flatten
            self.layers[name].load_param(weight.reshape(-1, weight.shape[3]), bias.reshape(1, -1))
