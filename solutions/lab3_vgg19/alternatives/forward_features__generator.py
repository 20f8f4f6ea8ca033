"""A generator walks the layers; both methods draw from it."""


@add_to_class(VGG19)
def walk(self):
    x = self.input_image
    for layer_name in self.layers:
        x = self.layers[layer_name].forward(x)
        yield layer_name, x


@add_to_class(VGG19)
def forward(self):
    for _, last in self.walk():
        pass
    return last


@add_to_class(VGG19)
def forward_features(self, layer_list):
    wanted = frozenset(layer_list)
    return {name: value for name, value in self.walk() if name in wanted}
