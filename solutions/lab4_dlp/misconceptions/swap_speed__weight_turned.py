"""Rows and columns of each kernel are swapped. From [Cin, K, K, Cout] only Cout moves, to the front."""

@add_to_class(OnnxConv)
def prepare(self):
    places = {"strides": [self.stride] * 2, "pads": [self.pad] * 4}
    step = ("Conv", ["x", "weight", "bias"], "y", places)
    self.session = make_session({"x": 4, "weight": 4, "bias": 1}, [step])


@add_to_class(OnnxConv)
def compute(self, x, weight, bias):
    weight = np.ascontiguousarray(weight.transpose(3, 0, 2, 1))
    return self.session.run(None, {"x": x, "weight": weight, "bias": bias})[0]
