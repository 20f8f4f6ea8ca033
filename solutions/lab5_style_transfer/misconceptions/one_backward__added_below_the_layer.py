"""Each gradient is added after its layer was passed. It belongs to the layer's output, so it has to pass
through the layer too."""

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
