"""The picture was resized with another filter than the bilinear one that the weights were prepared with."""


@add_to_class(VGG19)
def load_image(self, image_dir):
    size = (self.image_size, self.image_size)
    image = Image.open(image_dir).convert("RGB").resize(size, Image.Resampling.LANCZOS)
    pixels = np.asarray(image, dtype=np.float32) - self.image_mean.astype(np.float32)
    self.input_image = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None])
    return
