"""The weight is laid out anew only when another one comes."""

@add_to_class(OnnxConv)
def prepare(self):
    places = {"strides": [self.stride] * 2, "pads": [self.pad] * 4}
    self.session = make_session({"x": 4, "weight": 4, "bias": 1}, [("Conv", ["x", "weight", "bias"], "y", places)])
    self.seen = None


@add_to_class(OnnxConv)
def compute(self, x, weight, bias):
    if weight is not self.seen or weight.flags.writeable:
        self.seen, self.turned = weight, np.moveaxis(weight, 3, 0).copy()
    return self.session.run(None, {"x": x, "weight": self.turned, "bias": bias})[0]
