"""The model itself moves the weight's axis, as a step before the convolution."""

@add_to_class(OnnxConv)
def prepare(self):
    s, p = self.stride, self.pad
    steps = [
        ("Transpose", ["w"], "turned", {"perm": [3, 0, 1, 2]}),
        ("Conv", ["x", "turned", "b"], "y", {"strides": [s, s], "pads": [p, p, p, p]}),
    ]
    self.model = make_session({"x": 4, "w": 4, "b": 1}, steps)


@add_to_class(OnnxConv)
def compute(self, x, weight, bias):
    (y,) = self.model.run(["y"], {"x": x, "w": weight, "b": bias})
    return y
