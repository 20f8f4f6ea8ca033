"""Each channel is resized on its own, in floating point, so that nothing is rounded."""

@add_to_class(VGG19)
def load_image(self, image_dir):
    with Image.open(image_dir) as file:
        channels = file.convert("RGB").split()
    size = (self.image_size, self.image_size)
    self.input_image = np.stack(
        [np.array(c.convert("F").resize(size, Image.BILINEAR)) - m for c, m in zip(channels, self.image_mean)]
    )[np.newaxis]
