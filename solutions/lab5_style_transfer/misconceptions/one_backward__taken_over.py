"""A gradient on the way replaces the one that comes from above. The two have to be added."""

@add_to_class(VGG19)
def backward_once(self, dlosses):
    flow = None
    for name in reversed(self.param_layer_name):
        if name in dlosses:
            flow = dlosses[name]
        if flow is not None:
            layer = self.layers[name]
            flow = layer.backward_input(flow) if name.startswith('conv') else layer.backward(flow)
    return flow
