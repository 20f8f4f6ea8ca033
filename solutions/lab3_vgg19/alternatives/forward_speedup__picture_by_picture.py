"""One picture at a time through the fast layers."""

@add_to_class(VGG19)
def forward_speedup(self, images):
    rows = []
    for picture in images:
        x = picture[None]
        for layer in self.layers.values():
            x = layer.forward(x)
        rows.append(x[0])
    return np.array(rows)
