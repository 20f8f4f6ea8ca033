"""From each layer to the next one that has a gradient."""

@add_to_class(VGG19)
def backward_once(self, dlosses):
    flow = 0
    for name in self.param_layer_name[::-1]:
        if name in dlosses:
            flow = dlosses[name] + flow
        if np.ndim(flow) == 0:
            continue
        kind = type(self.layers[name])
        down = kind.backward_input if hasattr(kind, 'backward_input') else kind.backward
        flow = down(self.layers[name], flow)
    return flow
