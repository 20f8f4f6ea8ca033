"""The weight was reshaped to [Cout, Cin, K, K]: the shape fits, but the entries are scrambled. Move the axis:
transpose."""

@add_to_class(OnnxConv)
def prepare(self):
    places = {"strides": [self.stride] * 2, "pads": [self.pad] * 4}
    step = ("Conv", ["x", "weight", "bias"], "y", places)
    self.session = make_session({"x": 4, "weight": 4, "bias": 1}, [step])


@add_to_class(OnnxConv)
def compute(self, x, weight, bias):
    weight = weight.reshape(weight.shape[3], *weight.shape[:3])
    return self.session.run(None, {"x": x, "weight": weight, "bias": bias})[0]
