"""One copy that takes the sums."""

@add_to_class(VGG19)
def backward_once(self, dlosses):
    flow = None
    for name, layer in reversed(list(self.layers.items())):
        if name in dlosses and flow is None:
            flow = dlosses[name].copy()
        elif name in dlosses:
            flow = np.add(flow, dlosses[name])
        if flow is None:
            continue
        flow = getattr(layer, 'backward_input', layer.backward)(flow)
    return flow
