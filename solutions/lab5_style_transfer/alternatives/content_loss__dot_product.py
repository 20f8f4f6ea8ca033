"""A row of differences times itself."""

@add_to_class(ContentLossLayer)
def forward(self, input_layer, content_layer):
    difference = (input_layer - content_layer).ravel()
    return difference @ difference / difference.size / 2
