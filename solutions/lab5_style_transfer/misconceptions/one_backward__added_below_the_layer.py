"""Each gradient is added after its layer was passed. It belongs to the layer's output, so it has to pass
through the layer too.

The order of two lines in the loop: adding what belongs to a name, and passing the layer of that name. Take a single
gradient, for relu1_1. Which layers does it pass on its way to the picture?

The features of a layer are its output: they were taken behind it, and there the gradient of their loss arrives. To
reach the picture it has to go through this layer first, and then through all that lie below. Added below the layer it
skips one: at a ReLU it passes where the value was cut off, and at a convolution or a pooling not even the shape fits.
Gradients that meet add up at the layer's output and go on as one.

In each round, add first what this name brings, and then go back through its layer. Before the first round there is
nothing yet: what the deepest layer brings is the first to be added.
"""


@add_to_class(VGG19)
def backward_once(self, dlosses):
    deepest = max(dlosses, key=self.param_layer_name.index)
    flow = np.zeros_like(dlosses[deepest])
    for name in self.param_layer_name[self.param_layer_name.index(deepest) :: -1]:
        layer = self.layers[name]
        flow = layer.backward_input(flow) if name.startswith('conv') else layer.backward(flow)
        if name in dlosses and dlosses[name].shape == flow.shape:
            flow = flow + dlosses[name]
    return flow
