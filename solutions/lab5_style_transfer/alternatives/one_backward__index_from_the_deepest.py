"""The deepest index first; gradients popped off a copy of the dict on the way down."""


@add_to_class(VGG19)
def backward_once(self, dlosses):
    left = dict(dlosses)
    names = self.param_layer_name
    i = max(names.index(name) for name in left)
    grad = left.pop(names[i])
    while i >= 0:
        layer = self.layers[names[i]]
        grad = layer.backward_input(grad) if isinstance(layer, ConvolutionalLayer) else layer.backward(grad)
        i -= 1
        if i >= 0 and names[i] in left:
            grad = np.add(grad, left.pop(names[i]))
    return grad
