"""Zeros at the deepest layer, then down."""

@add_to_class(VGG19)
def backward_once(self, dlosses):
    names = list(self.param_layer_name)
    depth = max(names.index(name) for name in dlosses)
    flow = 0
    for name in names[depth::-1]:
        flow = flow + dlosses.get(name, 0)
        layer = self.layers[name]
        flow = layer.backward_input(flow) if name.startswith('conv') else layer.backward(flow)
    return flow
