"""The walk begins at the first name of the dict. That need not be the deepest: look the depths up."""

@add_to_class(VGG19)
def backward_once(self, dlosses):
    deepest = next(iter(dlosses))
    flow = np.zeros_like(dlosses[deepest])
    for name in self.param_layer_name[self.param_layer_name.index(deepest) :: -1]:
        if name in dlosses:
            flow = flow + dlosses[name]
        layer = self.layers[name]
        flow = layer.backward_input(flow) if name.startswith('conv') else layer.backward(flow)
    return flow
