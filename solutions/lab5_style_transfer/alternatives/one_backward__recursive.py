"""The gradient below a layer is asked of the layer above."""


@add_to_class(VGG19)
def gradient_at(self, depth, dlosses):
    above = None
    if depth + 1 < len(self.param_layer_name):
        above = self.gradient_below(depth + 1, dlosses)
    own = dlosses.get(self.param_layer_name[depth])
    if above is None or own is None:
        return own if above is None else above
    return above + own


@add_to_class(VGG19)
def gradient_below(self, depth, dlosses):
    diff = self.gradient_at(depth, dlosses)
    if diff is None:
        return None
    layer = self.layers[self.param_layer_name[depth]]
    return layer.backward_input(diff) if hasattr(layer, "backward_input") else layer.backward(diff)


@add_to_class(VGG19)
def backward_once(self, dlosses):
    return self.gradient_below(0, dlosses)
