"""The sum is made in the caller's own array (+= changes it), so a second call with the same gradients gives
another answer. Make a new array."""

@add_to_class(VGG19)
def backward_once(self, dlosses):
    flow = None
    for name in reversed(self.param_layer_name):
        if name in dlosses:
            if flow is not None:
                dlosses[name] += flow
            flow = dlosses[name]
        if flow is not None:
            layer = self.layers[name]
            flow = layer.backward_input(flow) if name.startswith('conv') else layer.backward(flow)
    return flow
