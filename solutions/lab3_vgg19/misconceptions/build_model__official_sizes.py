"""These are the sizes of the official file, written into the code. Take self.channels, self.hidden,
self.image_size and the number of classes, which were read from the file at hand: mini has others.

Every number in `build_model` that is larger than 4. The table above says what `self.channels`, `self.hidden` and
`self.image_size` are in the official file and in `mini`: which of your numbers do you find there, and in which
column?

VGG19 is a plan: five blocks with so many convolutions each, kernels of 3 x 3, three fully connected layers. How wide
a layer is, how large the pictures are and how many classes there are does not belong to the plan: it is settled when
weights are trained. The official file has its sizes, and `mini` has smaller ones, so that a notebook can run it.
Layers that were built for one cannot take the weights of the other.

Put in place of each of these numbers what was read from the file at hand. The height and width that flatten meets
follow from the picture's size, which five poolings have halved. What may stay in the code is the plan.
"""


@add_to_class(VGG19)
def build_model(self):
    self.layers = {}
    positions = 7  # height and width after five poolings
    classes = 1000
    channel_in = 3
    for block, (count, channel_out) in enumerate(zip((2, 2, 4, 4, 4), (64, 128, 256, 512, 512), strict=True), 1):
        for i in range(1, count + 1):
            self.layers[f"conv{block}_{i}"] = ConvolutionalLayer(3, channel_in, channel_out, 1, 1, type=1)
            self.layers[f"relu{block}_{i}"] = ReLULayer()
            channel_in = channel_out
        self.layers[f"pool{block}"] = MaxPoolingLayer(2, 2, type=1)
    features = channel_in * positions * positions
    self.layers["flatten"] = FlattenLayer([channel_in, positions, positions], [features])
    self.layers["fc6"] = FullyConnectedLayer(features, 4096)
    self.layers["relu6"] = ReLULayer()
    self.layers["fc7"] = FullyConnectedLayer(4096, 4096)
    self.layers["relu7"] = ReLULayer()
    self.layers["fc8"] = FullyConnectedLayer(4096, classes)
    self.layers["softmax"] = SoftmaxLossLayer()
